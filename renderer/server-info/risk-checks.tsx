import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconShieldQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import type { AccountSettings } from '#shared/account/account.ts'
import { describeInjection, describeRelay, type CheckLine } from '#shared/diagnosis/describe-checks.ts'
import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { FindingList } from '../findings/finding-list.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import type { Checks } from './look-state.ts'
import { RiskDialog, type RisksAsked } from './risk-dialog.tsx'
import own from './risk-checks.module.css'
import styles from './server-info.module.css'

type RiskChecksProps = {
  readonly host: string
  readonly offersStarttls: boolean
  readonly checks: Checks
  /** Of an account that would send through this server. */
  readonly settings: AccountSettings
  readonly onCheck: (asked: RisksAsked) => void
}

/** Whether the server itself can be misused: only on request, as it looks like an attack. */
export function RiskChecks({ host, offersStarttls, checks, settings, onCheck }: RiskChecksProps) {
  const [asking, setAsking] = useState(false)
  return (
    <Section title="Is the server itself at risk?">
      {checks.kind === 'known' ? (
        <CheckLines checks={checks.seen} />
      ) : (
        <p className={own.lead}>
          Whether it obeys commands that were slipped in before encryption, and whether it passes on mail from anybody
          to anybody, is tried only when you ask: in the log of the server it looks like an attack.
        </p>
      )}
      {checks.kind === 'known' && checks.findings.length > 0 && (
        <FindingList
          findings={checks.findings}
          settings={settings}
          // Said on connections of their own, which the transcript of the look does not hold.
          lines={[]}
          busy={false}
          actions={null}
          onShowLine={() => {}}
        />
      )}
      {checks.kind === 'failed' && <ProblemNote what="That was not tried" problem={checks.problem} />}
      <Button
        className={own.button}
        size="xs"
        variant="default"
        leftSection={<IconShieldQuestion size={14} aria-hidden />}
        loading={checks.kind === 'asking'}
        onClick={() => setAsking(true)}
      >
        {checks.kind === 'known' ? 'Try again…' : 'Try it…'}
      </Button>
      {asking && (
        <RiskDialog
          host={host}
          offersStarttls={offersStarttls}
          onCheck={asked => {
            setAsking(false)
            onCheck(asked)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}

function CheckLines({ checks: { injection, relay } }: { readonly checks: ServerChecks }) {
  return (
    <dl className={`${styles.facts} ${own.results}`}>
      {injection && <Line name="Injected commands" line={describeInjection(injection)} />}
      {relay && <Line name="Open relay" line={describeRelay(relay)} />}
    </dl>
  )
}

const VERDICTS = {
  'at-risk': { tone: 'bad', words: 'At risk', Icon: IconAlertTriangle },
  safe: { tone: 'ok', words: 'Safe', Icon: IconCircleCheck },
  open: { tone: 'idle', words: 'Not decided', Icon: IconCircleDashed },
  'not-tested': { tone: 'idle', words: 'Not tested', Icon: IconCircleDashed },
} as const

function Line({ name, line: { verdict, words } }: { readonly name: string; readonly line: CheckLine }) {
  const { tone, words: label, Icon } = VERDICTS[verdict]
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className={styles.verdict} data-tone={tone}>
          <Icon size={15} aria-hidden />
          {label}
        </span>
        <span className={styles.muted}>: {words}.</span>
      </dd>
    </>
  )
}
