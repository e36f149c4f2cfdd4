import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { FileFacts } from '#shared/msmtprc/check.ts'
import { Problem } from '#shared/problem.ts'
import type { CommandIo } from './command.ts'

/** Real files have a few kilobytes; 10,000 accounts have less than five megabytes. */
const MAX_BYTES = 16 * 1024 * 1024

export type MsmtprcFile = {
  /** As it was named on the command line. */
  readonly name: string
  readonly bytes: Uint8Array
  /** null for standard input, which has no mode to judge. */
  readonly facts: FileFacts | null
}

/**
 * The file that was named, or standard input for `-`.
 * @throws Problem `file-missing`, `io` or, beyond 16 MiB, `bad-input`
 */
export async function readMsmtprc(io: CommandIo): Promise<MsmtprcFile> {
  const name = io.operands[0] ?? '-'
  if (name === '-') return { name, bytes: await io.readStdin(MAX_BYTES), facts: null }
  let file: FileHandle | null = null
  try {
    // A FIFO in the place of the file would otherwise keep the command waiting for a writer.
    file = await open(name, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await file.stat()
    if (!stats.isFile()) throw new Problem('bad-input', 'it is not a file', { field: name })
    if (stats.size > MAX_BYTES) throw tooLong(name)
    const bytes = await readUpTo(file, name)
    const user = process.geteuid?.() ?? null
    const facts =
      user === null ? null : { mode: stats.mode & 0o7777, ownedByUser: stats.uid === user, userIsRoot: user === 0 }
    return { name, bytes, facts }
  } catch (error) {
    throw error instanceof Problem ? error : fileProblem(error, name)
  } finally {
    await file?.close()
  }
}

/** The size that `stat` tells can grow meanwhile. */
async function readUpTo(file: FileHandle, name: string): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let length = 0
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, null)
    if (bytesRead === 0) return Buffer.concat(parts)
    length += bytesRead
    if (length > MAX_BYTES) throw tooLong(name)
    parts.push(buffer.subarray(0, bytesRead))
  }
}

function tooLong(name: string): Problem {
  return new Problem('bad-input', `it holds more than ${MAX_BYTES} bytes`, { field: name })
}

function fileProblem(error: unknown, name: string): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Problem('file-missing', 'there is no such file', {
      field: name,
      remedy: 'name an msmtprc, or - for standard input',
    })
  }
  const reason = code === 'EACCES' ? 'you may not read it' : `it cannot be read (${String(code)})`
  return new Problem('io', reason, { field: name })
}
