import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { describeTlsLimits } from '#shared/account/tls-limits.ts'
import type { CertificateFacts, ServerDane, TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { ServerInfo } from '#engine/smtp/server-info.ts'
import { printFinding } from './print-report.ts'

/**
 * For people: what the server offers, its certificate, where the time went, and what is wrong.
 *
 * @param more lines about what was done on request
 */
export function printServerInfo(
  info: ServerInfo,
  tlsVersions: readonly TlsVersion[] | null,
  more: readonly string[],
  findings: readonly Finding[],
): string {
  const { banner, software, capabilities, tls, timings } = info
  const place = info.address === null ? '' : ` (${[info.canonicalName, info.address].filter(Boolean).join(', ')})`
  return [
    `Server    ${info.host}${place}, port ${info.port}`,
    ...printAttempts(info),
    ...(banner === null ? [] : [`Greeting  ${banner}`]),
    ...(software === null ? [] : [`Software  ${software} (a guess)`]),
    ...(info.tlsLimits === null ? [] : [`Asked for ${describeTlsLimits(info.tlsLimits)}`]),
    ...(tls === null ? [] : printTls(tls)),
    ...(info.dane === null ? [] : [`DANE      ${printDane(info.dane)}`]),
    ...(tlsVersions ?? []).map(printVersion),
    ...(capabilities.plain === null ? [] : printCapabilities('Offered in plain text', capabilities.plain)),
    ...(capabilities.tls === null ? [] : printCapabilities('Offered behind TLS', capabilities.tls)),
    `Time      ${printTimings(timings)}`,
    ...more,
    ...findings.flatMap(finding => ['', ...printFinding(finding, false)]),
  ].join('\n')
}

/** Only where there was a race: what became of the other addresses. */
function printAttempts({ attempts, address }: ServerInfo): readonly string[] {
  return attempts
    .filter(each => each.address !== address)
    .map(each => {
      const code = each.code === null ? '' : ` (${each.code})`
      return `Also      ${each.address}: ${each.outcome}${code} after ${Math.round(each.ms)} ms`
    })
}

function printTls(tls: NonNullable<ServerInfo['tls']>): readonly string[] {
  return [
    `TLS       ${tls.protocol ?? 'unknown'} ${tls.cipher ?? ''}`,
    `Trusted   ${tls.trusted ? 'yes' : `no: ${tls.reason ?? ''}`}`,
    ...(tls.ocsp ? [`Stapled   ${STAPLED[tls.ocsp.status]}, its signature not checked`] : []),
    ...tls.chain.flatMap((certificate, index) => printCertificate(certificate, index)),
  ]
}

const STAPLED = {
  good: 'the certificate is good',
  revoked: 'the certificate was revoked',
  unknown: 'the CA does not know the certificate',
  'no-answer': 'an error of the CA in place of an answer',
  'other-certificate': 'an answer about another certificate',
  unreadable: 'something that is no OCSP response',
} as const

const DANE = {
  ok: 'signed TLSA records',
  none: 'no TLSA records',
  unsigned: 'TLSA records that the resolver does not call signed, so nobody heeds them',
  unusable: 'signed TLSA records of kinds that SMTP does not use',
  unknown: 'the resolver has not told in time',
} as const

function printDane({ state, matches, records }: ServerDane): string {
  const verdict = matches === null ? '' : matches ? ': the certificate matches' : ': the certificate does not match'
  return [`${DANE[state]}${verdict}`, ...records.map(record => `            ${record}`)].join('\n')
}

function printVersion({ version, outcome, cipher, detail }: TlsVersion): string {
  return `${version.padEnd(9)} ${outcome}${(cipher ?? detail) === null ? '' : ` (${cipher ?? detail})`}`
}

/** Whole days until a certificate ends, below zero once it has; null where its date cannot be read. */
export function daysLeft({ notAfter }: Pick<CertificateFacts, 'notAfter'>): number | null {
  const ms = Date.parse(notAfter) - Date.now()
  return Number.isNaN(ms) ? null : Math.floor(ms / 86_400_000)
}

function printDaysLeft(days: number | null): string {
  if (days === null) return 'until when is not known'
  return days < 0 ? 'expired' : days === 1 ? '1 day left' : `${days} days left`
}

function printCertificate(certificate: CertificateFacts, index: number): readonly string[] {
  const key = `${certificate.keyType}${certificate.keyBits === null ? '' : ` ${certificate.keyBits} bits`}`
  return [
    index === 0 ? 'Certificate' : `Certificate ${index + 1} of the chain`,
    `  Subject      ${certificate.subject}`,
    `  Issuer       ${certificate.issuer}`,
    ...(certificate.altNames.length === 0 ? [] : [`  Names        ${certificate.altNames.join(', ')}`]),
    `  Valid        ${certificate.notBefore} to ${certificate.notAfter} (${printDaysLeft(daysLeft(certificate))})`,
    `  Key          ${key}, signed with ${certificate.signature ?? 'unknown'}`,
    ...(certificate.mustStaple === true ? ['  Demands      a stapled answer of its CA (OCSP must-staple)'] : []),
    `  Serial       ${certificate.serial}`,
    `  SHA-256      ${certificate.sha256}`,
    `  SHA-1        ${certificate.sha1} (deprecated)`,
  ]
}

function printCapabilities(title: string, offered: Capabilities): readonly string[] {
  const { size } = offered
  const flags = FLAGS.filter(([key]) => offered[key]).map(([, name, meaning]) => `  ${name.padEnd(20)} ${meaning}`)
  return [
    title,
    ...(size === null
      ? []
      : [
          `  ${'SIZE'.padEnd(20)} ${size === 0 ? 'messages of any size' : `${size} octets (${(size / 1048576).toFixed(2)} MiB)`}`,
        ]),
    ...flags,
    ...(offered.auth.length === 0 ? [] : [`  ${'AUTH'.padEnd(20)} ${offered.auth.join(' ')}`]),
    ...(offered === NO_CAPABILITIES || offered.lines.length === 0 ? ['  nothing: the server knows HELO only'] : []),
  ]
}

type Flag = { [K in keyof Capabilities]: Capabilities[K] extends boolean ? K : never }[keyof Capabilities]

const FLAGS: readonly (readonly [key: Flag, name: string, meaning: string])[] = [
  ['pipelining', 'PIPELINING', 'several commands in one packet'],
  ['starttls', 'STARTTLS', 'encryption on this port'],
  ['dsn', 'DSN', 'delivery status notifications on request'],
  ['etrn', 'ETRN', 'starting the queue for a domain on request'],
  ['eightBitMime', '8BITMIME', 'texts of eight-bit characters'],
  ['smtpUtf8', 'SMTPUTF8', 'addresses outside ASCII'],
  ['chunking', 'CHUNKING', 'messages in pieces, without dot-stuffing'],
  ['binaryMime', 'BINARYMIME', 'binary messages'],
  ['requireTls', 'REQUIRETLS', 'encryption on the whole way on request'],
  ['enhancedStatusCodes', 'ENHANCEDSTATUSCODES', 'reasons as numbers in replies'],
]

function printTimings(timings: ServerInfo['timings']): string {
  const parts = [
    ['resolve', timings.resolveMs],
    ['connect', timings.connectMs],
    ['greeting', timings.greetingMs],
    ['EHLO', timings.ehloMs],
    ['STARTTLS', timings.starttlsMs],
    ['TLS', timings.tlsMs],
    ['EHLO again', timings.secondEhloMs],
  ] as const
  const spent = parts.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${Math.round(ms)} ms`]))
  return [...spent, `total ${Math.round(timings.totalMs)} ms`].join(', ')
}
