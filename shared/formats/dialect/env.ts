import type { Dialect } from '#shared/formats/pairs.ts'
import type { Value } from '#shared/formats/read.ts'

/** Characters that no reader of env files treats in a special way. */
const PLAIN = /^[A-Za-z0-9_./:@%+,-]*$/

function entries(text: string, valueOf: (raw: string) => string): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=(.*)$/.exec(line)
    if (match) values.set(match[1] ?? '', valueOf((match[2] ?? '').trim()))
  }
  return values
}

function unquoteEnv(raw: string, doubleEscapes: RegExp): string {
  if (raw.startsWith("'") && raw.length > 1 && raw.endsWith("'")) return raw.slice(1, -1)
  if (raw.startsWith('"') && raw.length > 1 && raw.endsWith('"')) return raw.slice(1, -1).replace(doubleEscapes, '$1')
  return raw.replace(/\s#.*$/, '').trimEnd()
}

const doubleQuoted = (text: string) => `"${text.replace(/[\\"$]/g, '\\$&')}"`

/**
 * The file that Docker Compose reads. It looks for the closing quote by the octet before it, so nothing that ends in
 * a backslash can stand in quotes; single quotes have no escape; double quotes expand `$` unless it is escaped.
 */
export const COMPOSE_ENV: Dialect = {
  print(key, value) {
    const text = String(value)
    if (PLAIN.test(text)) return `${key}=${text}`
    if (!text.endsWith('\\')) return `${key}=${text.includes("'") ? doubleQuoted(text) : `'${text}'`}`
    // Unquoted, only blanks at the ends, a comment, a leading quote and `$` would change it.
    const safe = !/\$|\s#|^[\s'"#]/.test(text)
    return safe ? `${key}=${text}` : null
  },
  parse: text => entries(text, raw => unquoteEnv(raw, /\\([\\"$])/g)),
}

/** vlucas/phpdotenv and dotenvy: double quotes with escapes for `\`, `"` and `$`; a reader of either takes them. */
export const QUOTED_ENV: Dialect = {
  print: (key, value) =>
    PLAIN.test(String(value)) ? `${key}=${String(value)}` : `${key}=${doubleQuoted(String(value))}`,
  parse: text => entries(text, raw => unquoteEnv(raw, /\\([\\"$])/g)),
}

/**
 * Laravel looks at the value once more: `null`, `true`, `false` and `empty` become something else, and one pair of
 * quotes around the whole value is dropped. So where that would happen, one more pair is put around.
 */
export const LARAVEL_DOTENV: Dialect = {
  print(key, value) {
    const text = String(value)
    const changed = typeof value === 'string' && key !== 'MAIL_ENCRYPTION' && LARAVEL_CHANGES.test(text)
    return QUOTED_ENV.print(key, changed ? `'${text}'` : text)
  },
  parse: text =>
    new Map(
      [...QUOTED_ENV.parse(text)].map(([key, value]) => [
        key,
        typeof value === 'string' && LARAVEL_QUOTED.test(value) ? value.slice(1, -1) : value === 'null' ? null : value,
      ]),
    ),
}

const LARAVEL_QUOTED = /^(?:"[^]*"|'[^]*')$/
const LARAVEL_CHANGES = /^(?:\(?(?:true|false|null|empty)\)?|"[^]*"|'[^]*')$/i
