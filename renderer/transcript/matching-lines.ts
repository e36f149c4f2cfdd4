import { isRefusal, type TranscriptLine } from '#shared/diagnosis/transcript.ts'

export type LineKind = 'all' | 'client' | 'server' | 'refusals'

/** The indexes of the lines that hold the query and are of the kind. */
export function matchingLines(lines: readonly TranscriptLine[], query: string, kind: LineKind): readonly number[] {
  const wanted = query.trim().toLowerCase()
  return lines.flatMap((line, index) =>
    ofKind(line, kind) && (wanted === '' || line.text.toLowerCase().includes(wanted)) ? [index] : [],
  )
}

function ofKind(line: TranscriptLine, kind: LineKind): boolean {
  switch (kind) {
    case 'all':
      return true
    case 'refusals':
      return isRefusal(line)
    case 'client':
    case 'server':
      return line.from === kind
  }
}
