import { decodeBytes, encodeBytes } from '#shared/msmtprc/bytes.ts'

/*
 * How msmtp cuts a file into lines and a line into words. It reads at most 500 bytes at a time with fgets into a
 * buffer of 501, and C strings end at a NUL: both show, so both are done here in the same way.
 */

/** What one read may yield, the line feed included: a line holds at most 499 bytes and its end. */
const READ_BYTES = 500

export type ReadLine = {
  /** As msmtp counts: one for each read. */
  readonly number: number
  readonly text: string
  /** msmtp gives up here: "line longer than 500 characters". */
  readonly overlong: boolean
}

export type Words = {
  readonly command: string
  /** Without surrounding blanks and without one pair of double quotes. */
  readonly argument: string
}

/** The lines of a file, without their ends, as msmtp sees them. */
export function* readLines(text: string): Generator<ReadLine> {
  let number = 0
  let from = 0
  while (from < text.length) {
    const feed = text.indexOf('\n', from)
    const line = text.slice(from, feed === -1 ? text.length : feed + 1)
    from += line.length
    // A UTF-16 unit stands for at most three bytes, so most lines need not be counted.
    if (line.length * 3 < READ_BYTES) yield readLine(++number, line)
    else for (const piece of readPieces(line)) yield readLine(++number, piece)
  }
}

/** Command and argument of a line; null for an empty line and a comment. */
export function splitWords(line: string): Words | null {
  const start = skipBlanks(line, 0)
  if (start === line.length || line[start] === '#') return null
  let end = start
  while (end < line.length && !isBlank(line[end])) end++
  return { command: line.slice(start, end), argument: trimWord(line.slice(end)) }
}

/** Cuts the blanks (space and tab, nothing else) and then one pair of double quotes around what is left. */
export function trimWord(text: string): string {
  const start = skipBlanks(text, 0)
  let end = text.length
  while (end > start && isBlank(text[end - 1])) end--
  const quoted = end - start >= 2 && text[start] === '"' && text[end - 1] === '"'
  return quoted ? text.slice(start + 1, end - 1) : text.slice(start, end)
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

export function skipBlanks(text: string, from: number): number {
  let at = from
  while (isBlank(text[at])) at++
  return at
}

function readLine(number: number, read: string): ReadLine {
  const nul = read.indexOf('\0')
  if (nul !== -1) return { number, text: read.slice(0, nul), overlong: false }
  if (!read.endsWith('\n')) return { number, text: read, overlong: fillsBuffer(read) }
  return { number, text: read.slice(0, read.endsWith('\r\n') ? -2 : -1), overlong: false }
}

function fillsBuffer(read: string): boolean {
  return read.length * 3 >= READ_BYTES && encodeBytes(read).length === READ_BYTES
}

function readPieces(line: string): readonly string[] {
  const bytes = encodeBytes(line)
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += READ_BYTES) pieces.push(decodeBytes(bytes.subarray(at, at + READ_BYTES)))
  return pieces
}
