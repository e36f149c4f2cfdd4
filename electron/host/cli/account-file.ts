import { createReadStream } from 'node:fs'
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

/** A file that the person named, read only as far as the limit. Throws `Problem`: file-missing (exit 66), io (74), bad-input (65). */
export async function readInput(path: string, limitBytes: number): Promise<Buffer> {
  try {
    const parts: Buffer[] = []
    let length = 0
    // One byte more than the limit tells that there is more; a device without an end is not read on.
    for await (const part of createReadStream(path, { end: limitBytes })) {
      // Without an encoding set, a file's stream gives buffers.
      const bytes = part as Buffer
      parts.push(bytes)
      length += bytes.length
    }
    if (length > limitBytes)
      throw new Problem('bad-input', `the file has more than ${limitBytes} bytes`, { field: path })
    return Buffer.concat(parts)
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
