/** A word of a POSIX shell: in single quotes nothing is special but the single quote. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`
}

/** The words of a command line, quotes and backslashes resolved; a backslash before a line end joins the lines. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote === "'") {
      if (character === "'") quote = null
      else word += character
    } else if (character === '\\') {
      const next = text[at + 1] ?? ''
      at += 1
      if (next === '\n') continue
      word = (word ?? '') + (quote === '"' && !/[\\"$`]/.test(next) ? `\\${next}` : next)
    } else if (quote === '"') {
      if (character === '"') quote = null
      else word += character
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else {
      word = (word ?? '') + character
    }
  }
  return word === null ? words : [...words, word]
}

/**
 * `--name value`, `--name=value` and flags, first come first served.
 * @param flags options that take no value
 */
export function readOptions(words: readonly string[], flags: ReadonlySet<string>): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (let at = 0; at < words.length; at += 1) {
    const match = /^--?([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^]*))?$/.exec(words[at] ?? '')
    if (!match) continue
    const name = match[1] ?? ''
    if (flags.has(name)) options.set(name, '')
    else if (match[2] !== undefined) options.set(name, match[2])
    else {
      options.set(name, words[at + 1] ?? '')
      at += 1
    }
  }
  return options
}
