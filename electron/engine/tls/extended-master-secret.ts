import { childrenOf, elementsOf, INTEGER, SEQUENCE, tagged } from '#engine/tls/der.ts'

/** OpenSSL's SSL_SESS_FLAG_EXTMS, in the element [13] of a session as it prints one (ssl_asn1.c). */
const EXTENDED_MASTER_SECRET = 0x1
const FLAGS = tagged(13)

/**
 * Whether both sides bound the keys to the whole handshake (RFC 7627), which Node does not tell.
 *
 * @param session as `getSession` gives it: the DER of OpenSSL's SSL_SESSION
 */
export function hasExtendedMasterSecret(session: Buffer | undefined): boolean {
  if (session === undefined) return false
  try {
    const [whole] = elementsOf(session.subarray(beginOf(session)))
    const [held] = (whole === undefined ? [] : childrenOf(whole)).filter(({ tag }) => tag === FLAGS)
    const [flags] = held === undefined ? [] : childrenOf(held)
    if (flags?.tag !== INTEGER) return false
    return ((flags.value.at(-1) ?? 0) & EXTENDED_MASTER_SECRET) !== 0
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

// Node 24.21 puts words of its own before the DER; the session begins where a SEQUENCE reaches exactly to the end.
function beginOf(session: Buffer): number {
  for (let at = 0; at + 4 < Math.min(session.length, LONGEST_PREFIX_OCTETS); at++) {
    const long = session[at] === SEQUENCE && session[at + 1] === 0x82
    if (long && at + 4 + session.readUInt16BE(at + 2) === session.length) return at
  }
  return 0
}

/** Node's words and a host name of at most 255 octets. */
const LONGEST_PREFIX_OCTETS = 512
