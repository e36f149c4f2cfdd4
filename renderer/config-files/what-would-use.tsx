import { Select, TextInput } from '@mantine/core'
import type { Choice } from '#shared/msmtprc/resolve.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { SeverityMark } from '../shell/verdict.tsx'
import styles from './config-files.module.css'
import type { Checked } from './use-checked-file.ts'

type WhatWouldUseProps = {
  readonly checked: Checked
  readonly choice: Choice
  readonly onChoice: (choice: Choice) => void
}

/** A list of thousands is searched, not scrolled. */
const LISTED = 100

/** The settings that msmtp ends with, in the words of its own `--pretend`. */
export function WhatWouldUse({ checked, choice, onChoice }: WhatWouldUseProps) {
  const { pretended, accounts, unknownEvals } = checked
  const names = [...new Set(accounts.map(({ name }) => name))]
  const text = pretended.lines.join('\n')
  return (
    <Section
      title="What would msmtp use?"
      actions={pretended.kind === 'settings' ? <CopyButton text={text} what="settings" labelled /> : undefined}
    >
      <div className={styles.choice}>
        <Select
          label="Account"
          placeholder="as msmtp chooses"
          data={names}
          limit={LISTED}
          searchable
          clearable
          nothingFoundMessage="There is no such account"
          clearButtonProps={{ 'aria-label': 'Let msmtp choose the account' }}
          value={choice.account !== null && names.includes(choice.account) ? choice.account : null}
          onChange={account => onChoice({ ...choice, account })}
        />
        <TextInput
          label="From address"
          placeholder="ann@example.org"
          value={choice.from ?? ''}
          spellCheck={false}
          autoComplete="off"
          onChange={event => onChoice({ ...choice, from: event.currentTarget.value.trim() || null })}
        />
      </div>
      <div aria-live="polite">
        {pretended.kind === 'refused' && (
          <p className={styles.refusal}>
            <SeverityMark severity="error" />
            <span>msmtp ends here: {pretended.message}</span>
          </p>
        )}
      </div>
      {pretended.lines.length > 0 && (
        <pre className={styles.pretend} tabIndex={0} aria-label="What msmtp would use">
          {text}
        </pre>
      )}
      <p className={styles.hint}>
        A password is shown as *. passwordeval is shown and never run here.
        {unknownEvals.length > 0 &&
          ` eval in line ${unknownEvals.slice(0, 5).join(', ')} is not run either, so what it would set is not known.`}
      </p>
    </Section>
  )
}
