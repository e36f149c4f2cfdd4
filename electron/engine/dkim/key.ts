import { createPublicKey } from 'node:crypto'
import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'
import { err, ok, type Result } from '#shared/result.ts'

export type DkimKey = {
  readonly keyType: 'rsa' | 'ed25519'
  /** null: revoked. */
  readonly bits: number | null
  readonly testing: boolean
  /** `t=s`: the `i=` of a signature must be this very domain, no subdomain. */
  readonly strict: boolean
}

/** Room for an RSA key of 8192 bits, four times what anybody uses. */
const KEY_TEXT_LIMIT = 4096

/** RFC 6376 section 3.6.1: a text with a `p` tag at `SELECTOR._domainkey.DOMAIN` is a key. */
export function isDkimKey(text: string): boolean {
  return tagValue(parseTagList(text), 'p') !== null
}

/** The error is what is wrong, in plain words. */
export function parseDkimKey(text: string): Result<DkimKey, string> {
  const list = parseTagList(text)
  const version = tagValue(list, 'v')
  // RFC 6376 section 3.6.1: when v stands there it is the first tag, and its value is DKIM1.
  if (version !== null && (version !== 'DKIM1' || list.tags[0]?.name !== 'v')) {
    return err('v must be the first tag and its value DKIM1')
  }
  if (list.broken.length > 0) return err(`"${list.broken[0]?.slice(0, 40)}" is not a tag`)
  const services = (tagValue(list, 's') ?? '*').split(':').map(service => service.trim())
  if (!services.includes('*') && !services.includes('email')) return err('the key is not for mail (s=)')
  const hashes = tagValue(list, 'h')
  // RFC 8301: SHA-1 does not count any more.
  if (hashes !== null && !hashes.split(':').some(hash => hash.trim() === 'sha256')) {
    return err('the key allows no hash but SHA-1 (h=)')
  }
  const keyType = tagValue(list, 'k') ?? 'rsa'
  if (keyType !== 'rsa' && keyType !== 'ed25519') return err(`the key type ${keyType} is not known (k=)`)
  const flags = (tagValue(list, 't') ?? '').split(':').map(flag => flag.trim())
  const found = { keyType, testing: flags.includes('y'), strict: flags.includes('s') } as const
  const encoded = tagValue(list, 'p')?.replaceAll(/[ \t\r\n]+/g, '')
  if (encoded === undefined) return err('the key itself is missing (p=)')
  if (encoded === '') return ok({ ...found, bits: null })
  const bits = bitsOf(keyType, encoded)
  return bits === null ? err(`p= does not hold an ${keyType} key`) : ok({ ...found, bits })
}

function bitsOf(keyType: 'rsa' | 'ed25519', encoded: string): number | null {
  if (encoded.length > KEY_TEXT_LIMIT || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null
  const octets = Buffer.from(encoded, 'base64')
  // RFC 8463 section 3: the 32 octets of the public key alone.
  if (keyType === 'ed25519') return octets.length === 32 ? 256 : null
  return usualRsaBits(octets) ?? rsaBits(octets, 'spki') ?? rsaBits(octets, 'pkcs1')
}

/** What everybody writes before the modulus and behind it (SubjectPublicKeyInfo, exponent 65537). */
const USUAL_RSA = [
  { bits: 1024, start: Buffer.from('30819f300d06092a864886f70d010101050003818d0030818902818100', 'hex') },
  { bits: 2048, start: Buffer.from('30820122300d06092a864886f70d01010105000382010f003082010a0282010100', 'hex') },
]
const USUAL_END = Buffer.from('0203010001', 'hex')

/** Nearly every key is one of these, and OpenSSL takes longer to read it than a server to answer. */
function usualRsaBits(der: Buffer): number | null {
  const usual = USUAL_RSA.find(({ start }) => der.subarray(0, start.length).equals(start))
  if (usual === undefined) return null
  const modulus = der.subarray(usual.start.length, -USUAL_END.length)
  // The zero before it says that the highest bit of the modulus is set; else it has fewer bits.
  const whole = modulus.length * 8 === usual.bits && (modulus[0] ?? 0) >= 0x80
  return whole && der.subarray(-USUAL_END.length).equals(USUAL_END) ? usual.bits : null
}

/** RFC 6376 has the bare RSAPublicKey, and everybody publishes the SubjectPublicKeyInfo that openssl writes. */
function rsaBits(der: Buffer, type: 'spki' | 'pkcs1'): number | null {
  try {
    const key = createPublicKey({ key: der, format: 'der', type })
    return key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? null) : null
  } catch {
    // Whatever OpenSSL cannot read is no key.
    return null
  }
}
