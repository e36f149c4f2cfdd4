import { expect, test } from 'vitest'
import { compareTranscripts } from '#shared/diagnosis/compare-transcripts.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { foldSame } from '../../../renderer/transcript/fold-same.ts'

const session = (...texts: readonly string[]) =>
  texts.map((text): TranscriptLine => ({
    atMs: 0,
    connection: 0,
    from: 'client',
    encrypted: false,
    text,
    masked: false,
  }))

function shown(left: readonly string[], right: readonly string[]) {
  return foldSame(compareTranscripts(session(...left), session(...right))).map(row =>
    row.kind === 'fold' ? row.count : (row.line.right ?? row.line.left)?.text,
  )
}

const LETTERS = 'a b c d e f g h i j'.split(' ')

test('what differs is shown with two lines around it, and the rest is counted', () => {
  expect(shown(LETTERS, LETTERS.with(4, 'E2'))).toEqual([2, 'c', 'd', 'e', 'E2', 'f', 'g', 3])
})

test('what is alike throughout is one line', () => {
  expect(shown(LETTERS, LETTERS)).toEqual([10])
  expect(shown([], [])).toEqual([])
})
