import type { DkimKeyReport } from '#shared/domain/report.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './domain.module.css'
import { RecordLine } from './part-card.tsx'
import { StateMark, type Tone } from './state-mark.tsx'

const STATES: Readonly<Record<DkimKeyReport['state'], { readonly tone: Tone; readonly word: string }>> = {
  ok: { tone: 'ok', word: 'Usable' },
  weak: { tone: 'warn', word: 'Short' },
  revoked: { tone: 'warn', word: 'Withdrawn' },
  malformed: { tone: 'bad', word: 'Cannot be used' },
  several: { tone: 'bad', word: 'Several keys' },
  missing: { tone: 'bad', word: 'Missing' },
  unknown: { tone: 'idle', word: 'No answer' },
}

/** The keys by selector. */
export function DkimView({ keys, domain }: { readonly keys: readonly DkimKeyReport[]; readonly domain: string }) {
  if (keys.length === 0) {
    return (
      <p className={styles.words}>
        No key was found at the usual names below _domainkey.{domain}. The DNS has no list of selectors: name yours
        above to have its key looked at, or check a message, which names it.
      </p>
    )
  }
  return (
    <ul className={styles.keys} aria-label="DKIM keys">
      {keys.map(key => (
        <li key={key.name}>
          <div className={styles.keyHead}>
            <strong>{key.selector}</strong>
            <StateMark {...STATES[key.state]} />
            {key.keyType !== null && (
              <span className={styles.quiet}>
                {key.keyType === 'rsa' ? 'RSA' : 'Ed25519'}
                {key.bits !== null && `, ${key.bits} bits`}
              </span>
            )}
            {key.testing && <span className={styles.quiet}>test flag (t=y)</span>}
          </div>
          {key.delegatedTo !== null && (
            <p className={styles.quiet}>
              Delegated: a CNAME leads to <code>{key.delegatedTo}</code>
            </p>
          )}
          {key.record !== null ? (
            <div className={styles.withCopy}>
              <RecordLine name={key.name} type="TXT" value={key.record} />
              <CopyButton text={key.record} what={`key of ${key.selector}`} />
            </div>
          ) : (
            <p className={styles.quiet}>
              <code>{key.name}</code>
            </p>
          )}
          {key.detail !== null && <p className={styles.words}>{key.detail}</p>}
        </li>
      ))}
    </ul>
  )
}
