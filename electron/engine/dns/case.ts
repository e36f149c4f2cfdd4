import { HEADER_BYTES, type Query } from '#engine/dns/message.ts'
import { randomUInt16 } from '#engine/dns/random.ts'

/**
 * Gives a question capitals by chance ("0x20", draft-vixie-dnsext-dns0x20): a server sends the question back as it came,
 * so whoever forges a reply has one more bit to guess for each letter.
 */
export function randomizeCase({ bytes, questionEnd }: Query): void {
  // Behind the name stand type and class.
  const nameEnd = questionEnd - 4
  let bits = 0
  for (let at = HEADER_BYTES, left = 0; at < nameEnd; at++) {
    const octet = bytes[at] ?? 0
    if (!isLetter(octet)) continue
    if (left === 0) {
      bits = randomUInt16()
      left = 16
    }
    bytes[at] = (bits & 1) === 1 ? octet ^ 0x20 : octet
    bits >>>= 1
    left--
  }
}

/** Takes the capitals of a question back, in ours or where it came back. */
export function lowerCase(bytes: Buffer, { questionEnd }: Query): void {
  for (let at = HEADER_BYTES; at < questionEnd - 4; at++) bytes[at] = folded(bytes[at] ?? 0)
}

/** RFC 4343: only the 26 letters of ASCII have two cases. */
export function folded(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet
}

/** A length octet is below 64 and so never looks like one. */
function isLetter(octet: number): boolean {
  const lower = octet | 0x20
  return octet >= 0x41 && lower >= 0x61 && lower <= 0x7a
}
