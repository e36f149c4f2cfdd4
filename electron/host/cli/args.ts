import type { Command, OptionSpec, OptionValues } from './command.ts'
import { nearestWord } from '#shared/nearest.ts'

// An import of node:util would load all that hangs on it, workers and streams too: 5 ms of each start.
const { parseArgs } = process.getBuiltinModule('node:util')

export type Arguments = {
  readonly operands: readonly string[]
  readonly options: OptionValues
  readonly json: boolean
  readonly help: boolean
}

/** The call itself is wrong: exit 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options of every command. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', help: 'print one JSON value and nothing else' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
} as const satisfies Record<string, OptionSpec>

/** Reads what stands behind the command's name. Throws `UsageError`. */
export function parseArguments(
  command: Pick<Command, 'name' | 'options' | 'arity'>,
  words: readonly string[],
): Arguments {
  const specs: Readonly<Record<string, OptionSpec>> = { ...command.options, ...COMMON_OPTIONS }
  const parsed = readWords(command.name, specs, words)
  const options: Record<string, string | number | boolean | readonly string[]> = {}
  for (const [name, value] of Object.entries(parsed.values)) {
    const spec = specs[name]
    if (spec && value !== undefined) options[name] = readValue(name, spec, value)
  }
  const help = options['help'] === true
  const [min, max] = command.arity
  const operands = parsed.positionals
  if (!help && operands.length < min)
    throw new UsageError(
      `${command.name} wants ${min === 1 ? 'one operand' : `${min} operands`}, got ${operands.length}`,
    )
  if (!help && operands.length > max)
    throw new UsageError(`${command.name}: unexpected operand ‘${operands[max] ?? ''}’`)
  return { operands, options, json: options['json'] === true, help }
}

function readWords(command: string, specs: Readonly<Record<string, OptionSpec>>, words: readonly string[]) {
  const config = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        type: spec.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        multiple: spec.multiple === true,
        ...(spec.short === undefined ? {} : { short: spec.short }),
      },
    ]),
  )
  for (const word of words) {
    if (word === '--') break
    const name = /^--([^=]+)/.exec(word)?.[1]
    if (name !== undefined && !Object.hasOwn(specs, name))
      throw new UsageError(unknownOption(command, `--${name}`, Object.keys(specs)))
  }
  try {
    return parseArgs({ args: [...words], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    // node:util words its complaints for programmers: "Option '-a, --account <value>' argument missing".
    throw new UsageError(`${command}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
  }
}

function unknownOption(command: string, option: string, known: readonly string[]): string {
  const nearest = nearestWord(option.slice(2), known)
  return `${command} has no option ${option}${nearest === null ? '' : `; did you mean --${nearest}?`}`
}

function readValue(
  name: string,
  spec: OptionSpec,
  value: string | boolean | (string | boolean)[],
): string | number | boolean | readonly string[] {
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'boolean') return value
  if (spec.choices && !spec.choices.includes(value))
    throw new UsageError(`--${name} takes ${spec.choices.join(', ')}; got ‘${value}’`)
  if (spec.type !== 'number') return value
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN
  if (!Number.isFinite(number) || number <= 0) throw new UsageError(`--${name} takes a number above 0; got ‘${value}’`)
  return number
}
