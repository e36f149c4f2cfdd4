import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const ROOT = join(import.meta.dirname, '..', '..')

/** Builds the program as `npm start` does: only where a source is newer than the build. */
export async function buildProgram(): Promise<void> {
  const script = "import('./scripts/setup.mjs').then(setup => setup.buildIfNeeded())"
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT })
}
