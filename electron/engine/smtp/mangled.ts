import type { Capabilities } from '#shared/smtp/capabilities.ts'

/*
 * Middleboxes and mail scanners hide STARTTLS by overwriting it: Cisco's "fixup" writes X or * over words that it does
 * not know, some antivirus products answer EHLO with a text of their own.
 */
const MARKS: readonly RegExp[] = [/^250[- ]X{4,}[A-Z]?$/i, /^250[- ]\*{3,}/, /^250[- ]Requested mail action okay/i]

/** Whether the lines of an EHLO reply look rewritten on the way. */
export function looksMangled(capabilities: Pick<Capabilities, 'lines'>): boolean {
  return capabilities.lines.some(line => MARKS.some(mark => mark.test(line)))
}
