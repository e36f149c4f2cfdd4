import type { Dialect } from '#shared/formats/pairs.ts'
import type { Value } from '#shared/formats/read.ts'

/** The lines of a text without comments and empty ones. */
export function sections(text: string): readonly string[] {
  return text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'))
}

/** `name = value` up to the end of the line, as Postfix writes it. */
export const NAME_VALUE: Dialect = {
  print: (key, value) => `${key} = ${String(value)}`,
  parse: text => pairsOf(text, /^(\w+)[ \t]*=[ \t]*(.*)$/),
}

/** `NAME value`, and `NAME` alone for "on", as dma writes it. */
export const NAME_BLANK_VALUE: Dialect = {
  print: (key, value) => (value === true ? key : `${key} ${String(value)}`),
  parse: text => pairsOf(text, /^([A-Z_]+)(?:[ \t]+(.*))?$/),
}

export function pairsOf(text: string, pattern: RegExp): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const line of sections(text)) {
    const match = pattern.exec(line)
    if (match) values.set(match[1] ?? '', match[2] === undefined ? true : match[2].trimEnd())
  }
  return values
}
