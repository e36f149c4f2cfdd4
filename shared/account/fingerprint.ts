import { err, ok, type Result } from '#shared/result.ts'

export type Fingerprint = {
  readonly hash: 'md5' | 'sha1' | 'sha256'
  /** Upper-case hex with colons, as msmtp prints it. */
  readonly text: string
}

const HASH_BY_OCTETS: Readonly<Record<number, Fingerprint['hash']>> = { 16: 'md5', 20: 'sha1', 32: 'sha256' }

/** Reads a fingerprint with colons, blanks or nothing between its octets. The error says what is wrong, in words. */
export function parseFingerprint(text: string): Result<Fingerprint, string> {
  const bare = text.trim().replace(/^(?:sha-?256|sha-?1|md5)(?: fingerprint)?\s*[:=]\s*/i, '')
  const digits = bare.replace(/[\s:-]/g, '')
  const odd = /[^0-9a-fA-F]/.exec(digits)
  if (odd) return err(`a fingerprint is made of hex digits, and ${JSON.stringify(odd[0])} is none`)
  const hash = HASH_BY_OCTETS[digits.length / 2]
  if (hash === undefined) {
    return err(`a fingerprint has 32 octets (SHA-256), 20 (SHA-1) or 16 (MD5); this has ${digits.length} hex digits`)
  }
  return ok({ hash, text: (digits.toUpperCase().match(/../g) ?? []).join(':') })
}
