import { z } from 'zod'

/** One line that went over the wire, or a note about the connection. Masked and escaped when it was recorded. */
export const TranscriptLine = z.object({
  /** Milliseconds since the run began. */
  atMs: z.number(),
  /** Which connection of the run, from 0. */
  connection: z.int(),
  from: z.enum(['client', 'server', 'note']),
  /** Whether TLS was active when it went over. */
  encrypted: z.boolean(),
  text: z.string(),
  /** Whether a part of the line was replaced by `***` when it was recorded. */
  masked: z.boolean(),
})
export type TranscriptLine = z.infer<typeof TranscriptLine>

/** The marks that swaks readers know: ` ->` sent, `<- ` received, `<**` a refusal, `~>` and `<~` once TLS is on, `===` a note. */
export function markOf(line: Pick<TranscriptLine, 'from' | 'encrypted' | 'text'>): string {
  switch (line.from) {
    case 'note':
      return '==='
    case 'client':
      return line.encrypted ? ' ~>' : ' ->'
    case 'server':
      if (isRefusal(line)) return line.encrypted ? '<~*' : '<**'
      return line.encrypted ? '<~ ' : '<- '
  }
}

/** A line of a reply that says no, for now or for good (RFC 5321 section 4.2.1). */
export function isRefusal({ from, text }: Pick<TranscriptLine, 'from' | 'text'>): boolean {
  return from === 'server' && /^[45]\d\d/.test(text)
}

/** When a line went over, as ISO 8601 in UTC. @param startedAt of the run */
export function instantOf({ atMs }: Pick<TranscriptLine, 'atMs'>, startedAt: string): string | null {
  const began = Date.parse(startedAt)
  return Number.isNaN(began) ? null : new Date(began + atMs).toISOString()
}

export function printTranscript(lines: readonly TranscriptLine[]): string {
  return lines.map(line => `${markOf(line)} ${line.text}`).join('\n')
}
