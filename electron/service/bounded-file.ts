import { constants, open } from 'node:fs/promises'
import { Problem } from '#shared/problem.ts'

/** Far above any file of certificates in use. */
const MAX_BYTES = 4 * 1024 * 1024

/**
 * Reads a small regular file. A device or a pipe that a setting names would never end, or never begin.
 *
 * @throws the system's error, or a Problem `bad-input`
 */
export async function readBoundedFile(path: string): Promise<Buffer> {
  // Without O_NONBLOCK opening a pipe that nobody writes to waits for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat()
    if (stats.isDirectory()) throw Object.assign(new Error(`EISDIR: ${path} is a folder`), { code: 'EISDIR' })
    if (!stats.isFile()) throw new Problem('bad-input', `${path} is not a regular file`)
    if (stats.size > MAX_BYTES) throw new Problem('bad-input', `${path} is longer than ${MAX_BYTES} octets`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
