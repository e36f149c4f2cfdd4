import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '#service/make-folder.ts'

test('every missing folder is made, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-folder-'))
  makeFolder(join(folder, 'a', 'b'))
  makeFolder(join(folder, 'a', 'b'))
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700)
  rmSync(folder, { recursive: true })
})

test.skipIf(!existsSync('/proc/self'))('a place that takes no folders is an error at once, not an endless try', () => {
  expect(() => makeFolder('/proc/nowhere/below')).toThrow(/ENOENT|EACCES|EPERM/)
})
