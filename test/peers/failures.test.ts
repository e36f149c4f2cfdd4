import { expect, test } from 'vitest'
import { PROVOKED } from './failures/all-cases.ts'
import { titleOf } from './failures/failure.ts'
import { FAILURES } from './failures/failures.ts'
import { NOT_HERE } from './failures/file-cases.ts'

// The cases themselves are run by the files beside this one, so that they go on at the same time.
test('each of the 48 real failures is brought about, or its reason is told', () => {
  const met = new Set([...PROVOKED, ...NOT_HERE].map(({ number }) => String(number)))
  expect(Object.keys(FAILURES).filter(number => !met.has(number))).toEqual([])
  expect(Object.keys(FAILURES)).toHaveLength(48)
  for (const each of NOT_HERE) console.info(`${titleOf(each)}: not provoked, ${each.because}`)
})
