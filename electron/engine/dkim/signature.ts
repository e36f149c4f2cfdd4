import { isWithin, normalizeName } from '#engine/dns/name.ts'
import type { Canonicalization } from '#engine/dkim/canonicalize.ts'
import { type HeaderField, unfold } from '#engine/message/split-message.ts'
import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'
import { err, ok, type Result } from '#shared/result.ts'

export type DkimSignature = {
  readonly domain: string
  /** Of `i=`: the domain itself or one below it. */
  readonly identityDomain: string
  readonly selector: string
  readonly algorithm: string
  readonly header: Canonicalization
  readonly body: Canonicalization
  readonly bodyHash: string
  readonly signature: Buffer
  /** Names of the signed fields, lower case, in order; a name may stand there more than once. */
  readonly fields: readonly string[]
  /** `l=`: only so much of the body is signed. */
  readonly bodyLength: number | null
  readonly expiresAtSeconds: number | null
}

/** RFC 6376 sections 3.5 and 6.1.1. The error is what is wrong, in plain words. */
export function parseSignature(field: HeaderField): Result<DkimSignature, string> {
  const list = parseTagList(unfold(field))
  const text = (name: string) => tagValue(list, name)?.replaceAll(/[ \t]+/g, '') ?? null
  if (text('v') !== '1') return err('v= is not 1')
  const missing = ['a', 'b', 'bh', 'd', 'h', 's'].find(name => text(name) === null)
  if (missing !== undefined) return err(`${missing}= is missing`)
  const domain = normalizeName(text('d') ?? '')
  const selector = text('s') ?? ''
  if (domain === null || domain === '.' || normalizeName(selector) === null) return err('d= or s= is not a name')
  const fields = (text('h') ?? '').toLowerCase().split(':')
  if (!fields.includes('from')) return err('From is not among the signed fields (h=)')
  const identity = text('i')
  const identityDomain = identity === null ? domain : normalizeName(identity.slice(identity.lastIndexOf('@') + 1))
  if (identityDomain === null || !isWithin(identityDomain, domain)) return err('i= is not within d=')
  const [header = 'simple', body = 'simple'] = (text('c') ?? 'simple/simple').split('/')
  if (!isWay(header) || !isWay(body)) return err('c= names a canonicalization that is not known')
  return ok({
    domain,
    identityDomain,
    selector,
    algorithm: (text('a') ?? '').toLowerCase(),
    header,
    body,
    bodyHash: text('bh') ?? '',
    signature: Buffer.from(text('b') ?? '', 'base64'),
    fields,
    bodyLength: numberOf(text('l')),
    expiresAtSeconds: numberOf(text('x')),
  })
}

/** The field itself as it was signed: with nothing behind `b=` (RFC 6376 section 3.7). */
export function withoutSignature(field: HeaderField): HeaderField {
  const colon = field.raw.indexOf(':') + 1
  const parts = field.raw.slice(colon).replace(/\r\n$/, '').split(';')
  const emptied = parts.map(part =>
    /^[ \t\r\n]*b[ \t\r\n]*=/.test(part) ? part.slice(0, part.indexOf('=') + 1) : part,
  )
  return { name: field.name, raw: `${field.raw.slice(0, colon)}${emptied.join(';')}\r\n` }
}

function isWay(text: string): text is Canonicalization {
  return text === 'simple' || text === 'relaxed'
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
