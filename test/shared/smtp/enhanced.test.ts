import { expect, test } from 'vitest'
import { meaningOf } from '#shared/smtp/enhanced.ts'

test.each([
  ['5.7.8', 'permanent', 'security or policy', /user name or password/],
  ['4.2.2', 'temporary', 'mailbox', /full/],
  ['2.1.5', 'success', 'address', /valid/],
  ['5.7.26', 'permanent', 'security or policy', /several/],
])('%s', (code, finality, subject, detail) => {
  expect(meaningOf(code)).toEqual({ finality, subject, detail: expect.stringMatching(detail) })
})

test('a code that a server made up has a class and a subject, and no detail', () => {
  expect(meaningOf('5.7.139')).toEqual({ finality: 'permanent', subject: 'security or policy', detail: null })
  expect(meaningOf('5.99.1')).toEqual({ finality: 'permanent', subject: 'other', detail: null })
})

test.each(['', '5.7', '3.1.1', '5.7.8 x', '5.7.8888'])('%j is no such code', text => {
  expect(meaningOf(text)).toBeNull()
})
