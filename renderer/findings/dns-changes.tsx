import type { DnsChange } from '#shared/fix/fix.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './findings.module.css'

type DnsChangesProps = { readonly changes: readonly DnsChange[] }

const WORDS = { add: 'Add', replace: 'Replace', remove: 'Remove' } as const

/** A name can have several records of one type: which of them goes must be seen. */
function goneIn({ action, value, replaces }: DnsChange): string | null {
  return action === 'remove' ? value : replaces
}

/** Exact records, each part to copy: DNS panels ask for name and value apart. */
export function DnsChanges({ changes }: DnsChangesProps) {
  return (
    <ul className={styles.commands}>
      {changes.map(change => (
        <li key={`${change.action} ${change.name} ${change.type} ${change.value}`} className={styles.record}>
          <p className={styles.why}>
            <strong>
              {WORDS[change.action]} the {change.type} record.
            </strong>{' '}
            {change.why}
          </p>
          <dl className={styles.parts}>
            <dt>Name</dt>
            <dd>
              <code>{change.name}</code>
              <CopyButton text={change.name} what="record name" />
            </dd>
            {goneIn(change) !== null && (
              <>
                <dt>Now</dt>
                <dd>
                  <code className={styles.before}>{goneIn(change)}</code>
                </dd>
              </>
            )}
            {change.action !== 'remove' && (
              <>
                <dt>Value</dt>
                <dd>
                  <code>{change.value}</code>
                  <CopyButton text={change.value} what="record value" />
                </dd>
              </>
            )}
          </dl>
        </li>
      ))}
    </ul>
  )
}
