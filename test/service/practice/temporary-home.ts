import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

/** A folder of its own for one practice server, removed when the test file is done. */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'mailwright-practice-'))
  made.push(home)
  return home
}

afterAll(async () => {
  await Promise.all(made.splice(0).map(home => rm(home, { recursive: true, force: true })))
})
