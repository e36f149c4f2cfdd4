import type { Macro, MacroString } from '#engine/spf/macro.ts'

/** The value of each macro letter before it is cut up (RFC 7208 section 7.2). `p` costs DNS questions, so it is asked for only when needed. */
export type MacroValues = {
  readonly s: string
  readonly l: string
  readonly o: string
  readonly d: string
  readonly i: string
  readonly h: string
  readonly c: string
  readonly r: string
  readonly t: string
  readonly v: string
  p(): Promise<string>
}

/** RFC 7208 section 7.3. */
export async function expandMacros(parts: MacroString, values: MacroValues): Promise<string> {
  let text = ''
  for (const part of parts) text += part.kind === 'macro' ? transform(part, await valueOf(part, values)) : part.text
  return text
}

/** RFC 7208 section 7.3: a name over 253 characters loses labels on the left until it fits. */
export function fitDomain(name: string): string {
  let fitting = name.endsWith('.') ? name.slice(0, -1) : name
  while (fitting.length > 253 && fitting.includes('.')) fitting = fitting.slice(fitting.indexOf('.') + 1)
  return fitting
}

async function valueOf(macro: Macro, values: MacroValues): Promise<string> {
  if (macro.letter === 'p') return values.p()
  // The grammar admits no other letters, so each names a text among the values.
  return values[macro.letter as Exclude<keyof MacroValues, 'p'>]
}

function transform(macro: Macro, value: string): string {
  const parts = splitAt(value, macro.delimiters)
  if (macro.reversed) parts.reverse()
  const kept = macro.keep === null ? parts : parts.slice(-macro.keep)
  const joined = kept.join('.')
  return macro.urlEscaped ? urlEscape(joined) : joined
}

function splitAt(value: string, delimiters: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < value.length; at++) {
    if (!delimiters.includes(value.charAt(at))) continue
    parts.push(value.slice(from, at))
    from = at + 1
  }
  parts.push(value.slice(from))
  return parts
}

/** All but the unreserved characters of RFC 3986 section 2.3. */
function urlEscape(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
