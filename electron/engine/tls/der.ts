/** One element of DER (X.690 section 8). */
export type Element = { readonly tag: number; readonly value: Buffer }

export const INTEGER = 0x02
export const OCTET_STRING = 0x04
export const OBJECT_IDENTIFIER = 0x06
export const ENUMERATED = 0x0a
export const GENERALIZED_TIME = 0x18
export const SEQUENCE = 0x30
/** Context-specific and constructed: [0], [3] and so on. */
export const tagged = (number: number) => 0xa0 + number

/** @throws RangeError for lengths that lead outside */
export function childrenOf(element: Element): readonly Element[] {
  return elementsOf(element.value)
}

/** @throws RangeError for lengths that lead outside */
export function elementsOf(octets: Buffer): readonly Element[] {
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

/** @throws RangeError for another element than the one that is due */
export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new RangeError('another element than the one that is due')
  return element
}
