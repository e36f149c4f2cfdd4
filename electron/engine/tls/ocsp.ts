import type { StapledStatus } from '#shared/diagnosis/tls-facts.ts'

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

// Tags of DER (X.690 section 8): universal types, and the context-specific [0] to [2].
const INTEGER = 0x02
const OCTET_STRING = 0x04
const ENUMERATED = 0x0a
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const TAGGED_0 = 0xa0

const CERT_STATUS = new Map<number, StapledStatus['status']>([
  [0x80, 'good'],
  [0xa1, 'revoked'],
  [0x82, 'unknown'],
])

function readResponse(octets: Buffer, serial: bigint): StapledStatus {
  const response = childrenOf(expectTag(elementsOf(octets)[0], SEQUENCE))
  // responseStatus: successful(0), else tryLater and the like, without an answer.
  if (expectTag(response[0], ENUMERATED).value[0] !== 0) return { ...UNREADABLE, status: 'no-answer' }
  const [bytes] = childrenOf(expectTag(response[1], TAGGED_0))
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
    const [until] = rest.filter(({ tag }) => tag === TAGGED_0).flatMap(childrenOf)
    return { status, thisUpdate: instantOf(thisUpdate), nextUpdate: instantOf(until) }
  }
  return { ...UNREADABLE, status: 'other-certificate' }
}

type Element = { readonly tag: number; readonly value: Buffer }

function childrenOf(element: Element): readonly Element[] {
  return elementsOf(element.value)
}

/** @throws RangeError for lengths that lead outside */
function elementsOf(octets: Buffer): readonly Element[] {
  const elements: Element[] = []
  for (let at = 0; at < octets.length;) {
    const tag = octets.readUInt8(at)
    const first = octets.readUInt8(at + 1)
    const lengthOctets = first < 0x80 ? 0 : first - 0x80
    if (lengthOctets > 3) throw new RangeError('a length of more than three octets')
    const length = lengthOctets === 0 ? first : octets.readUIntBE(at + 2, lengthOctets)
    const begin = at + 2 + lengthOctets
    // 0x80, the indefinite length, is no DER: it reads as an element without content, and what follows does not fit.
    if (begin + length > octets.length) throw new RangeError('an element that is longer than what holds it')
    elements.push({ tag, value: octets.subarray(begin, begin + length) })
    at = begin + length
  }
  return elements
}

function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new RangeError('another element than the one that is due')
  return element
}

function instantOf(element: Element | undefined): string | null {
  if (element?.tag !== GENERALIZED_TIME) return null
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(element.value.toString('latin1'))
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.000Z` : null
}
