import { expect, test } from 'vitest'
import { piecesOf } from '../../../renderer/troubleshoot/excerpt.tsx'

test('marked words keep their places, overlapping ones are one', () => {
  const pieces = piecesOf('550 user unknown here', [
    { start: 4, end: 16 },
    { start: 4, end: 8 },
  ])
  expect(pieces.map(({ text, marked }) => [text, marked])).toEqual([
    ['550 ', false],
    ['user unknown', true],
    [' here', false],
  ])
})

test('a long text is cut around its first marked word', () => {
  const text = `${'a'.repeat(100_000)}550${'b'.repeat(100_000)}`
  const pieces = piecesOf(text, [{ start: 100_000, end: 100_003 }])
  expect(pieces.find(({ marked }) => marked)?.text).toBe('550')
  expect(pieces.reduce((sum, each) => sum + each.text.length, 0)).toBeLessThanOrEqual(20_000)
})
