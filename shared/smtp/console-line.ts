/*
 * A line that somebody typed for a server: what kind of command it is, whether it could send a message, and what of it
 * may be shown.
 */

/** The first word, upper case: what the server will take for the command. Null for an empty line. */
export function verbOf(line: string): string | null {
  return /^\s*(\S{1,40})/.exec(line)?.[1]?.toUpperCase() ?? null
}

/** Commands behind which mail leaves somewhere, and why. */
const SENDING: ReadonlyMap<string, string> = new Map([
  ['DATA', 'DATA begins a message'],
  ['BDAT', 'BDAT sends a message in pieces (RFC 3030)'],
  ['BURL', 'BURL sends a message that the server fetches (RFC 4468)'],
  ['XEXCH50', 'XEXCH50 sends data of a message'],
  ['SEND', 'SEND begins a message'],
  ['SOML', 'SOML begins a message'],
  ['SAML', 'SAML begins a message'],
  ['ETRN', 'ETRN makes the server send what waits (RFC 1985)'],
  ['ATRN', 'ATRN makes the server send what waits (RFC 2645)'],
  ['TURN', 'TURN makes the server send what waits'],
])

/** Why safe mode refuses this line; null where it does not. */
export function whyUnsafe(line: string): string | null {
  const verb = verbOf(line)
  return verb === null ? null : (SENDING.get(verb) ?? null)
}

/** Characters that would make two commands of one line, or none: what CVE reports call SMTP injection. */
export function holdsLineEnd(line: string): boolean {
  return /[\r\n\0]/.test(line)
}

/** RFC 5321 section 4.5.3.1.4 allows 512 octets; longer ones are worth trying, endless ones are not. */
export const LONGEST_TYPED_LINE = 4096

/**
 * What of a typed line may be recorded: everything behind an AUTH mechanism is a secret or as good as one.
 * Null where the line may be shown as it is.
 */
export function maskedForm(line: string): { readonly shown: string; readonly hidden: string } | null {
  const match = /^(\s*AUTH\s+\S+)\s+(\S.*)$/i.exec(line)
  const [, before = '', hidden = ''] = match ?? []
  // RFC 4954 section 4: a single "=" is an empty initial response and hides nothing.
  if (match === null || hidden.trim() === '=') return null
  return { shown: `${before} ***`, hidden }
}
