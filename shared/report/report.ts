import { z } from 'zod'
import { Account } from '#shared/account/account.ts'
import { Step } from '#shared/diagnosis/step.ts'
import { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { Finding } from '#shared/finding/finding.ts'

/** A finished (or stopped) run, whole: what `diagnose --json` prints, what history keeps, what a report file holds. No secrets by construction. */
export const Report = z.object({
  /** Of this format. */
  version: z.literal(1),
  id: z.string(),
  startedAt: z.string(),
  totalMs: z.number(),
  /** `test` signs in and sends no message; `send` sends one. */
  purpose: z.enum(['test', 'send']),
  sendTo: z.string().nullable(),
  program: z.object({ name: z.string(), version: z.string(), platform: z.string() }),
  account: Account,
  steps: z.array(Step),
  findings: z.array(Finding),
  /** Changes of settings that were tried before this run, and whether each took its finding away. */
  tried: z.array(z.object({ label: z.string(), helped: z.boolean() })).optional(),
  transcript: z.array(TranscriptLine),
})
export type Report = z.infer<typeof Report>

/** How a run went, in one word, for lists. */
export const Verdict = z.enum(['works', 'fails', 'stopped'])
export type Verdict = z.infer<typeof Verdict>

export function verdictOf(report: Pick<Report, 'steps'>): Verdict {
  if (report.steps.some(step => step.state === 'failed')) return 'fails'
  return report.steps.some(step => step.state === 'cancelled') ? 'stopped' : 'works'
}
