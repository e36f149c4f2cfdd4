import { expect, test } from 'vitest'
import { findHits, prepare } from '#shared/explain/match.ts'
import { normalise } from '#shared/explain/normalise.ts'
import { SURE, type Table } from '#shared/explain/row.ts'

const TABLE: Table = {
  sources: [],
  rows: [
    ['greylisted', SURE, 'greylist | try again … seconds'],
    ['recipient-unknown', SURE, 'recipient address rejected'],
    ['sender-domain-not-found', SURE, 'sender address rejected: domain not found'],
    ['recipient-domain-not-found', SURE, 'domain not found'],
    ['connect-refused', SURE, '111'],
    ['policy-ptr-missing', SURE, 'ip .. has no name | no … ptr'],
  ],
}

function classesIn(text: string) {
  return findHits(normalise(text).text, prepare([TABLE])).map(hit => hit.means)
}

test('a fragment is found whatever the case, the blanks and the line ends are', () => {
  expect(classesIn('RECIPIENT  address\r\n\trejected')).toEqual(['recipient-unknown'])
})

test('a gap stands for some characters, and for no more than a sentence', () => {
  expect(classesIn('please try again in 60 seconds')).toEqual(['greylisted'])
  expect(classesIn(`try again ${'x'.repeat(500)} seconds`)).toEqual([])
})

test('of two wordings that overlap the longer one counts', () => {
  expect(classesIn('Sender address rejected: Domain not found')).toEqual(['sender-domain-not-found'])
})

test('a fragment begins a word, and a number is a whole one', () => {
  expect(classesIn('postgreylist')).toEqual([])
  expect(classesIn('greylisting')).toEqual(['greylisted'])
  expect(classesIn('queue 41114')).toEqual([])
  expect(classesIn('errno (111)')).toEqual(['connect-refused'])
})

test('a wording may begin with two letters, and its short parts begin words', () => {
  expect(classesIn('your IP 192.0.2.1 has no name')).toEqual(['policy-ptr-missing'])
  expect(classesIn('there is no PTR for it')).toEqual(['policy-ptr-missing'])
  expect(classesIn('there is no smtptransport')).toEqual([])
})

test('the lines of one reply are read as one sentence', () => {
  expect(classesIn('550-5.1.1 recipient address\n550 5.1.1 rejected')).toEqual(['recipient-unknown'])
})

test('every character of the normalised text knows where it came from', () => {
  const original = 'A\r\n  “B”'
  const { text, origin } = normalise(original)
  expect(text).toBe('a "b" ')
  expect(Array.from(text, (_, index) => original[origin[index] ?? -1])).toEqual(['A', '\r', '“', 'B', '”', undefined])
})
