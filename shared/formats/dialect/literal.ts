import type { Value } from '#shared/formats/read.ts'

export type Language = 'php' | 'python' | 'ruby' | 'yaml'

const WORDS: Readonly<Record<string, Value>> = {
  true: true,
  false: false,
  null: null,
  nil: null,
  none: null,
  '~': null,
}

const CONTROL_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', e: '\u001b' }

/** The literal that begins at `at`, or undefined when none does. An expression that has to be run is none. */
function readLiteral(text: string, at: number, language: Language): Value | undefined {
  const first = text[at]
  if (first === "'" || first === '"') return readQuoted(text, at, language)
  const end = text.slice(at, at + 1024).search(/[\n\r]/)
  const line = end === -1 ? text.slice(at, at + 1024) : text.slice(at, at + end)
  const bare = (language === 'yaml' ? line.replace(/\s#.*$/, '') : line.replace(/[;,)\]}#].*$/, '')).trim()
  if (/^-?\d{1,9}$/.test(bare)) return Number(bare)
  const word = WORDS[bare.toLowerCase()]
  if (word !== undefined) return word
  if (language === 'ruby' && /^:\w+$/.test(bare)) return bare.slice(1)
  return language === 'yaml' ? bare : undefined
}

/** Longer than any setting: a quote that is never closed must not make every line read the whole file. */
const QUOTED_MAX_CHARACTERS = 16_384

function readQuoted(text: string, at: number, language: Language): string | undefined {
  const limit = Math.min(text.length, at + QUOTED_MAX_CHARACTERS)
  const quote = text[at] ?? ''
  let value = ''
  for (let next = at + 1; next < limit; next += 1) {
    const character = text[next] ?? ''
    if (character === quote) {
      // YAML doubles a single quote inside single quotes.
      if (language !== 'yaml' || quote === '"' || text[next + 1] !== quote) return value
      value += quote
      next += 1
    } else if (character === '\\' && !(language === 'yaml' && quote === "'")) {
      const escape = readEscape(text, next, quote, language)
      value += escape.value
      next += escape.length - 1
    } else {
      value += character
    }
  }
  return undefined
}

function readEscape(text: string, at: number, quote: string, language: Language) {
  const letter = text[at + 1] ?? ''
  if (letter === '\\' || letter === quote) return { value: letter, length: 2 }
  // In PHP and Ruby, single quotes know no other escape: the backslash stays.
  if (quote === "'" && language !== 'python') return { value: '\\', length: 1 }
  const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(text.slice(at, at + 6))
  if (hex) return { value: String.fromCharCode(parseInt(hex[1] ?? hex[2] ?? '', 16)), length: hex[0].length }
  const control = CONTROL_ESCAPES[letter]
  if (control !== undefined) return { value: control, length: 2 }
  if (letter === '$' || letter === '#' || letter === '/' || letter === '"') return { value: letter, length: 2 }
  return { value: '\\', length: 1 }
}

/** Every assignment that `pattern` (global, with a group `key`) finds and whose value is a literal. */
export function readAssignments(text: string, pattern: RegExp, language: Language): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const match of text.matchAll(pattern)) {
    const key = match.groups?.['key']
    const value = readLiteral(text, match.index + match[0].length, language)
    if (key !== undefined && value !== undefined) values.set(key, value)
  }
  return values
}
