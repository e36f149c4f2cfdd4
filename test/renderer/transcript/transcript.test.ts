import { describe, expect, test } from 'vitest'
import { instantOf, type TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { locateLine } from '../../../renderer/transcript/locate-line.ts'
import { matchingLines } from '../../../renderer/transcript/matching-lines.ts'

const line = (from: TranscriptLine['from'], text: string): TranscriptLine => ({
  atMs: 0,
  connection: 0,
  from,
  encrypted: false,
  text,
  masked: false,
})

const LINES = [
  line('note', 'connected to 192.0.2.1 port 587'),
  line('server', '220 mail.example.org ESMTP'),
  line('client', 'AUTH PLAIN ***'),
  line('server', '535-5.7.8 Username and Password not accepted'),
  line('server', '535 5.7.8 see the help pages'),
]

describe('the line that proves a finding', () => {
  test('is found by its text', () => {
    expect(locateLine(LINES, '535 5.7.8 see the help pages')).toBe(4)
  })

  test('is found though a reply of several lines is joined in the evidence', () => {
    expect(locateLine(LINES, '535-5.7.8 Username and Password not accepted\n535 5.7.8 see the help pages')).toBe(3)
    expect(locateLine(LINES, '535 5.7.8 Username and Password not accepted')).toBe(3)
  })

  test('is none for what did not go over the wire', () => {
    expect(locateLine(LINES, 'example.org TXT: no v=spf1 record')).toBeNull()
    expect(locateLine(LINES, '')).toBeNull()
  })
})

describe('the filter', () => {
  test('takes words in any case, and kinds', () => {
    expect(matchingLines(LINES, 'auth', 'all')).toEqual([2])
    expect(matchingLines(LINES, '', 'refusals')).toEqual([3, 4])
    expect(matchingLines(LINES, 'esmtp', 'client')).toEqual([])
    expect(matchingLines(LINES, ' ', 'all')).toHaveLength(5)
  })
})

test('a line is told with the time of the clock where the run’s is known', () => {
  expect(instantOf({ ...line('note', 'x'), atMs: 1500 }, '2026-11-21T12:00:00.000Z')).toBe('2026-11-21T12:00:01.500Z')
  expect(instantOf(line('note', 'x'), 'of no use')).toBeNull()
})
