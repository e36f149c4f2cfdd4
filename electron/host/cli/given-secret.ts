import { SECRET_LIMIT } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import type { CommandIo } from './command.ts'

/**
 * The password that this call was given, by `--password-stdin`, `--password-env` or, where `ask` says what for, a
 * prompt on the terminal; null where it was given none. Only the line end is cut: blanks may belong to a password.
 */
export async function givenSecret(io: CommandIo, ask: string | null): Promise<string | null> {
  const name = io.options['password-env']
  if (io.options['password-stdin'] === true && name !== undefined) {
    throw new Problem('usage', 'give either --password-stdin or --password-env, not both')
  }
  if (io.options['password-stdin'] === true) {
    const text = (await io.readStdin(SECRET_LIMIT + 2)).toString('utf8')
    return checked(text.split(/\r?\n/, 1)[0] ?? '', '--password-stdin', 'the first line of standard input is empty')
  }
  if (typeof name === 'string') {
    return checked(io.env[name] ?? '', '--password-env', `the environment variable ${name} is not set, or empty`)
  }
  return ask === null ? null : io.askSecret(ask)
}

function checked(value: string, option: string, empty: string): string {
  if (value === '') throw new Problem('bad-input', empty, { field: option, remedy: 'put the password there' })
  return value
}
