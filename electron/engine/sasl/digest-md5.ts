import { createHash, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#shared/result.ts'
import type { ChallengeFault, Exchange, Identity } from '#engine/sasl/mechanism.ts'
import { reveal, type Secret } from '#engine/sasl/secret.ts'

/** DIGEST-MD5 (RFC 2831, made historic by RFC 6331): quality of protection `auth` only, no integrity layer. */
export function digestMd5Exchange(
  { user, host }: Identity,
  secret: Secret,
  service: string = 'smtp',
  cnonce: string = randomBytes(18).toString('base64'),
): Exchange {
  let expected: string | null = null
  let proved = false

  const answer = (text: string): Result<Buffer, ChallengeFault> => {
    const fields = parseDirectives(text)
    const nonce = fields.get('nonce')
    if (nonce === undefined) return err({ kind: 'unexpected', detail: 'a challenge without a nonce' })
    if (fields.get('algorithm')?.toLowerCase() !== 'md5-sess') {
      return err({ kind: 'unexpected', detail: 'an algorithm other than md5-sess' })
    }
    const offered = fields.get('qop')?.split(',') ?? ['auth']
    if (!offered.some(each => each.trim() === 'auth')) {
      return err({ kind: 'unexpected', detail: 'no quality of protection that we speak' })
    }
    const utf8 = fields.get('charset') === 'utf-8'
    const realm = fields.get('realm') ?? ''
    const uri = `${service}/${host}`
    const encode = (part: string) => encodePart(part, utf8)
    // RFC 2831 section 2.1.2.1: A1 holds the digest's 16 octets, not its hex.
    const key = md5(Buffer.concat([encode(user), colon, encode(realm), colon, encode(reveal(secret))]))
    const a1 = Buffer.concat([key, Buffer.from(`:${nonce}:${cnonce}`)])
    const response = (a2: string) =>
      hex(Buffer.from(`${hex(a1)}:${nonce}:00000001:${cnonce}:auth:${hex(Buffer.from(a2))}`))
    expected = response(`:${uri}`)
    const directives = [
      ...(utf8 ? ['charset=utf-8'] : []),
      `username="${quote(user)}"`,
      ...(fields.has('realm') ? [`realm="${quote(realm)}"`] : []),
      `nonce="${quote(nonce)}"`,
      'nc=00000001',
      `cnonce="${cnonce}"`,
      `digest-uri="${uri}"`,
      `response=${response(`AUTHENTICATE:${uri}`)}`,
      'qop=auth',
    ]
    return ok(Buffer.from(directives.join(','), utf8 ? 'utf8' : 'latin1'))
  }

  return {
    name: 'DIGEST-MD5',
    initial: null,
    respond: challenge => {
      const text = challenge.toString('utf8')
      if (expected === null) return answer(text)
      if (parseDirectives(text).get('rspauth') !== expected) {
        return err({ kind: 'server-not-proved', detail: 'rspauth is wrong' })
      }
      proved = true
      return ok(Buffer.alloc(0))
    },
    complete: () => proved,
    describe: challenge => challenge.toString('utf8'),
  }
}

const colon = Buffer.from(':')

/** `name=value` and `name="quoted value"`, separated by commas. Of a name that comes twice the first counts. */
function parseDirectives(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quoted, token] of text.matchAll(/([A-Za-z0-9-]+)=(?:"((?:[^"\\]|\\.)*)"|([^,"\s]*))/g)) {
    const key = name.toLowerCase()
    if (!found.has(key)) found.set(key, quoted?.replace(/\\(.)/g, '$1') ?? token ?? '')
  }
  return found
}

// RFC 2831 section 2.1.2.1: in UTF-8 only where the server says so, and even then a text of ISO 8859-1 is hashed as that.
function encodePart(text: string, utf8: boolean): Buffer {
  return utf8 && /[^\u0000-\u00ff]/.test(text) ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1')
}

function quote(text: string): string {
  return text.replace(/["\\]/g, '\\$&')
}

function md5(octets: Buffer): Buffer {
  return createHash('md5').update(octets).digest()
}

function hex(octets: Buffer): string {
  return md5(octets).toString('hex')
}
