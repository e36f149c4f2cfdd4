import { createPublicKey, type KeyObject } from 'node:crypto'
import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'

/** What stands before the 32 octets of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 section 4). */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of a record that `parseDkimKey` takes; null where it holds none. */
export function publicKeyOf(record: string): KeyObject | null {
  const list = parseTagList(record)
  const octets = Buffer.from(tagValue(list, 'p')?.replaceAll(/[ \t\r\n]+/g, '') ?? '', 'base64')
  if (tagValue(list, 'k') === 'ed25519') {
    return octets.length === 32 ? keyOf(Buffer.concat([ED25519_SPKI_PREFIX, octets]), 'spki') : null
  }
  return keyOf(octets, 'spki') ?? keyOf(octets, 'pkcs1')
}

function keyOf(der: Buffer, type: 'spki' | 'pkcs1'): KeyObject | null {
  try {
    return createPublicKey({ key: der, format: 'der', type })
  } catch {
    // Whatever OpenSSL cannot read is no key.
    return null
  }
}
