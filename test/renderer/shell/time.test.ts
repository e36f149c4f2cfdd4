import { describe, expect, test } from 'vitest'
import { daysUntil, printAgo, printDuration, printSize } from '../../../renderer/shell/time.ts'

describe('times and sizes for people', () => {
  test.each([
    [0.2, '<1 ms'],
    [12.4, '12 ms'],
    [1_240, '1.2 s'],
    [65_000, '1:05 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(printDuration(ms)).toBe(text)
  })

  test.each([
    ['2026-11-21T11:59:50Z', 'just now'],
    ['2026-11-21T11:30:00Z', '30 minutes ago'],
    ['2026-11-21T07:00:00Z', '5 hours ago'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
  ])('%s is %s', (at, text) => {
    expect(printAgo(at, Date.parse('2026-11-21T12:00:00Z'))).toBe(text)
  })

  test('a certificate that ended this morning has no days left, not zero', () => {
    expect(daysUntil('2026-11-21T08:00:00Z', Date.parse('2026-11-21T12:00:00Z'))).toBe(-1)
  })

  test('sizes are given in powers of ten', () => {
    expect([printSize(999), printSize(1_200), printSize(10_485_760)]).toEqual(['999 bytes', '1.2 kB', '10.5 MB'])
  })
})
