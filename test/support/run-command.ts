import { Deadline } from '#engine/net/deadline.ts'
import type { Command, CommandResult, OptionValues } from '#host/cli/command.ts'

export type CommandRun = CommandResult & { readonly notes: readonly string[] }

/** Runs one command in this process, as `main` would with `--json`. */
export async function runCommand(
  command: Command,
  operands: readonly string[],
  options: OptionValues = {},
  deadline = new Deadline(10_000),
): Promise<CommandRun> {
  const notes: string[] = []
  const result = await command.run({
    operands,
    options,
    json: true,
    deadline,
    env: {},
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
    note: line => void notes.push(line),
    print: () => {},
    askSecret: () => Promise.resolve(null),
  })
  return { ...result, notes }
}
