import { readFile } from 'node:fs/promises'
import { parseAccountFile } from '#shared/account/account-file.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import { Problem } from '#shared/problem.ts'
import type { CommandIo } from './command.ts'

// The largest account is a few kilobytes; a wrong file should not be read whole.
const LIMIT_BYTES = 1_000_000

/** Reads `--account-file FILE` (`-` is standard input). Throws `Problem`: file-missing, io, bad-input. */
export async function readAccountFile(
  io: CommandIo,
  path: string,
): Promise<{ readonly name: string; readonly settings: AccountSettings }> {
  const text = (path === '-' ? await io.readStdin(LIMIT_BYTES) : await readInput(path, LIMIT_BYTES)).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Problem('bad-input', `not JSON: ${error instanceof Error ? error.message : ''}`, {
      field: path,
      remedy: 'mailwright accounts show NAME --json prints the form',
    })
  }
  const parsed = parseAccountFile(json)
  if (!parsed.ok) {
    const [first] = parsed.error
    throw new Problem('bad-input', first?.message ?? 'this is no account', {
      field: first?.field === undefined ? path : `${path}: ${first.field}`,
      ...(first?.remedy ? { remedy: first.remedy } : {}),
    })
  }
  for (const note of parsed.value.notes) io.note(note)
  return { name: parsed.value.name, settings: parsed.value.settings }
}

/** A file that the person named. Throws `Problem`: file-missing (exit 66) or io (74). */
export async function readInput(path: string, limitBytes: number): Promise<Buffer> {
  try {
    const bytes = await readFile(path)
    if (bytes.length > limitBytes)
      throw new Problem('bad-input', `the file has more than ${limitBytes} bytes`, { field: path })
    return bytes
  } catch (error) {
    if (error instanceof Problem) throw error
    const code = (error as NodeJS.ErrnoException).code // node:fs rejects with ErrnoException
    if (code === 'ENOENT') throw new Problem('file-missing', 'there is no such file', { field: path })
    throw new Problem('io', `cannot be read: ${code ?? 'unknown error'}`, {
      field: path,
      remedy: 'check its permissions',
    })
  }
}
