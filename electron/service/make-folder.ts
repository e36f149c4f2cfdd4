import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from '#service/io-problem.ts'

/**
 * Makes a folder that only its owner may enter (mode 0700), with the folders above it that are missing. One at a time:
 * Node's own recursive way never comes back where a file system takes no folders, as below `/proc`.
 *
 * @throws the system's error
 */
export function makeFolder(path: string): void {
  const missing: string[] = []
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) {
    missing.push(folder)
    if (dirname(folder) === folder) break
  }
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      // Another process was faster.
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}
