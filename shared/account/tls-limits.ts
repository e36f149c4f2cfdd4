import { readPriorities } from '#shared/account/tls-priorities.ts'
import { TLS_VERSIONS, type TlsVersionNumber, USUAL_MIN } from '#shared/account/tls-version.ts'

/** What a handshake is limited to. */
export type TlsLimits = {
  readonly min: TlsVersionNumber
  readonly max: TlsVersionNumber
  /** An OpenSSL cipher list; null: the library's own. */
  readonly ciphers: string | null
}

export const DEFAULT_TLS_LIMITS: TlsLimits = { min: USUAL_MIN, max: '1.3', ciphers: null }

/** What an account, or a call, says about them. */
export type TlsWishes = {
  readonly tlsMin: TlsVersionNumber | null
  readonly ciphers: string | null
  /** msmtp's `tls_priorities`: what of it can be read holds where the other two say nothing. */
  readonly priorities?: string | null
}

export function tlsLimitsOf({ tlsMin, ciphers, priorities = null }: TlsWishes): TlsLimits {
  const read = priorities === null ? null : readPriorities(priorities)
  const chosen = ciphers ?? read?.ciphers ?? null
  const min = onlyTls13(chosen) ? '1.3' : (tlsMin ?? read?.min ?? DEFAULT_TLS_LIMITS.min)
  const max = read?.max ?? DEFAULT_TLS_LIMITS.max
  // A floor that was chosen is not to be undone by a ceiling that came along with a file.
  return { min, max: max < min ? min : max, ciphers: chosen }
}

/** RFC 8446 section 9.1 names these suites apart: a list of them alone leaves the older versions nothing to speak with. */
function onlyTls13(ciphers: string | null): boolean {
  return ciphers !== null && /^(?:TLS_\w+[:,\s]*)+$/.test(ciphers)
}

/** msmtp's way to say a floor, for GnuTLS, which it is built with nearly everywhere. */
export function printFloor(min: TlsVersionNumber): string {
  const allowed = TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min))
  return ['NORMAL', '-VERS-ALL', ...allowed.map(version => `+VERS-TLS${version}`)].join(':')
}

/** `at least TLS 1.2`, `TLS 1.3 only`, `TLS 1.0 to 1.2`, and the ciphers where they are chosen. */
export function describeTlsLimits({ min, max, ciphers }: TlsLimits): string {
  const newest = TLS_VERSIONS.at(-1)
  const versions = min === max ? `TLS ${min} only` : max === newest ? `at least TLS ${min}` : `TLS ${min} to ${max}`
  return ciphers === null ? versions : `${versions}, ciphers ${ciphers}`
}
