import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import styles from './convert.module.css'

type WrittenNotesProps = {
  readonly place: string
  readonly lost: readonly string[]
  readonly notes?: readonly string[]
}

/** Where the text belongs, and what of the account is not in it. */
export function WrittenNotes({ place, lost, notes = [] }: WrittenNotesProps) {
  return (
    <>
      <p className={styles.hint}>Place: {place}</p>
      {lost.length === 0 ? (
        <p className={styles.lost} data-tone="ok">
          <strong>
            <IconCircleCheck size={16} aria-hidden /> Everything was carried over
          </strong>
        </p>
      ) : (
        <div className={styles.lost} data-tone="warn">
          <strong>
            <IconAlertTriangle size={16} aria-hidden /> What cannot be carried over
          </strong>
          <ul aria-label="What cannot be carried over">
            {lost.map(what => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </div>
      )}
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label="Notes">
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
