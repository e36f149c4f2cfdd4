import type { HeaderField } from '#engine/message/split-message.ts'

export type Canonicalization = 'simple' | 'relaxed'

/** RFC 6376 sections 3.4.1 and 3.4.2, with the final CR LF. */
export function canonicalizeField({ name, raw }: HeaderField, way: Canonicalization): string {
  if (way === 'simple') return raw
  const value = raw.slice(raw.indexOf(':') + 1).replaceAll('\r\n', '')
  // Blank and tab alone: `trim` would take an octet A0 too, which ends many a letter in UTF-8.
  return `${name}:${squeezed(value).replace(/^ | $/g, '')}\r\n`
}

/** RFC 6376 sections 3.4.3 and 3.4.4. @param body with CR LF line ends */
export function canonicalizeBody(body: string, way: Canonicalization): string {
  const lines = body.split('\r\n').map(line => (way === 'simple' ? line : withoutBlankEnd(squeezed(line))))
  let count = lines.length
  while (count > 0 && lines[count - 1] === '') count--
  // An empty body is one line end when simple, and nothing when relaxed.
  if (count === 0) return way === 'simple' ? '\r\n' : ''
  return `${lines.slice(0, count).join('\r\n')}\r\n`
}

function squeezed(text: string): string {
  return text.replace(/[ \t]+/g, ' ')
}

function withoutBlankEnd(line: string): string {
  return line.endsWith(' ') ? line.slice(0, -1) : line
}
