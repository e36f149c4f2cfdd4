import { encodeBytes } from '#shared/msmtprc/bytes.ts'

/*
 * Shell patterns as fnmatch(3) without flags takes them: `*` and `?` match everything, also `/` and a leading dot;
 * a backslash takes the next character literally. No backtracking further than the last `*`, so time is bounded by
 * the product of the two lengths.
 */

type Token =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly members: readonly Member[] }
  | { readonly kind: 'never' }

type Member =
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  | { readonly kind: 'class'; readonly test: RegExp }

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{N}]/u,
  alpha: /[\p{L}\p{Nl}]/u,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[^\s\p{C}]/u,
  lower: /\p{Ll}/u,
  print: /[^\p{C}]/u,
  punct: /[\p{P}\p{S}]/u,
  space: /\s/,
  upper: /\p{Lu}/u,
  xdigit: /[0-9A-Fa-f]/,
}

/** glibc compares characters, and where that does not match also single bytes: `??` matches `é` too. */
export function matchGlob(pattern: string, text: string): boolean {
  const wide = pattern.isWellFormed() && text.isWellFormed()
  if (wide && matchUnits(Array.from(pattern), Array.from(text))) return true
  return (!wide || !isAscii(text)) && matchUnits(byteUnits(pattern), byteUnits(text))
}

function matchUnits(pattern: readonly string[], characters: readonly string[]): boolean {
  const tokens = parsePattern(pattern)
  let token = 0
  let at = 0
  let star = -1
  let retry = 0
  while (at < characters.length) {
    const current = tokens[token]
    if (current?.kind === 'star') {
      star = token++
      retry = at
    } else if (current !== undefined && matchesOne(current, characters[at] ?? '')) {
      token++
      at++
    } else if (star !== -1) {
      token = star + 1
      at = ++retry
    } else {
      return false
    }
  }
  return tokens.slice(token).every(rest => rest.kind === 'star')
}

/** One unit a byte; those beyond ASCII belong to no class of characters. */
function byteUnits(text: string): readonly string[] {
  return Array.from(encodeBytes(text), byte => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte))
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

/** Whether the pattern can match no text: a set that is empty or of an unknown class, or a backslash at the end. */
export function neverMatches(pattern: string): boolean {
  return parsePattern(Array.from(pattern)).some(
    token =>
      token.kind === 'never' ||
      (token.kind === 'set' &&
        !token.negated &&
        token.members.every(member => member.kind === 'range' && member.first > member.last)),
  )
}

function matchesOne(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'star':
    case 'never':
      return false
    case 'any':
      return true
    case 'literal':
      return token.character === character
    case 'set': {
      const code = character.codePointAt(0) ?? 0
      const member = token.members.some(part =>
        part.kind === 'range' ? code >= part.first && code <= part.last : part.test.test(character),
      )
      return member !== token.negated
    }
  }
}

function parsePattern(characters: readonly string[]): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < characters.length) {
    const character = characters[at] ?? ''
    at++
    if (character === '*') tokens.push({ kind: 'star' })
    else if (character === '?') tokens.push({ kind: 'any' })
    else if (character === '\\') {
      // A backslash at the end matches nothing at all.
      tokens.push(at < characters.length ? { kind: 'literal', character: characters[at] ?? '' } : { kind: 'never' })
      at++
    } else if (character === '[') {
      const set = parseSet(characters, at)
      tokens.push(set === null ? { kind: 'literal', character: '[' } : set.token)
      at = set === null ? at : set.end
    } else tokens.push({ kind: 'literal', character })
  }
  return tokens
}

/** What stands behind a `[`; null where no `]` ends it, and the bracket is then literal. */
function parseSet(characters: readonly string[], from: number): { readonly token: Token; readonly end: number } | null {
  let at = from
  const negated = characters[at] === '!' || characters[at] === '^'
  if (negated) at++
  const members: Member[] = []
  let valid = true
  for (let first = true; ; first = false) {
    if (at >= characters.length) return null
    if (characters[at] === ']' && !first) break
    const named = parseClass(characters, at)
    if (named !== null) {
      if (named.test === null) valid = false
      else members.push({ kind: 'class', test: named.test })
      at = named.end
      continue
    }
    const low = parseMember(characters, at)
    if (low === null) return null
    at = low.end
    const high = characters[at] === '-' && characters[at + 1] !== ']' ? parseMember(characters, at + 1) : null
    members.push({ kind: 'range', first: low.code, last: high?.code ?? low.code })
    at = high?.end ?? at
  }
  return { token: valid ? { kind: 'set', negated, members } : { kind: 'never' }, end: at + 1 }
}

/** One character of a set: plain, behind a backslash, or as `[.x.]` or `[=x=]`. */
function parseMember(
  characters: readonly string[],
  at: number,
): { readonly code: number; readonly end: number } | null {
  const mark = characters[at + 1]
  const bracketed = characters[at] === '[' && (mark === '.' || mark === '=')
  if (bracketed && characters[at + 3] === mark && characters[at + 4] === ']') {
    return { code: codeOf(characters[at + 2]), end: at + 5 }
  }
  const escaped = characters[at] === '\\'
  const place = escaped ? at + 1 : at
  return place < characters.length ? { code: codeOf(characters[place]), end: place + 1 } : null
}

/** `[:alpha:]` and its kin; `test` is null for a class that does not exist, which makes the set match nothing. */
function parseClass(
  characters: readonly string[],
  at: number,
): { readonly test: RegExp | null; readonly end: number } | null {
  if (characters[at] !== '[' || characters[at + 1] !== ':') return null
  let end = at + 2
  while (end < characters.length && /[a-z]/.test(characters[end] ?? '')) end++
  if (characters[end] !== ':' || characters[end + 1] !== ']') return null
  const name = characters.slice(at + 2, end).join('')
  return { test: Object.hasOwn(CLASSES, name) ? (CLASSES[name] ?? null) : null, end: end + 2 }
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0
}
