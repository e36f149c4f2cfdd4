import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { practiceFaults } from '#service/practice/faults.ts'

test('every fault is provoked by a test beside this one', async () => {
  const files = (await readdir(import.meta.dirname)).filter(name => name.endsWith('.test.ts'))
  const sources = await Promise.all(files.map(name => readFile(join(import.meta.dirname, name), 'utf8')))
  const names: readonly string[] = sources.join('\n').match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? []
  expect(
    practiceFaults()
      .map(fault => fault.id)
      .filter(id => !names.includes(id)),
  ).toEqual([])
})

test('ids are kebab-case and used once, and every fault says what a person will see', () => {
  const faults = practiceFaults()
  expect(new Set(faults.map(fault => fault.id)).size).toBe(faults.length)
  for (const fault of faults) {
    expect(fault.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(fault.description).toMatch(/\.$/)
    expect(fault.effects).not.toEqual([])
  }
})
