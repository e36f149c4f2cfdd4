import { createHash, type KeyObject, verify } from 'node:crypto'
import { canonicalizeBody, canonicalizeField } from '#engine/dkim/canonicalize.ts'
import { parseDkimKey } from '#engine/dkim/key.ts'
import { lookupDkimKeys } from '#engine/dkim/lookup-keys.ts'
import { publicKeyOf } from '#engine/dkim/public-key.ts'
import { type DkimSignature, parseSignature, withoutSignature } from '#engine/dkim/signature.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { fieldsNamed, type HeaderField, type SplitMessage } from '#engine/message/split-message.ts'
import type { SignatureReport } from '#shared/domain/dkim-signature.ts'
import type { DkimKeyReport } from '#shared/domain/report.ts'

/** A message with more is made to cost verifiers time. */
const SIGNATURE_LIMIT = 10
/** RFC 8301 section 3.2. */
const ACCEPTED_BITS = 1024
/** What mail programs show, so what a forger would add or change. */
const SHOWN = ['from', 'to', 'cc', 'subject', 'date', 'reply-to', 'mime-version', 'content-type'] as const

export type Verified = Omit<SignatureReport, 'aligned'>

/** Every DKIM signature of a message, checked against the keys in the DNS (RFC 6376 section 6). Never rejects. */
export async function verifySignatures(message: SplitMessage, lookup: Lookup, now: Date): Promise<readonly Verified[]> {
  const fields = fieldsNamed(message, 'dkim-signature').slice(0, SIGNATURE_LIMIT)
  return Promise.all(fields.map(async field => verifyOne(message, field, lookup, now)))
}

async function verifyOne(message: SplitMessage, field: HeaderField, lookup: Lookup, now: Date): Promise<Verified> {
  const parsed = parseSignature(field)
  if (!parsed.ok) return { ...UNREAD, result: 'permerror', why: `the signature cannot be read: ${parsed.error}` }
  const signature = parsed.value
  const { domain, selector, algorithm } = signature
  const [key = null] = await lookupDkimKeys(domain, [selector], [], lookup)
  const bodyMatches = algorithm.endsWith('-sha256')
    ? hashOf(signedBody(message.body, signature)).toString('base64') === signature.bodyHash
    : null
  const present = SHOWN.filter(name => message.fields.some(one => one.name === name))
  const seen = {
    ...UNREAD,
    domain,
    selector,
    algorithm,
    key,
    bodyMatches,
    covers: [...new Set(signature.fields)],
    uncovered: present.filter(name => !signature.fields.includes(name)),
  }
  const fault = keyFault(key, algorithm) ?? identityFault(key, signature)
  if (fault !== null) return { ...seen, ...fault }
  const publicKey = key?.record == null ? null : publicKeyOf(key.record)
  if (publicKey === null) return { ...seen, result: 'permerror', why: 'the key cannot be used' }
  const headerMatches = isSigned(signedHeader(message, field, signature), publicKey, signature.signature)
  return { ...seen, headerMatches, ...outcomeOf(signature, headerMatches, bodyMatches === true, now) }
}

const UNREAD: Omit<Verified, 'result' | 'why'> = {
  domain: null,
  selector: null,
  algorithm: null,
  bodyMatches: null,
  headerMatches: null,
  covers: [],
  uncovered: [],
  key: null,
}

function outcomeOf(
  { expiresAtSeconds, bodyLength }: DkimSignature,
  headerMatches: boolean,
  bodyMatches: boolean,
  now: Date,
): Pick<Verified, 'result' | 'why'> {
  if (!headerMatches) {
    const why = bodyMatches
      ? 'a signed header field was changed on the way, or the key is not the one that signed'
      : 'header and body were changed on the way, or this is not the whole source of the message'
    return { result: 'fail', why }
  }
  if (!bodyMatches) {
    return {
      result: 'fail',
      why: 'the header is as it was signed, and the body was changed: by a mailing list’s footer, a scanner, or copying',
    }
  }
  if (expiresAtSeconds !== null && expiresAtSeconds * 1000 < now.getTime()) {
    return {
      result: 'neutral',
      why: `the signature is good and has expired at ${new Date(expiresAtSeconds * 1000).toISOString()}`,
    }
  }
  const part = bodyLength === null ? '' : '; it covers only the beginning of the body (l=), so text can be added'
  return { result: 'pass', why: `header and body are as they were signed${part}` }
}

function keyFault(key: DkimKeyReport | null, algorithm: string): Pick<Verified, 'result' | 'why'> | null {
  // RFC 8301 section 3.1: SHA-1 must not be accepted.
  if (algorithm === 'rsa-sha1') return { result: 'neutral', why: 'rsa-sha1 counts as no signature (RFC 8301)' }
  if (algorithm !== 'rsa-sha256' && algorithm !== 'ed25519-sha256') {
    return { result: 'neutral', why: `the algorithm ${algorithm} is not known` }
  }
  if (key === null || key.state === 'missing')
    return { result: 'permerror', why: `there is no key at ${key?.name ?? 'that name'}` }
  if (key.state === 'unknown') return { result: 'temperror', why: `nobody answered about the key at ${key.name}` }
  if (key.state !== 'ok' && key.state !== 'weak')
    return { result: 'permerror', why: `the key at ${key.name} cannot be used: ${key.detail ?? key.state}` }
  if (key.keyType !== algorithm.split('-')[0])
    return { result: 'permerror', why: 'the key is of another type than the signature' }
  const short = key.keyType === 'rsa' && (key.bits ?? 0) < ACCEPTED_BITS
  return short
    ? { result: 'permerror', why: `the key has ${key.bits ?? 0} bits, and fewer than 1024 do not count` }
    : null
}

/** RFC 6376 section 3.6.1: with `t=s` the key speaks for its own domain alone. */
function identityFault(key: DkimKeyReport | null, { domain, identityDomain }: DkimSignature) {
  const parsed = key?.record == null ? null : parseDkimKey(key.record)
  if (parsed?.ok !== true || !parsed.value.strict || identityDomain === domain) return null
  const why = `the key is for ${domain} alone (t=s), and the signature speaks for ${identityDomain} (i=)`
  return { result: 'permerror' as const, why }
}

function signedBody(body: string, { body: way, bodyLength }: DkimSignature): string {
  const whole = canonicalizeBody(body, way)
  return bodyLength === null ? whole : whole.slice(0, bodyLength)
}

/** RFC 6376 section 5.4.2: of fields with the same name the last one is taken first; one that is not there adds nothing. */
function signedHeader(message: SplitMessage, field: HeaderField, { fields, header }: DkimSignature): string {
  const left = new Map<string, HeaderField[]>()
  for (const one of message.fields) left.set(one.name, [...(left.get(one.name) ?? []), one])
  const chosen = fields.flatMap(name => left.get(name)?.pop() ?? [])
  const last = canonicalizeField(withoutSignature(field), header).replace(/\r\n$/, '')
  return `${chosen.map(one => canonicalizeField(one, header)).join('')}${last}`
}

function isSigned(text: string, key: KeyObject, signature: Buffer): boolean {
  const octets = Buffer.from(text, 'latin1')
  // RFC 8463 section 3: Ed25519 signs the SHA-256 digest, not the text.
  if (key.asymmetricKeyType === 'ed25519') return verify(null, hashOf(text), key, signature)
  return verify('sha256', octets, key, signature)
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest()
}
