import type { MxReport, PtrReport } from '#shared/domain/report.ts'
import styles from './domain.module.css'

const HOST_WORDS = {
  ok: '',
  alias: 'an alias, which an MX must not name',
  'no-address': 'has no address',
  unknown: 'nobody answered',
} as const

const MX_WORDS = {
  unknown: 'Nobody answered about the MX records.',
  'no-domain': 'There is no such domain.',
  'null-mx': 'The null MX says that this domain takes no mail.',
  none: 'There is no MX record: mail for the domain goes to its web address, if to anything.',
} as const

/** Who takes mail, in the order in which it is tried. */
export function MxView({ mx }: { readonly mx: MxReport }) {
  if (mx.state !== 'found') return <p className={styles.words}>{MX_WORDS[mx.state]}</p>
  return (
    <ol className={styles.lines} aria-label="Mail hosts">
      {mx.hosts.map(({ host, preference, addresses, state, aliasOf }) => (
        <li key={`${preference} ${host}`}>
          <span className={styles.quiet}>{preference}</span> <code>{host}</code>{' '}
          {addresses.length > 0 && <span className={styles.quiet}>{addresses.join(', ')}</span>}
          {state !== 'ok' && (
            <span className={styles.termFault}>
              {HOST_WORDS[state]}
              {aliasOf !== null && ` (for ${aliasOf})`}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

const SAID_WORDS = {
  ok: '',
  elsewhere: 'leads to another address',
  'no-address': 'has no address',
  'not-a-name': 'is no full host name',
  unknown: 'nobody answered',
} as const

/** The name of the sending address, whether it leads back, and what the server there calls itself. */
export function PtrView({ ptr }: { readonly ptr: PtrReport }) {
  if (ptr.state === 'unknown') return <p className={styles.words}>Nobody answered about {ptr.name}.</p>
  if (ptr.state === 'none') {
    return <p className={styles.words}>{ptr.address} has no name. Large receivers refuse mail from such addresses.</p>
  }
  return (
    <>
      <ul className={styles.lines} aria-label="Names of the address">
        {ptr.names.map(name => (
          <li key={name}>
            <code>{ptr.address}</code> → <code>{name}</code>{' '}
            {ptr.confirmedNames.includes(name) ? (
              <>
                → <code>{ptr.address}</code>
              </>
            ) : (
              <span className={styles.termFault}>does not lead back</span>
            )}
          </li>
        ))}
      </ul>
      {ptr.said.length > 0 && (
        <ul className={styles.lines} aria-label="What the server calls itself">
          {ptr.said.map(({ where, name, state, addresses }) => (
            <li key={`${where} ${name}`}>
              <span className={styles.quiet}>{where === 'ehlo' ? 'EHLO' : 'greeting'}</span> <code>{name}</code>{' '}
              {SAID_WORDS[state] !== '' && <span className={styles.termFault}>{SAID_WORDS[state]}</span>}
              {state === 'elsewhere' && <span className={styles.quiet}> {addresses.join(', ')}</span>}
            </li>
          ))}
        </ul>
      )}
      {ptr.generic && (
        <p className={styles.words}>The name is made from the address, as providers name home connections.</p>
      )}
    </>
  )
}
