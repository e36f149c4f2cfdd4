import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { CONFIG_FILE_MAX_BYTES, type ConfigFileFacts } from '#shared/contract/config-files.ts'
import { Problem } from '#shared/problem.ts'
import { codeOf } from '#service/io-problem.ts'

export type ReadConfigFile = { readonly bytes: Uint8Array; readonly facts: ConfigFileFacts }

/**
 * Reads a regular file of at most 16 MiB with what msmtp would learn of it from the system.
 *
 * @throws Problem `file-missing`, `io` or, for a folder, a device or too long a file, `bad-input`; its field is the path
 */
export async function readConfigFile(path: string): Promise<ReadConfigFile> {
  let file: FileHandle | null = null
  try {
    // A FIFO in the place of the file would otherwise keep the caller waiting for a writer.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = await file.stat()
    if (!stats.isFile()) throw new Problem('bad-input', 'it is not a file', { field: path })
    if (stats.size > CONFIG_FILE_MAX_BYTES) throw tooLong(path)
    return { bytes: await readUpTo(file, path), facts: factsOf(stats) }
  } catch (error) {
    throw error instanceof Problem ? error : fileProblem(error, path)
  } finally {
    await file?.close()
  }
}

export function factsOf(stats: { readonly mode: number; readonly uid: number }): ConfigFileFacts {
  const user = process.geteuid?.() ?? null
  return user === null ? null : { mode: stats.mode & 0o7777, ownedByUser: stats.uid === user, userIsRoot: user === 0 }
}

/** The size that `stat` tells can grow meanwhile. */
async function readUpTo(file: FileHandle, path: string): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let length = 0
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, null)
    if (bytesRead === 0) return Buffer.concat(parts)
    length += bytesRead
    if (length > CONFIG_FILE_MAX_BYTES) throw tooLong(path)
    parts.push(buffer.subarray(0, bytesRead))
  }
}

function tooLong(path: string): Problem {
  return new Problem('bad-input', `it holds more than ${CONFIG_FILE_MAX_BYTES} bytes`, { field: path })
}

function fileProblem(error: unknown, path: string): Problem {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Problem('file-missing', 'there is no such file', { field: path, remedy: 'check the path' })
  }
  const reason = code === 'EACCES' ? 'you may not read it' : `it cannot be read (${code})`
  return new Problem('io', reason, { field: path })
}
