import { HEADER_BYTES, type Query } from '#engine/dns/message.ts'
import { randomUInt16 } from '#engine/dns/random.ts'

/**
 * A copy of a question with capitals by chance ("0x20", draft-vixie-dnsext-dns0x20): a server sends the question back as
 * it came, so whoever forges a reply has one more bit to guess for each letter.
 */
export function withRandomCase({ bytes, questionEnd }: Query): Buffer {
  const other = Buffer.from(bytes)
  // Behind the name stand type and class.
  const nameEnd = questionEnd - 4
  let bits = 0
  for (let at = HEADER_BYTES, left = 0; at < nameEnd; at++) {
    const octet = other[at] ?? 0
    if (!isLetter(octet)) continue
    if (left === 0) {
      bits = randomUInt16()
      left = 16
    }
    other[at] = (bits & 1) === 1 ? octet ^ 0x20 : octet
    bits >>>= 1
    left--
  }
  return other
}

/** A length octet is below 64 and so never looks like one. */
function isLetter(octet: number): boolean {
  const lower = octet | 0x20
  return octet >= 0x41 && lower >= 0x61 && lower <= 0x7a
}
