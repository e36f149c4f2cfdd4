/** Text made comparable: lower case, single blanks, straight quotes, replies of several lines joined. */
export type Normalised = {
  readonly text: string
  /** For each character of `text` where it stands in the original. */
  readonly origin: Uint32Array
}

const CONTINUED = /(?:^|[^\d.])([245]\d\d)-(?=\S)/
const PREFIX = /[ \t]*(?:\S{1,12};[ \t]*)?([245]\d\d)(?:[- ]|$)(?:[245]\.\d{1,3}\.\d{1,3}(?:[ \t]|$))?/y
const REPLACED: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u00b4': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
}

/**
 * A reply that grants something: what stands in it, such as the list of extensions, is no reason for a failure. But the
 * challenge `{"status":…` is a refused token (RFC 7628 section 3.2.2).
 */
const GRANTED = /^[^\w\n]{0,6}(?:[a-z]{1,8}[:>\]]{1,3})?[ \t]*(?:250|235|334(?! eyJzdGF0dXMi)|354)(?:[ -]|$)/i

/** What the client said, alone on its line: its words are no reason either. The name in EHLO may be one, and is kept. */
const COMMAND =
  /^[^\w\n]{0,6}(?:[a-z]{1,8}[:>\]]{1,3})?[ \t]*(?:mail from|rcpt to) ?:[ \t]*<?[^\s<>]{0,320}>?(?:[ \t]+[a-z\d-]{1,20}=[^\s]{1,320})*[ \t\r]*$/i

/** Unless it was tampered with on the way: those marks are reasons. */
const TAMPERED = /x{6}|\*{4}|requested mail action/i

export function normalise(original: string): Normalised {
  const text: string[] = []
  const origin = new Uint32Array(original.length + 1)
  let blank = true
  let lineStart = 0
  for (const line of original.split('\n')) {
    if ((GRANTED.test(line) && !TAMPERED.test(line)) || COMMAND.test(line)) {
      lineStart += line.length + 1
      continue
    }
    // RFC 5321 section 4.2.1: the lines of one reply repeat its code; a sentence runs on behind it.
    for (let at = lineStart + skipRepeatedCode(original, lineStart); at < lineStart + line.length; at++) {
      const character = original.charAt(at)
      const escaped = character === '\\' && /[nrt]/.test(original.charAt(at + 1))
      if (escaped || /\s/.test(character)) {
        if (!blank) {
          origin[text.length] = at
          text.push(' ')
        }
        if (escaped) at++
        blank = true
        continue
      }
      const lower = (REPLACED[character] ?? character).toLowerCase()
      origin[text.length] = at
      // A few letters have a longer lower case; they would shift every position behind them.
      text.push(lower.length === 1 ? lower : character)
      blank = false
    }
    lineStart += line.length + 1
    if (!blank) {
      origin[text.length] = Math.min(lineStart - 1, original.length)
      text.push(' ')
      blank = true
    }
  }
  return { text: text.join(''), origin: origin.slice(0, text.length) }
}

function skipRepeatedCode(original: string, lineStart: number): number {
  if (lineStart === 0) return 0
  const previousStart = original.lastIndexOf('\n', lineStart - 2) + 1
  const continued = CONTINUED.exec(original.slice(previousStart, Math.min(lineStart, previousStart + 200)))?.[1]
  if (continued === undefined) return 0
  PREFIX.lastIndex = lineStart
  const prefix = PREFIX.exec(original)
  return prefix?.[1] === continued ? prefix[0].length : 0
}
