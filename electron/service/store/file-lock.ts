import { closeSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { Problem } from '#shared/problem.ts'
import { codeOf, ioProblem } from '#service/io-problem.ts'

/** A change takes milliseconds; a lock older than this belongs to a process that died while it held it. */
const STALE_MS = 10_000
/** Longer than a lock can be held by a living process, so that a dead one's is always taken over. */
const WAIT_MS = 12_000
const PAUSE_MS = 5

/**
 * Runs `change` while no other process of this program runs one for the same file. Waits without giving the event
 * loop back: the store's operations are synchronous, and as short as one small file.
 *
 * @throws Problem `io` where the lock cannot be made or is not given back
 */
export function withFileLock<T>(path: string, change: () => T): T {
  const lock = `${path}.lock`
  const endsAt = performance.now() + WAIT_MS
  while (!acquire(lock, path)) {
    if (performance.now() > endsAt) {
      throw new Problem('io', `another process keeps ${path} locked`, { field: path, remedy: `Delete ${lock}` })
    }
    removeStale(lock)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
  }
  try {
    return change()
  } finally {
    tryUnlink(lock)
  }
}

function acquire(lock: string, path: string): boolean {
  try {
    const file = openSync(lock, 'wx', 0o600)
    try {
      writeSync(file, `${process.pid}\n`)
    } catch {
      // The number is for people only; on a full disk the empty file locks as well.
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw ioProblem(error, 'write', path)
  }
}

function removeStale(lock: string): void {
  const held = statSync(lock, { throwIfNoEntry: false })
  if (held && Date.now() - held.mtimeMs > STALE_MS) tryUnlink(lock)
}

function tryUnlink(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Another process took the stale lock away first; or the folder went, and the lock with it.
  }
}
