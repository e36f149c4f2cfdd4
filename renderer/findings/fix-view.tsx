import { Anchor, Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { AccountSettings } from '#shared/account/account.ts'
import { assertNever } from '#shared/result.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { DnsChanges } from './dns-changes.tsx'
import type { FixActions } from './finding-list.tsx'
import styles from './findings.module.css'
import { SettingsFixView } from './settings-fix.tsx'
import { SecretFix } from './secret-fix.tsx'

type FixViewProps = {
  readonly fix: Fix
  readonly settings: AccountSettings
  readonly busy: boolean
  readonly actions: FixActions | null
}

export function FixView({ fix, settings, busy, actions }: FixViewProps) {
  return (
    <div role="group" className={styles.fix} aria-label={fix.label}>
      <h4 className={styles.fixLabel}>{fix.label}</h4>
      <FixBody fix={fix} settings={settings} busy={busy} actions={actions} />
    </div>
  )
}

function FixBody({ fix, settings, busy, actions }: FixViewProps) {
  switch (fix.kind) {
    case 'settings':
      return <SettingsFixView fix={fix} settings={settings} busy={busy} actions={actions} />
    case 'secret':
      return <SecretFix hint={fix.hint} busy={busy} onSet={actions?.setSecret ?? null} />
    case 'dns':
      return <DnsChanges changes={fix.changes} />
    case 'command':
      return (
        <ul className={styles.commands}>
          {fix.commands.map(({ system, command }) => (
            <li key={`${system} ${command}`} className={styles.proof}>
              <span className={styles.system}>{system}</span>
              <code>{command}</code>
              <CopyButton text={command} what="command" />
            </li>
          ))}
        </ul>
      )
    case 'provider':
      return (
        <>
          {fix.steps.length > 0 && (
            <ol className={styles.steps}>
              {fix.steps.map(step => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
          {fix.url !== null && (
            <Anchor href={fix.url} target="_blank" rel="noreferrer noopener" className={styles.link}>
              Open the provider's page <IconExternalLink size={14} aria-hidden />
            </Anchor>
          )}
        </>
      )
    case 'ask':
      return (
        <>
          <pre className={styles.ask} role="group" aria-label="Text to send" tabIndex={0}>
            {fix.text}
          </pre>
          <CopyButton text={fix.text} what="text" labelled />
        </>
      )
    case 'wait':
      return (
        <>
          <p className={styles.why}>
            {fix.why} {fix.seconds !== null && `Wait ${printWait(fix.seconds)}.`}
          </p>
          {actions && (
            <Button size="xs" variant="default" disabled={busy} onClick={actions.testAgain}>
              Test again
            </Button>
          )}
        </>
      )
    default:
      return assertNever(fix)
  }
}

function printWait(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`
}
