import { copyFileSync, constants, existsSync, readdirSync, renameSync, unlinkSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { ioProblem } from '#service/io-problem.ts'

/** A store file that could not be read, and where it lies now. */
export type KeptAside = { readonly message: string; readonly keptAs: string }

const MARK = '.broken-'

/**
 * Moves a file that cannot be read out of the way, never over another one: `accounts.json` becomes
 * `accounts.broken-20261121T094400Z.json` beside it. `copy` leaves the original where it is.
 *
 * @throws Problem `io` where the folder does not allow it
 */
export function keepAside(path: string, at: Date, how: 'move' | 'copy' = 'move'): string {
  const extension = extname(path)
  const stem = path.slice(0, path.length - extension.length)
  const stamp = compactStamp(at)
  for (let number = 1; ; number += 1) {
    const target = `${stem}${MARK}${stamp}${number === 1 ? '' : `-${number}`}${extension}`
    if (existsSync(target)) continue
    try {
      if (how === 'move') renameSync(path, target)
      else copyFileSync(path, target, constants.COPYFILE_EXCL)
      return target
    } catch (error) {
      // A copy that ran out of disk must not be taken for the whole file later.
      if (how === 'copy' && existsSync(target)) unlinkSync(target)
      throw ioProblem(error, 'write', target)
    }
  }
}

/** The newest file that `keepAside` has put beside this one, by any process, as long as it lies there. */
export function lastKeptAside(path: string): string | null {
  const stem = basename(path, extname(path)) + MARK
  const names = existsSync(dirname(path)) ? readdirSync(dirname(path)) : []
  const newest = names
    .filter(name => name.startsWith(stem))
    .sort()
    .at(-1)
  return newest === undefined ? null : join(dirname(path), newest)
}

/** `20261121T094400Z`: sorts by time and may stand in a file name everywhere. */
export function compactStamp(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
}
