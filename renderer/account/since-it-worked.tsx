import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Report, verdictOf } from '#shared/report/report.ts'
import { api } from '../api/client.ts'
import { Ago } from '../shell/ago.tsx'
import { Section } from '../shell/page.tsx'
import { ChangeRows } from './change-rows.tsx'
import { seenDifferencesOf } from './differences.ts'
import styles from './history-tab.module.css'
import { connectionPart, lastWorkedBefore } from './last-worked.ts'
import { RunTranscripts } from './run-transcripts.tsx'

type SinceItWorkedProps = {
  readonly accountId: string
  readonly report: Report
  /** The run went as far as encryption, without signing in. */
  readonly connectionOnly?: boolean
}

/** Beside a failed run of an account that has worked before: what is different now. */
export function SinceItWorked({ accountId, report, connectionOnly = false }: SinceItWorkedProps) {
  const failed = verdictOf(report) === 'fails'
  const history = useQuery({ ...api.runs.history.queryOptions({ input: { accountId } }), enabled: failed })
  const worked = failed && history.data ? lastWorkedBefore(history.data, report) : null
  const earlier = useQuery({
    ...api.runs.report.queryOptions({ input: { runId: worked?.id ?? '' }, staleTime: Infinity }),
    enabled: worked !== null,
  })
  // Without an earlier run to compare with there is nothing to say, and nothing that a person could do about it.
  if (worked === null || !earlier.data) return null
  const before = connectionOnly ? connectionPart(earlier.data, report) : earlier.data
  const after = connectionOnly ? connectionPart(report, report) : report
  return (
    <Section
      title="What changed since it last worked"
      note={
        <>
          It worked <Ago at={worked.startedAt} />.
        </>
      }
    >
      <ChangeRows rows={seenDifferencesOf(before, after)} before={before} after={after} then="When it worked" />
      <LineByLine before={before} after={after} />
    </Section>
  )
}

function LineByLine({ before, after }: { readonly before: Report; readonly after: Report }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.lines} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Line by line</summary>
      {open && <RunTranscripts before={before} after={after} />}
    </details>
  )
}
