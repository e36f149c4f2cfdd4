import { describe, expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'
import { accuracy, classOfText, classWithContext, ESTABLISHED_CASES, readCases } from '../../support/labelled-cases.ts'

const FOUND = readCases(ESTABLISHED_CASES)
const SKIPPED = 'skipped: the optional data file ../shared/data/smtp-errors.jsonl is not there'

describe.skipIf(FOUND === null)(`real cases with an established cause (${FOUND ? 'file found' : SKIPPED})`, () => {
  const cases = FOUND ?? []

  test('are right first for at least 93 of 100 when the circumstances are known', () => {
    expect(accuracy(cases, classWithContext)).toBeGreaterThanOrEqual(0.93)
  })

  test('are right first for at least 88 of 100 from the text alone', () => {
    expect(accuracy(cases, classOfText)).toBeGreaterThanOrEqual(0.88)
  })

  test('take less than 50 milliseconds each', () => {
    const once = (text: string) => {
      const startedAt = performance.now()
      explain({ text })
      return performance.now() - startedAt
    }
    // The best of three: a machine that is busy with other tests is slow now and then.
    const times = cases.map(({ text }) => Math.min(once(text), once(text), once(text)))
    expect(Math.max(...times)).toBeLessThan(50)
  })
})
