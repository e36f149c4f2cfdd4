import { randomBytes } from 'node:crypto'
import { type FileHandle, lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { followOwnLinks } from '#service/follow-links.ts'
import { codeOf, ioProblem } from '#service/io-problem.ts'
import { makeFolder } from '#service/make-folder.ts'
import { compactStamp } from '#service/store/keep-aside.ts'

/** Longest file that is copied into a backup. A configuration file is a thousandth of it. */
const MAX_BACKUP_BYTES = 64 * 1024 * 1024

export type WrittenFile = {
  /** Where it lies: not what was named where that is a link. */
  readonly path: string
  /** A copy of what was there; null when there was no file. */
  readonly backup: string | null
}

/**
 * Writes a file that only its owner may read (mode 0600): whole or not at all. What was there before is first copied,
 * byte for byte, to `NAME.backup-20261121T094400Z` beside it, also with mode 0600. The person's own links are followed
 * and stay.
 *
 * @throws Problem `io` with the path and the remedy; the old file is then as it was
 */
export async function writePrivateFile(named: string, content: string | Uint8Array, now: Date): Promise<WrittenFile> {
  const path = await followOwnLinks(named)
  const existing = await kindOf(path)
  if (existing === 'folder') throw ioProblem(Object.assign(new Error('folder'), { code: 'EISDIR' }), 'write', path)
  if (existing === 'other') throw ioProblem(new Error('it is not a regular file'), 'write', path)
  try {
    makeFolder(dirname(path))
  } catch (error) {
    throw ioProblem(error, 'write', dirname(path))
  }
  const backup = existing === 'file' ? await backUp(path, now) : null
  await replaceFile(path, content)
  return { path, backup }
}

type Kind = 'none' | 'file' | 'folder' | 'other'

async function kindOf(path: string): Promise<Kind> {
  try {
    const stats = await lstat(path)
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other'
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none'
    throw ioProblem(error, 'write', path)
  }
}

async function backUp(path: string, now: Date): Promise<string> {
  const stem = `${path}.backup-${compactStamp(now)}`
  try {
    const bytes = await readWhole(path)
    for (let number = 1; ; number += 1) {
      const backup = number === 1 ? stem : `${stem}-${number}`
      try {
        await writeNew(backup, bytes)
        return backup
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
    }
  } catch (error) {
    throw ioProblem(error, 'write', stem)
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const { size } = await lstat(path)
  if (size > MAX_BACKUP_BYTES) throw new Error(`the file there is too long for a backup (${size} octets)`)
  return readFile(path)
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeNew(temporary, Buffer.from(content))
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw ioProblem(error, 'write', path)
  }
}

/** Fails with EEXIST rather than touch what is there; leaves nothing behind when it fails. */
async function writeNew(path: string, bytes: Buffer): Promise<void> {
  let file: FileHandle | null = await open(path, 'wx', 0o600)
  try {
    // The umask can only have taken away from 0600 what the owner needs.
    await file.chmod(0o600)
    await file.writeFile(bytes)
    await file.sync()
    await file.close()
    file = null
  } finally {
    if (file !== null) {
      await file.close()
      await rm(path, { force: true })
    }
  }
}

/** A rename outlives a power cut once the folder is on the disk too; Windows cannot open one, and needs not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null)
  try {
    await folder?.sync()
  } catch {
    // Some network file systems know no such thing.
  } finally {
    await folder?.close()
  }
}
