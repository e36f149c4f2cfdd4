import { execFileSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBoundedFile } from '#service/bounded-file.ts'
import { tempFolder } from './support/temp-home.ts'

test('a small file is read whole', async () => {
  const path = join(tempFolder(), 'ca.pem')
  writeFileSync(path, 'text')
  expect((await readBoundedFile(path)).toString()).toBe('text')
})

test('a device that never ends is not read', async () => {
  await expect(readBoundedFile('/dev/zero')).rejects.toMatchObject({ code: 'bad-input' })
})

test('a pipe that nobody writes to does not hold up the program', async () => {
  const path = join(tempFolder(), 'pipe')
  execFileSync('mkfifo', [path])
  await expect(readBoundedFile(path)).rejects.toMatchObject({ code: 'bad-input' })
})

test('a file that is far too long is not read', async () => {
  const path = join(tempFolder(), 'long')
  writeFileSync(path, '')
  truncateSync(path, 64 * 1024 * 1024)
  await expect(readBoundedFile(path)).rejects.toMatchObject({ code: 'bad-input' })
})
