import type { StapledStatus } from '#shared/diagnosis/tls-facts.ts'
import {
  childrenOf,
  elementsOf,
  ENUMERATED,
  expectTag,
  GENERALIZED_TIME,
  INTEGER,
  OCTET_STRING,
  SEQUENCE,
  tagged,
  type Element,
} from '#engine/tls/der.ts'

/** A staple holds one answer and at most a responder's certificate: one to four kilobytes in the field. */
const LARGEST_OCTETS = 64 * 1024

const UNREADABLE: StapledStatus = { status: 'unreadable', thisUpdate: null, nextUpdate: null }

/**
 * What a stapled OCSP response says about one certificate (RFC 6960 section 4.2.1). Its signature is not checked: this is
 * what the server shows, not what the CA has sworn.
 *
 * @param serial of the certificate, hex; an answer about another one is `other-certificate`
 */
export function parseStaple(octets: Buffer, serial: string): StapledStatus {
  if (octets.length > LARGEST_OCTETS) return UNREADABLE
  try {
    return readResponse(octets, BigInt(`0x${serial}`))
  } catch (error) {
    if (error instanceof RangeError) return UNREADABLE
    throw error
  }
}

const CERT_STATUS = new Map<number, StapledStatus['status']>([
  [0x80, 'good'],
  [0xa1, 'revoked'],
  [0x82, 'unknown'],
])

function readResponse(octets: Buffer, serial: bigint): StapledStatus {
  const response = childrenOf(expectTag(elementsOf(octets)[0], SEQUENCE))
  // responseStatus: successful(0), else tryLater and the like, without an answer.
  if (expectTag(response[0], ENUMERATED).value[0] !== 0) return { ...UNREADABLE, status: 'no-answer' }
  const [bytes] = childrenOf(expectTag(response[1], tagged(0)))
  const basic = elementsOf(expectTag(childrenOf(expectTag(bytes, SEQUENCE))[1], OCTET_STRING).value)
  const [data] = childrenOf(expectTag(basic[0], SEQUENCE))
  // The responder's id and the time stand before the list; a version and extensions may stand around them.
  const singles = childrenOf(expectTag(data, SEQUENCE)).find(({ tag }) => tag === SEQUENCE)
  for (const single of childrenOf(expectTag(singles, SEQUENCE))) {
    const [certId, certStatus, thisUpdate, ...rest] = childrenOf(expectTag(single, SEQUENCE))
    const number = expectTag(childrenOf(expectTag(certId, SEQUENCE))[3], INTEGER).value
    if (BigInt(`0x${number.toString('hex') || '0'}`) !== serial) continue
    const status = CERT_STATUS.get(certStatus?.tag ?? 0)
    if (status === undefined) return UNREADABLE
    const [until] = rest.filter(({ tag }) => tag === tagged(0)).flatMap(childrenOf)
    return { status, thisUpdate: instantOf(thisUpdate), nextUpdate: instantOf(until) }
  }
  return { ...UNREADABLE, status: 'other-certificate' }
}

function instantOf(element: Element | undefined): string | null {
  if (element?.tag !== GENERALIZED_TIME) return null
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(element.value.toString('latin1'))
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.000Z` : null
}
