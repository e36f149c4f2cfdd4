/*
 * A configuration file is bytes, not text. Here a string stands for any bytes without loss: what is valid UTF-8 is
 * decoded, and every other byte NN becomes the lone surrogate U+DCNN, which valid UTF-8 can never yield.
 */

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const ENCODER = new TextEncoder()
const SMUGGLED = /[\udc80-\udcff]/
const LONE_BYTE = /(?<![\ud800-\udbff])[\udc80-\udcff]/g

/** The string that stands for these bytes. `encodeBytes` gives the same bytes back. */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes)
  } catch {
    return decodeLeniently(bytes)
  }
}

/** The bytes that a string stands for. */
export function encodeBytes(text: string): Uint8Array {
  if (!SMUGGLED.test(text) || text.isWellFormed()) return ENCODER.encode(text)
  const parts: Uint8Array[] = []
  let from = 0
  for (const match of text.matchAll(LONE_BYTE)) {
    parts.push(ENCODER.encode(text.slice(from, match.index)), Uint8Array.of(match[0].charCodeAt(0) - 0xdc00))
    from = match.index + 1
  }
  parts.push(ENCODER.encode(text.slice(from)))
  return joinBytes(parts)
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** How many bytes the string stands for. */
export function byteLength(text: string): number {
  return encodeBytes(text).length
}

/** For people: bytes that are not UTF-8 as `\xNN`. */
export function showBytes(text: string): string {
  return text.replace(LONE_BYTE, character => `\\x${(character.charCodeAt(0) - 0xdc00).toString(16)}`)
}

function decodeLeniently(bytes: Uint8Array): string {
  const parts: string[] = []
  let valid = 0
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length === 0) {
      parts.push(STRICT.decode(bytes.subarray(valid, at)), String.fromCharCode(0xdc00 + (bytes[at] ?? 0)))
      at += 1
      valid = at
    } else {
      at += length
    }
  }
  parts.push(STRICT.decode(bytes.subarray(valid)))
  return parts.join('')
}

/** Length in bytes of the well-formed UTF-8 sequence at this place (RFC 3629 section 4), 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const next = bytes[at + 1] ?? 0
  const follows = (offset: number) => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80
  if (lead >= 0xc2 && lead <= 0xdf) return follows(1) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const overlong = lead === 0xe0 && next < 0xa0
    const surrogate = lead === 0xed && next > 0x9f
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const overlong = lead === 0xf0 && next < 0x90
    const beyond = lead === 0xf4 && next > 0x8f
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0
  }
  return 0
}
