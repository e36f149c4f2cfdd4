/**
 * SASLprep (RFC 4013) as far as signing in needs it: mapping (section 2.1), NFKC (section 2.2) and the refusal of
 * control characters (section 2.3). The check for unassigned code points and the bidirectional rules are left to the
 * server, which compares with what it stored; a text that may not be used at all is returned unchanged, as it was typed.
 */
export function saslPrep(text: string): string {
  const mapped = text.replace(SPACES, ' ').replace(NOTHING, '')
  const normalized = mapped.normalize('NFKC')
  return PROHIBITED.test(normalized) ? text : normalized
}

// RFC 3454 table C.1.2: spaces outside ASCII become a space.
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

// RFC 3454 table B.1: commonly mapped to nothing. Alternatives, not a class: some of these are combining marks.
const NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g

// RFC 3454 tables C.2.1 and C.2.2: control characters.
const PROHIBITED = /[\u0000-\u001f\u007f-\u009f\u06dd\u070f\u180e\u2028\u2029\u2061-\u2063\u206a-\u206f\ufff9-\ufffc]/
