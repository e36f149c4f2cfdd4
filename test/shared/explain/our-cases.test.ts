import { expect, test } from 'vitest'
import { FailureClass } from '#shared/finding/classes.ts'
import { accuracy, classOfText, classWithContext, OUR_CASES, readCases } from '../../support/labelled-cases.ts'

const cases = readCases(OUR_CASES) ?? []

test('every class but "unknown" has a case', () => {
  const covered = new Set(cases.map(each => each.class))
  expect(FailureClass.options.filter(means => means !== 'unknown' && !covered.has(means))).toEqual([])
})

test('our own wordings are right first for at least 95 of 100 when the circumstances are known', () => {
  expect(accuracy(cases, classWithContext)).toBeGreaterThanOrEqual(0.95)
})

test('our own wordings are right first for at least 92 of 100 from the text alone', () => {
  expect(accuracy(cases, classOfText)).toBeGreaterThanOrEqual(0.92)
})
