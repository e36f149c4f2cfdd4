import { isBlank, skipBlanks } from '#shared/msmtprc/words.ts'

/** What a shell could print for this word is the word itself: nothing here expands, quotes or separates. */
const PLAIN = /[A-Za-z0-9_@%+=:,./^{}!\u0080-\uffff-]/

/**
 * The line that `eval` would put in its own place, where that can be known without running anything: `echo` with
 * plain or quoted words. Everything else is null. No command of a file is ever run: a file is somebody else's text.
 */
export function literalOutput(command: string): string | null {
  const start = skipBlanks(command, 0)
  if (!command.startsWith('echo', start)) return null
  const words = parseShellWords(command.slice(start + 4))
  if (words === null || words[0] === '-n') return null
  return words.join(' ')
}

/** The words behind a command name, or null where a shell would do more than to split and unquote. */
function parseShellWords(text: string): readonly string[] | null {
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    if (!isBlank(text[at])) return null
    at = skipBlanks(text, at)
    if (at === text.length) break
    const word = parseShellWord(text, at)
    if (word === null) return null
    words.push(word.value)
    at = word.end
  }
  return words
}

function parseShellWord(text: string, from: number): { readonly value: string; readonly end: number } | null {
  let value = ''
  let at = from
  while (at < text.length && !isBlank(text[at])) {
    const character = text[at] ?? ''
    if (character === "'" || character === '"') {
      const close = text.indexOf(character, at + 1)
      const inside = text.slice(at + 1, close)
      // A shell's echo may take `\c` for an escape; in double quotes `$` and backquotes expand.
      if (close === -1 || /[\\\n]/.test(inside) || (character === '"' && /[$`]/.test(inside))) return null
      value += inside
      at = close + 1
    } else {
      if (!PLAIN.test(character)) return null
      value += character
      at++
    }
  }
  return { value, end: at }
}
