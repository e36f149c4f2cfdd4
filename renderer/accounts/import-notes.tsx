import { Button } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import type { ImportResult } from '#shared/contract/account-view.ts'
import styles from './import-notes.module.css'

type ImportNotesProps = { readonly result: ImportResult; readonly onClose: () => void }

/** What the import made, and what it could not carry over. */
export function ImportNotes({ result, onClose }: ImportNotesProps) {
  const names = result.created.map(view => view.account.name)
  return (
    <div className={styles.notes} role="status">
      <IconFileCheck size={18} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <strong>
          {names.length === 0
            ? 'The file holds no account'
            : `${names.length === 1 ? '1 account was' : `${names.length} accounts were`} imported: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`}
        </strong>
        {result.notes.length > 0 && (
          <ul>
            {result.notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        Dismiss
      </Button>
    </div>
  )
}
