import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Account } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { formatPlace, WRITE_CHOICES } from '../config-files/format-choices.ts'
import { WrittenNotes } from '../config-files/written-notes.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import styles from './export-tab.module.css'

/** An msmtprc has a section of its own above. */
const CHOICES = WRITE_CHOICES.filter(({ value }) => value !== 'msmtprc')

/** The account in the words of another program, a placeholder in the place of the password. */
export function FormatCopy({ account }: { readonly account: Account }) {
  const [id, setId] = useState('postfix')
  const { id: _, name: __, ...settings } = account
  const written = formatById(id)?.write?.(settings, null) ?? { text: '', lost: [] }
  return (
    <Section
      title="Configuration of another program"
      actions={<CopyButton text={written.text} what="configuration" labelled />}
    >
      <NativeSelect
        className={styles.program}
        label="Program"
        data={[...CHOICES]}
        value={id}
        onChange={event => setId(event.currentTarget.value)}
      />
      <pre className={styles.file} tabIndex={0} aria-label="Configuration of another program, preview">
        {written.text}
      </pre>
      <WrittenNotes place={formatPlace(id)} lost={written.lost} />
    </Section>
  )
}
