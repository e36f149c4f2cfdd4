import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import { PROTOCOL_NAMES } from '#shared/account/tls-version.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** Named one by one, because Node takes a list without any of them for a wish to do without TLS 1.3. */
const TLS_1_3_SUITES = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256']

/** The limits as OpenSSL takes them. */
export function contextLimits({
  min,
  max,
  ciphers,
}: TlsLimits): Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'> {
  const versions = { minVersion: PROTOCOL_NAMES[min], maxVersion: PROTOCOL_NAMES[max] }
  // OpenSSL 3 speaks the versions below 1.2 at security level 0 alone, because of their MD5 and SHA-1 signatures.
  const old = min < '1.2'
  if (ciphers === null && !old) return versions
  return { ...versions, ciphers: cipherList(ciphers ?? 'DEFAULT', old) }
}

function cipherList(list: string, old: boolean): string {
  const parts = partsOf(list)
  const suites = parts.some(part => part.startsWith('TLS_')) ? [] : TLS_1_3_SUITES
  // Behind names of TLS 1.3 alone there is no list to take anything out of.
  if (parts.every(part => part.startsWith('TLS_'))) return parts.join(':')
  const level = old && !/@SECLEVEL=/.test(list) ? ['@SECLEVEL=0'] : []
  // Without these two a list could turn the encryption, or the server's proof of its name, off unseen.
  return [...suites, ...parts, '!eNULL', '!aNULL', ...level].join(':')
}

/** Whether OpenSSL can use the list; if not, what of it it does not know. OpenSSL itself skips a word that it does not know. */
export function checkCiphers(list: string): Result<true, { readonly unknown: string | null }> {
  const parts = partsOf(list)
  const added = parts.filter(part => !/^[-!@]/.test(part)).map(part => part.replace(/^\+/, '').replace(/@.*$/, ''))
  const unknown = added.find(word => word !== '' && !isUsable(word))
  if (unknown !== undefined) return err({ unknown })
  return parts.length > 0 && isUsable(cipherList(list, false)) ? ok(true) : err({ unknown: null })
}

function isUsable(ciphers: string): boolean {
  try {
    createSecureContext({ ciphers })
    return true
  } catch {
    return false
  }
}

// OpenSSL separates by colons, commas and blanks alike.
function partsOf(list: string): readonly string[] {
  return list.split(/[:,\s]+/).filter(part => part !== '')
}
