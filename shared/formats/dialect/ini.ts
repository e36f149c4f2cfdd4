import type { Dialect, Values } from '#shared/formats/pairs.ts'
import type { Value } from '#shared/formats/read.ts'

/**
 * The ini files of Go programs (go-ini). Back-quoted text is taken as it stands up to the last back-quote of the line;
 * `%(name)s` is expanded even there.
 */
export function goIni(section: string, expanded: RegExp): Dialect {
  return {
    print(key, value) {
      const text = String(value)
      if (/%\([^)]*\)s/.test(text) || expanded.test(text)) return null
      return /^[A-Za-z0-9_@.:/+-]*$/.test(text) ? `${key} = ${text}` : `${key} = \`${text}\``
    },
    parse: text => readIni(text, section),
  }
}

function readIni(text: string, section: string): Values {
  const values = new Map<string, Value>()
  let inside = false
  for (const line of text.split(/\r?\n/)) {
    const head = /^[ \t]*\[([^\]]*)\]/.exec(line)
    if (head) inside = head[1]?.trim() === section
    const match = inside ? /^[ \t]*([A-Za-z_]\w*)[ \t]*=(.*)$/.exec(line) : null
    if (match) values.set(match[1] ?? '', unquoteIni((match[2] ?? '').trim()))
  }
  return values
}

function unquoteIni(raw: string): string {
  for (const quote of ['"""', '`']) {
    if (raw.startsWith(quote) && raw.length >= quote.length * 2 && raw.lastIndexOf(quote) >= quote.length) {
      return raw.slice(quote.length, raw.lastIndexOf(quote))
    }
  }
  const bare = raw.replace(/\s[#;].*$/, '').trimEnd()
  return /^"[^"]*"$/.test(bare) || /^'[^']*'$/.test(bare) ? bare.slice(1, -1) : bare
}

/** Java properties as java.util.Properties reads them in ISO 8859-1; Spring then expands `${…}`. */
export const JAVA_PROPERTIES: Dialect = {
  print(key, value) {
    const text = String(value)
    if (text.includes('${')) return null
    const escaped = text
      .replace(/\\/g, '\\\\')
      .replace(/^ /, '\\ ')
      .replace(/\t/g, '\\t')
      .replace(/[^\u0020-\u007e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    return `${key}=${escaped}`
  },
  parse(text) {
    const values = new Map<string, Value>()
    for (const line of text.split(/\r?\n/)) {
      const match = /^[ \t]*([A-Za-z][\w.-]*)[ \t]*[=:][ \t]*(.*)$/.exec(line)
      if (match) values.set(match[1] ?? '', unescapeProperty(match[2] ?? ''))
    }
    return values
  },
}

function unescapeProperty(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
    return letter === 't' ? '\t' : (letter ?? '')
  })
}
