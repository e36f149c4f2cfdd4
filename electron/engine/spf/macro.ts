import { err, ok, type Result } from '#shared/result.ts'

/** RFC 7208 section 7.1, `macro-expand` with a letter. */
export type Macro = {
  readonly kind: 'macro'
  /** Lower case. */
  readonly letter: string
  /** Upper-case letter: the value is URL-escaped (section 7.3). */
  readonly urlEscaped: boolean
  /** How many parts from the right; null for all. */
  readonly keep: number | null
  readonly reversed: boolean
  readonly delimiters: string
}
/** `escape`: it was written `%%`, `%_` or `%-`. */
export type MacroString = readonly (Macro | { readonly kind: 'literal' | 'escape'; readonly text: string })[]

/** Where a macro string stands decides what it may hold. */
type Place = 'domain-spec' | 'modifier' | 'explanation'

const EXPAND = /%\{([slodiphcrtv])(\d*)(r?)([.\-+,/_=]*)\}/iy
const LITERAL = /[\x21-\x24\x26-\x7e]+/y
const LITERAL_OR_SPACE = /[\x20-\x24\x26-\x7e]+/y
const ESCAPES: Readonly<Record<string, string>> = { '%%': '%', '%_': ' ', '%-': '%20' }

/** RFC 7208 section 7.1. The error is the reason, in plain words. */
export function parseMacroString(text: string, place: Place): Result<MacroString, string> {
  const parts: MacroString[number][] = []
  for (let at = 0; at < text.length;) {
    const escape = ESCAPES[text.slice(at, at + 2)]
    const literal = matchAt(place === 'explanation' ? LITERAL_OR_SPACE : LITERAL, text, at)
    const expand = matchAt(EXPAND, text, at)
    if (escape !== undefined) {
      parts.push({ kind: 'escape', text: escape })
      at += 2
    } else if (literal) {
      parts.push({ kind: 'literal', text: literal[0] })
      at += literal[0].length
    } else if (expand) {
      const macro = macroOf(expand, place)
      if (!macro.ok) return macro
      parts.push(macro.value)
      at += expand[0].length
    } else if (text[at] === '%') {
      return err(`"${text.slice(at, at + 12)}" is not a macro`)
    } else {
      return err('a character that is neither visible ASCII nor allowed here')
    }
  }
  return ok(parts)
}

/** `toplabel` of RFC 7208 section 7.1: letters, digits and inner hyphens, not digits alone. */
const ENDS_IN_TOP_LABEL = /\.(?![0-9]+\.?$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$/i

/** RFC 7208 section 7.1: a macro string that ends in a top-level label or in a macro. */
export function parseDomainSpec(text: string): Result<MacroString, string> {
  if (text === '') return err('the domain is missing')
  const parsed = parseMacroString(text, 'domain-spec')
  if (!parsed.ok) return parsed
  const endsInMacro = parsed.value.at(-1)?.kind !== 'literal'
  return endsInMacro || ENDS_IN_TOP_LABEL.test(text)
    ? parsed
    : err(`"${text}" is not a domain name with at least two parts`)
}

function macroOf(match: RegExpExecArray, place: Place): Result<Macro, string> {
  const [whole, letter = '', digits = '', reversed = '', delimiters = ''] = match
  const lower = letter.toLowerCase()
  // Section 7.2: c, r and t are for explanations.
  if (place === 'domain-spec' && 'crt'.includes(lower)) return err(`${whole} is allowed only in an explanation text`)
  // Section 7.3: a number must not be zero. Names have at most 128 parts, so longer numbers mean "all".
  if (digits !== '' && Number(digits) === 0) return err(`${whole} keeps no part`)
  return ok({
    kind: 'macro',
    letter: lower,
    urlEscaped: letter !== lower,
    keep: digits === '' ? null : Number(digits),
    reversed: reversed !== '',
    delimiters: delimiters === '' ? '.' : delimiters,
  })
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}
