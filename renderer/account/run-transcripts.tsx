import type { Report } from '#shared/report/report.ts'
import { printInstant } from '../shell/time.ts'
import { TranscriptComparison } from '../transcript/transcript-comparison.tsx'

type RunTranscriptsProps = { readonly before: Report; readonly after: Report }

/** What was said in two runs, beside each other. */
export function RunTranscripts({ before, after }: RunTranscriptsProps) {
  const side = ({ startedAt, transcript }: Report) => ({ title: printInstant(startedAt), lines: transcript })
  return <TranscriptComparison left={side(before)} right={side(after)} name={after.account.name} />
}
