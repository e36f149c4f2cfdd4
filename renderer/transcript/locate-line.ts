import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'

/**
 * The transcript line that an evidence line was taken from: the last that is the same, else the last that holds it or
 * is held by it. Null where the evidence is not from the wire (a DNS answer, the system's word).
 */
export function locateLine(lines: readonly TranscriptLine[], evidence: string): number | null {
  const wanted = bare(evidence.split('\n')[0] ?? '')
  if (wanted === '') return null
  const same = lines.findLastIndex(line => bare(line.text) === wanted)
  if (same !== -1) return same
  const near = lines.findLastIndex(line => {
    const text = bare(line.text)
    return text.length >= SHORTEST && (text.includes(wanted) || wanted.includes(text))
  })
  return near === -1 ? null : near
}

// Shorter lines, such as a lone code, are held by too much to prove anything.
const SHORTEST = 6

function bare(text: string): string {
  return text.replace(/^(\d{3})-/, '$1 ').trim()
}
