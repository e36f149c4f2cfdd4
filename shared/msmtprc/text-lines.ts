import { byteLength } from '#shared/msmtprc/bytes.ts'

/** How much msmtp reads at a time, the line feed included: see words.ts. */
const READ_BYTES = 500

/** A line that msmtp reads in several pieces, and so counts several times. */
type LongLine = { readonly line: number; readonly firstCount: number; readonly reads: number }

/**
 * Which line of the text msmtp means by a number: it counts a line of 500 bytes and more once for each piece that it
 * reads, so that every line behind it has a higher number there than in an editor.
 */
export function textLineOf(text: string): (counted: number) => number {
  const longLines = findLongLines(text)
  return counted => {
    let low = 0
    let high = longLines.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((longLines[middle]?.firstCount ?? Infinity) <= counted) low = middle + 1
      else high = middle
    }
    const before = longLines[low - 1]
    if (before === undefined) return counted
    return before.line + Math.max(0, counted - before.firstCount - before.reads + 1)
  }
}

function findLongLines(text: string): readonly LongLine[] {
  const longLines: LongLine[] = []
  let line = 0
  let counted = 0
  for (let from = 0; from < text.length;) {
    const feed = text.indexOf('\n', from)
    const end = feed === -1 ? text.length : feed + 1
    line += 1
    // A UTF-16 unit stands for at most three bytes, so most lines need not be counted.
    const reads = (end - from) * 3 <= READ_BYTES ? 1 : Math.ceil(byteLength(text.slice(from, end)) / READ_BYTES)
    if (reads > 1) longLines.push({ line, firstCount: counted + 1, reads })
    counted += reads
    from = end
  }
  return longLines
}
