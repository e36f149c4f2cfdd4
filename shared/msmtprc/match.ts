import { matchGlob } from '#shared/msmtprc/glob.ts'

/**
 * Whether msmtp picks an account with this `from` for an envelope sender. Three rules, in msmtp's order: a sender with
 * a sub-address (user+x@host) matches user@host; a `from` with ? * or [ is a shell pattern and keeps case; any other
 * is compared without ASCII case. A pattern without `+` therefore never matches a sender with a sub-address.
 */
export function matchFrom(from: string, sender: string): boolean {
  const plus = sender.indexOf('+')
  const at = sender.indexOf('@')
  if (plus !== -1 && at !== -1 && !from.includes('+')) {
    return (
      from.indexOf('@') === plus &&
      sameFold(from.slice(0, plus), sender.slice(0, plus)) &&
      sameFold(from.slice(plus), sender.slice(at))
    )
  }
  return isPattern(from) ? matchGlob(from, sender) : sameFold(from, sender)
}

/** msmtp takes a `from` with any of these for a pattern, a backslash in front or not. */
export function isPattern(from: string): boolean {
  return /[?*[]/.test(from)
}

function sameFold(a: string, b: string): boolean {
  return a.length === b.length && fold(a) === fold(b)
}

function fold(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}
