import { alignLines, type Part } from '#shared/diagnosis/align-lines.ts'
import { steadyText } from '#shared/diagnosis/steady-text.ts'
import { markOf, type TranscriptLine } from '#shared/diagnosis/transcript.ts'

/** Lines of two sessions that stand side by side. */
export type ComparedLine =
  | { readonly kind: 'same' | 'changed'; readonly left: TranscriptLine; readonly right: TranscriptLine }
  | { readonly kind: 'left'; readonly left: TranscriptLine; readonly right: null }
  | { readonly kind: 'right'; readonly left: null; readonly right: TranscriptLine }

/**
 * Two sessions line by line. Times, ids, connection numbers and whether another line of the reply follows are no
 * difference; whether a line was encrypted is one. Takes n log n of the lines, whatever stands in them.
 */
export function compareTranscripts(
  left: readonly TranscriptLine[],
  right: readonly TranscriptLine[],
): readonly ComparedLine[] {
  return alignLines(left, right, wholeOf).flatMap((part): readonly ComparedLine[] => {
    if (part.kind === 'pair') return [{ kind: 'same', left: part.left, right: part.right }]
    return alignLines(part.left, part.right, openingOf).flatMap(changedOrAlone)
  })
}

export function countDifferences(lines: readonly ComparedLine[]): number {
  return lines.filter(({ kind }) => kind !== 'same').length
}

/** As a diff: what only the left has behind `-`, what only the right has behind `+`. */
export function printComparison(lines: readonly ComparedLine[], leftTitle: string, rightTitle: string): string {
  const print = (mark: string, line: TranscriptLine | null) =>
    line === null ? [] : [`${mark} ${markOf(line)} ${line.text}`]
  const body = lines.flatMap(({ kind, left, right }) =>
    kind === 'same' ? print(' ', left) : [...print('-', left), ...print('+', right)],
  )
  return [`--- ${leftTitle}`, `+++ ${rightTitle}`, ...body].join('\n')
}

function wholeOf({ from, encrypted, text }: TranscriptLine): string {
  return `${from} ${encrypted} ${steadyText(withoutMore(text))}`
}

/** What sort of thing is said: the command; the code of a reply with its first word, such as the keyword of an extension. */
function openingOf({ from, text }: TranscriptLine): string {
  const [, first = '', second = ''] = /^(\S*) *(\S*)/.exec(withoutMore(text)) ?? []
  return from === 'client' ? `client ${first.toUpperCase()}` : `${from} ${first} ${second}`
}

/** RFC 5321 section 4.2.1: the hyphen behind a code says that another line follows. */
function withoutMore(text: string): string {
  return text.replace(/^(\d{3})-/, '$1 ')
}

function changedOrAlone(part: Part<TranscriptLine>): readonly ComparedLine[] {
  if (part.kind === 'pair') return [{ kind: 'changed', left: part.left, right: part.right }]
  const { left, right } = part
  const answers = answersTogether(left, right)
  return [
    ...left.slice(0, answers).flatMap((line, at): readonly ComparedLine[] => {
      const other = right[at]
      return other === undefined ? [] : [{ kind: 'changed', left: line, right: other }]
    }),
    ...left.slice(answers).map(line => ({ kind: 'left', left: line, right: null }) as const),
    ...right.slice(answers).map(line => ({ kind: 'right', left: null, right: line }) as const),
  ]
}

/** How many lines at the front answer what stood before on both sides: `535` here and `235` there. */
function answersTogether(left: readonly TranscriptLine[], right: readonly TranscriptLine[]): number {
  let count = 0
  for (const line of left) {
    const other = right[count]
    if (other?.from !== line.from || line.from === 'client' || isExtension(line) || isExtension(other)) break
    count += 1
  }
  return count
}

/** One extension is not another one changed. */
function isExtension({ text }: TranscriptLine): boolean {
  return /^250[ -](?!OK\b)[A-Z\d][A-Z\d-]*(?:[ =]|$)/.test(text)
}
