import type { CaaReport, DelegationReport } from '#shared/domain/aside.ts'
import type { BlocklistReport, DaneReport, MtaStsReport, MxReport, TxtReport } from '#shared/domain/report.ts'
import styles from './domain.module.css'
import { RecordLine } from './part-card.tsx'
import { StateMark } from './state-mark.tsx'

export function MtaStsView({ mtaSts, domain }: { readonly mtaSts: MtaStsReport; readonly domain: string }) {
  const { state, record, mode, mx, maxAgeSeconds, uncovered, detail } = mtaSts
  if (state === 'none')
    return <Words text="Not published. Mail to this domain may go over a connection that somebody weakened." />
  if (state === 'unknown') return <Words text={`Nobody answered about _mta-sts.${domain}.`} />
  return (
    <>
      <Records name={`_mta-sts.${domain}`} record={record} />
      {detail !== null && <Words text={`The policy does not count: ${detail}.`} />}
      {mode !== null && (
        <p className={styles.words}>
          Mode <strong>{mode}</strong>, for {mx.length === 0 ? 'no host' : mx.join(', ')}
          {maxAgeSeconds !== null && `, kept for ${Math.round(maxAgeSeconds / 86_400)} days`}.
        </p>
      )}
      {uncovered.length > 0 && <p className={styles.termFault}>Leaves out {uncovered.join(', ')}</p>}
    </>
  )
}

type TxtViewProps = { readonly report: TxtReport; readonly name: string; readonly none: string }

export function TxtView({ report, name, none }: TxtViewProps) {
  if (report.state === 'none') return <Words text={none} />
  if (report.state === 'unknown') return <Words text={`Nobody answered about ${name}.`} />
  return (
    <>
      <Records name={name} record={report.record} />
      {report.detail !== null && <Words text={`It does not count: ${report.detail}.`} />}
    </>
  )
}

const DANE_WORDS = {
  ok: 'the resolver says that it is signed',
  none: 'none',
  unsigned: 'the resolver does not say that it is signed, so nobody uses it',
  unusable: 'of no kind that mail uses',
  unknown: 'nobody answered',
} as const
const CERTIFICATE_WORDS = {
  matches: 'the certificate fits',
  mismatch: 'the certificate is another one',
  unreachable: 'the host could not be reached on port 25',
  'not-looked': null,
} as const

export function DaneView({ dane, mx }: { readonly dane: readonly DaneReport[]; readonly mx: MxReport | undefined }) {
  if (dane.length === 0 && mx?.state === 'unknown') return <Words text="The mail hosts are not known." />
  if (dane.length === 0) return <Words text="No mail host has TLSA records." />
  return (
    <ul className={styles.lines} aria-label="TLSA records">
      {dane.map(({ host, name, state, records, certificate }) => (
        <li key={host}>
          {records.map(record => (
            <RecordLine key={record} name={name} type="TLSA" value={record} />
          ))}
          <p className={styles.quiet}>
            {host}: {[DANE_WORDS[state], CERTIFICATE_WORDS[certificate]].filter(Boolean).join('; ')}
          </p>
        </li>
      ))}
    </ul>
  )
}

export function CaaView({ caa, domain }: { readonly caa: CaaReport; readonly domain: string }) {
  if (caa.state === 'unknown') return <Words text={`Nobody answered about CAA of ${domain}.`} />
  if (caa.state === 'none') return <Words text="Any authority may make certificates for this domain, which is usual." />
  return caa.records.map(({ flags, tag, value }) => (
    <RecordLine key={`${tag} ${value}`} name={caa.at ?? domain} type="CAA" value={`${flags} ${tag} "${value}"`} />
  ))
}

const LISTED = {
  listed: { tone: 'bad', word: 'Listed' },
  'not-listed': { tone: 'ok', word: 'Not listed' },
  'cannot-tell': { tone: 'idle', word: 'Cannot tell' },
} as const

export function BlocklistsView({ blocklists }: { readonly blocklists: readonly BlocklistReport[] }) {
  return (
    <ul className={styles.lines} aria-label="Blocklists">
      {blocklists.map(({ list, subject, state, codes }) => (
        <li key={`${list} ${subject}`} className={styles.keyHead}>
          <code>{list}</code> <span>{subject}</span> <StateMark {...LISTED[state]} />
          {codes.length > 0 && <span className={styles.quiet}>{codes.join(', ')}</span>}
        </li>
      ))}
    </ul>
  )
}

const SERVER_STATES = {
  ok: { tone: 'ok', word: 'Answers' },
  lame: { tone: 'bad', word: 'Does not know the zone' },
  silent: { tone: 'bad', word: 'Silent' },
  'no-address': { tone: 'bad', word: 'No address' },
} as const

export function DelegationView({ delegation }: { readonly delegation: DelegationReport }) {
  if (delegation.servers.length === 0) return <Words text="The name servers of the domain could not be found." />
  return (
    <ul className={styles.lines} aria-label={`Name servers of ${delegation.zone}`}>
      {delegation.servers.map(({ host, address, state, serial, detail }) => (
        <li key={`${host} ${address ?? ''}`} className={styles.keyHead}>
          <code>{host}</code> <span className={styles.quiet}>{address ?? ''}</span>{' '}
          <StateMark {...SERVER_STATES[state]} />
          <span className={styles.quiet}>{serial === null ? detail : `serial ${serial}`}</span>
        </li>
      ))}
    </ul>
  )
}

function Records({ name, record }: { readonly name: string; readonly record: string | null }) {
  return (record ?? '')
    .split('\n')
    .filter(text => text !== '')
    .map(text => <RecordLine key={text} name={name} type="TXT" value={text} />)
}

function Words({ text }: { readonly text: string }) {
  return <p className={styles.words}>{text}</p>
}
