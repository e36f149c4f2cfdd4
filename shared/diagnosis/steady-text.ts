/**
 * A server's text without what differs from one session to the next: queue ids, nonces, dates and times become `#`.
 * Names of extensions and mechanisms (8BITMIME, SCRAM-SHA-256) stay. Takes time linear in the text.
 */
export function steadyText(text: string): string {
  return text
    .replace(DATE, '#')
    .replace(TIME, '#')
    .replace(TOKEN, (token, at: number, whole: string) =>
      isId(token) && !SIZE.test(whole.slice(Math.max(0, at - 5), at)) ? '#' : token,
    )
}

/** Of RFC 5322 and of `ctime`, with the time that stands behind or between. */
const DATE =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} {1,2}\d{1,2}) \d\d:\d\d:\d\d(?: \d{4})?(?: [+-]\d{4})?(?: \([A-Z]{1,5}\))?/g
const TIME = /\b(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?Z?\b/g
const TOKEN = /[\w-]{8,}(?:\.\d{1,4})?/g

/** RFC 1870: the largest message is a fact about the server. */
const SIZE = /SIZE[ =]$/

/** Letters and digits that change too often for a word: `4bXk2Q1Zz9`, `1vMabc-0000000ABCD-3xyz`; or a long number. */
function isId(token: string): boolean {
  if (token.split(/[-_]/).every(part => WORD.test(part))) return false
  const digits = token.replace(/\D/g, '').length
  return digits >= 6 || changesIn(token) >= 3
}

/** Parts of `SCRAM-SHA-256`, `8BITMIME`, `TLS_AES_256_GCM_SHA384`. */
const WORD = /^(?:\d{0,3}[A-Z]+\d{0,3}|\d{1,3})$/

function changesIn(token: string): number {
  const kinds = token.replace(/[_-]/g, '').replace(/\d+/g, '0').replace(/[^0]+/g, 'a')
  return kinds.length - 1
}
