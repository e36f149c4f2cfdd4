import { NativeSelect } from '@mantine/core'
import { CopyButton } from '../shell/copy-button.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import styles from './convert.module.css'
import type { Converted } from './conversion.ts'
import { formatPlace } from './format-choices.ts'
import { WrittenNotes } from './written-notes.tsx'

type WrittenSideProps = {
  readonly converted: Converted
  readonly to: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly onTo: (to: string) => void
}

/** The text for the other program, and what did not fit into it. */
export function WrittenSide({ converted, to, choices, onTo }: WrittenSideProps) {
  const text = converted.kind === 'converted' ? converted.conversion.text : ''
  return (
    <section className={styles.side} aria-label="What is written">
      <div className={styles.sideHead}>
        <NativeSelect label="To" data={[...choices]} value={to} onChange={event => onTo(event.currentTarget.value)} />
        {text !== '' && <CopyButton text={text} what="the result" labelled />}
      </div>
      <span className={styles.writtenLabel} aria-hidden>
        Result
      </span>
      <pre className={styles.written} tabIndex={0} aria-label="Result">
        {text}
      </pre>
      {converted.kind === 'nothing' && (
        <p className={styles.hint}>The result appears here while you type. A placeholder stands for the password.</p>
      )}
      {converted.kind === 'refused' && <ProblemNote what="This cannot be converted" problem={converted.problem} />}
      {converted.kind === 'converted' && (
        <WrittenNotes
          place={formatPlace(converted.conversion.to)}
          lost={converted.conversion.lost}
          notes={converted.conversion.notes}
        />
      )}
    </section>
  )
}
