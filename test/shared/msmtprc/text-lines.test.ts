import { expect, test } from 'vitest'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { textLineOf } from '#shared/msmtprc/text-lines.ts'

const long = (bytes: number) => `#${'x'.repeat(bytes - 1)}`

test.each([
  ['without long lines', 'a\nb\nc\n', [1, 2, 3], [1, 2, 3]],
  ['of 499 bytes', `${long(499)}\nb\n`, [1, 2], [1, 2]],
  ['of 500 bytes', `${long(500)}\nb\n`, [1, 2, 3], [1, 1, 2]],
  ['of 499 two-byte characters', `${'ü'.repeat(499)}\nb\n`, [1, 2, 3], [1, 1, 2]],
  ['of 1,200 bytes, twice', `a\n${long(1200)}\n${long(1200)}\nb`, [1, 2, 4, 5, 7, 8], [1, 2, 2, 3, 3, 4]],
  ['at the end', `a\n${long(1000)}`, [1, 2, 3], [1, 2, 2]],
])('a line %s keeps its place in the text', (_, text, counted, lines) => {
  expect(counted.map(textLineOf(text))).toEqual(lines)
})

test('a complaint behind a line that is too long points at the line that a person sees', () => {
  const text = `account a\n${long(1300)}\nnonsense 1\n`
  const complaint = parseMsmtprc(text).complaints.find(({ code }) => code === 'unknown-command')
  expect(textLineOf(text)(complaint?.line ?? 0)).toBe(2)
  const behind = parseMsmtprc(text).complaints.findLast(({ command }) => command === 'nonsense')
  expect(textLineOf(text)(behind?.line ?? 0)).toBe(3)
})
