import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { describeTlsLimits } from '#shared/account/tls-limits.ts'
import { isRetired } from '#shared/account/tls-version.ts'
import type { ServerInfo } from '#shared/contract/server-info.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import { extensionsIn } from '#shared/smtp/extensions.ts'
import { Section } from '../shell/page.tsx'
import type { Versions } from './look-state.ts'
import styles from './server-info.module.css'

type ServerFactsProps = {
  readonly info: ServerInfo
  readonly softwareRestsOn: string | null
  readonly versions: Versions
}

/** Who answered, and how it is encrypted. */
export function ServerFacts({ info, softwareRestsOn, versions }: ServerFactsProps) {
  const others = info.attempts.filter(({ address }) => address !== info.address)
  const place = [info.address, info.canonicalName].filter(Boolean).join(' · ')
  return (
    <Section title="The server">
      <dl className={styles.facts}>
        {place !== '' && <Fact name="Address">{place}</Fact>}
        {others.length > 0 && (
          <Fact name="Also tried">
            <span className={styles.muted}>
              {others.map(({ address, outcome, ms }) => `${address}: ${outcome} after ${Math.round(ms)} ms`).join(', ')}
            </span>
          </Fact>
        )}
        {info.banner !== null && (
          <Fact name="Greeting">
            <code>{info.banner}</code>
          </Fact>
        )}
        <Fact name="Software">
          {info.software === null ? (
            <span className={styles.muted}>Its words do not tell.</span>
          ) : (
            <>
              {info.software} <span className={styles.muted}>(a guess: the server says “{softwareRestsOn}”)</span>
            </>
          )}
        </Fact>
        <Fact name="Encryption">
          <Encryption info={info} />
          {info.tlsLimits && <span className={styles.muted}> asked for {describeTlsLimits(info.tlsLimits)}</span>}
        </Fact>
        {info.tls?.ocsp && <Fact name="Revocation">{ocspWords(info.tls.ocsp)}</Fact>}
        {info.dane && (
          <Fact name="DANE">
            {daneWords(info.dane)} <span className={styles.muted}>{info.dane.name}</span>
          </Fact>
        )}
        {versions.kind !== 'none' && (
          <Fact name="TLS versions">
            <VersionList versions={versions} />
          </Fact>
        )}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Encryption({ info: { tls, capabilities, security } }: { readonly info: ServerInfo }) {
  if (tls !== null) return <code>{[tls.protocol, tls.cipher].filter(Boolean).join(' · ')}</code>
  if (capabilities.plain === null) return <span className={styles.muted}>The look did not get that far.</span>
  return (
    <span className={styles.verdict} data-tone="warn">
      <IconAlertTriangle size={15} aria-hidden />
      {capabilities.plain.starttls
        ? 'STARTTLS is offered, and was not used'
        : extensionsIn(capabilities.plain.lines).some(({ known }) => known?.keyword === 'overwritten')
          ? 'None: something between here and the server wrote over the offer of STARTTLS'
          : `None${security === 'none' ? '' : ' so far'}: the server does not offer STARTTLS here, so everything goes in the clear`}
    </span>
  )
}

function VersionList({ versions }: { readonly versions: Exclude<Versions, { kind: 'none' }> }) {
  if (versions.kind === 'asking') return <span className={styles.muted}>Trying each on a connection of its own…</span>
  if (versions.kind === 'failed') return <span className={styles.muted}>Not known: {versions.problem.message}</span>
  return (
    <ul className={styles.versions}>
      {versions.list.map(each => (
        <Version key={each.version} tried={each} />
      ))}
    </ul>
  )
}

function ocspWords({ status, nextUpdate }: NonNullable<NonNullable<ServerInfo['tls']>['ocsp']>): string {
  const until = nextUpdate === null ? '' : ` until ${nextUpdate.slice(0, 10)}`
  switch (status) {
    case 'good':
      return `The server staples its authority’s word that the certificate is not revoked${until}.`
    case 'revoked':
      return 'The server staples its authority’s word that the certificate is revoked.'
    case 'unknown':
      return 'The stapled answer says that the authority does not know the certificate.'
    case 'no-answer':
      return 'The stapled answer is an error of the authority.'
    case 'other-certificate':
      return 'The stapled answer is about another certificate.'
    case 'unreadable':
      return 'The stapled answer cannot be read.'
  }
}

function daneWords({ state, matches }: NonNullable<ServerInfo['dane']>): string {
  switch (state) {
    case 'ok':
      return matches === true
        ? 'A signed TLSA record vouches for this certificate.'
        : 'There are signed TLSA records, and none is about this certificate: senders that heed DANE refuse it.'
    case 'none':
      return 'There is no TLSA record.'
    case 'unsigned':
      return 'There are TLSA records, but the resolver does not say that they are signed, so nobody heeds them.'
    case 'unusable':
      return 'There are TLSA records, and none of them can be used.'
    case 'unknown':
      return 'The TLSA records could not be looked up.'
  }
}

function Version({ tried }: { readonly tried: TlsVersion }) {
  const { version, outcome, cipher, detail } = tried
  const old = isRetired(version)
  const good = outcome === 'unknown' ? null : (outcome === 'accepted') !== old
  const tone = good === null ? 'idle' : good ? 'ok' : 'warn'
  const Icon =
    outcome === 'accepted'
      ? old
        ? IconAlertTriangle
        : IconCircleCheck
      : outcome === 'refused'
        ? IconCircleX
        : IconCircleDashed
  const word = {
    accepted: old ? 'accepted, though given up (RFC 8996)' : 'accepted',
    refused: 'refused',
    unknown: 'not known',
  }[outcome]
  return (
    <li className={styles.version} title={cipher ?? detail ?? undefined}>
      <span className={styles.verdict} data-tone={outcome === 'refused' ? 'idle' : tone}>
        <Icon size={15} aria-hidden />
        {version.replace('v', ' ').replace(/ 1$/, ' 1.0')}: {word}
      </span>
    </li>
  )
}
