import type { Command } from './command.ts'

export type CommandEntry = {
  readonly name: string
  readonly operands: string
  readonly summary: string
  load(): Promise<Command>
}

/*
 * Names and summaries stand here a second time, beside each command's own, so that `--help` and a wrong word load
 * no command at all. A test compares the two.
 */
export const COMMANDS: readonly CommandEntry[] = [
  entry('configure', 'ADDRESS', 'settings for a mail address', async () => (await import('./configure.ts')).configure),
]

function entry(name: string, operands: string, summary: string, load: () => Promise<Command>): CommandEntry {
  return { name, operands, summary, load }
}

/** The command that the words name, and the words without its name; options may stand before it. */
export function findCommand(
  words: readonly string[],
): { readonly entry: CommandEntry; readonly rest: readonly string[] } | null {
  for (const [index, word] of words.entries()) {
    const entry = COMMANDS.find(({ name }) => name === word || name === `${word} ${words[index + 1] ?? ''}`)
    if (entry) return { entry, rest: [...words.slice(0, index), ...words.slice(index + entry.name.split(' ').length)] }
    // A group's name without one of its commands, or no command at all.
    if (!word.startsWith('-') && index === 0) return null
  }
  return null
}
