/** No single line says more than this; what is longer is a dump, and is looked at in pieces. */
const LONGEST_LINE = 2000

/** A text of this size is looked at whole. */
const SMALL_TEXT = 12_000

const MOST_LINES = 150

const TELLING =
  /(?:^|[\s:;'"([#])[45]\d\d[ -]|[45]\.\d\.\d|status=(?:bounced|deferred)|error|exception|warning|fatal|fail|reject|refus|denied|bounce|timed? ?out|unreach|not found|unknown|invalid|unable|could not|cannot|can't|blocked|expired|certificate|econn|enotfound|etimedout|eauth|eai_|auth/i

/** A log line that is only about a success. */
const FINE = /status=sent|\b2\d\d 2\.\d\.\d|: (?:connect|disconnect) from |removed$|queue active/i

/**
 * The lines of a text that may say why something failed: all of a short text, else those with telling words, each kind
 * once (a log repeats itself with other times and numbers). Linear in the length, and at most some hundred kilobytes.
 */
export function relevantLines(text: string): string {
  if (text.length <= SMALL_TEXT) return [...cutLines(text, true)].join('\n')
  const kinds = new Set<string>()
  const kept: string[] = []
  for (const line of cutLines(text, false)) {
    if (!TELLING.test(line) || FINE.test(line)) continue
    const kind = kindOf(line)
    if (kinds.has(kind)) continue
    kinds.add(kind)
    kept.push(line)
  }
  // Of many the last ones count: a log ends with what happened when the person looked.
  const chosen =
    kept.length > MOST_LINES ? [...kept.slice(0, MOST_LINES / 3), ...kept.slice((-MOST_LINES * 2) / 3)] : kept
  return chosen.length > 0 ? chosen.join('\n') : endsOf(text)
}

/** Beginning and end of a text in which nothing tells. */
function endsOf(text: string): string {
  const half = SMALL_TEXT / 2
  return [...cutLines(`${text.slice(0, half)}\n${text.slice(-half)}`, false)].join('\n')
}

/** Line by line without an array of them all: a text may be nothing but line feeds. Empty lines are left out of a large text. */
function* cutLines(text: string, keepEmpty: boolean): Generator<string> {
  let start = 0
  while (start <= text.length) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    if (end > start || keepEmpty) {
      for (let at = start; at === start || at < end; at += LONGEST_LINE) {
        yield text.slice(at, Math.min(end, at + LONGEST_LINE)).replaceAll('\r', '')
      }
    }
    start = end + 1
  }
}

/** The line without what changes from one occurrence to the next. */
function kindOf(line: string): string {
  return line.slice(0, 300).replace(/\S{0,64}[\d@]\S{0,64}/g, '#')
}
