import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { RunSummary } from '#shared/contract/run.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { stateOfReport } from '../run/run-state.ts'
import { RunView } from '../run/run-view.tsx'
import { Loading } from '../shell/loading.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printDuration, printInstant } from '../shell/time.ts'
import { VerdictMark } from '../shell/verdict.tsx'
import styles from './history-tab.module.css'
import { ReportDownload } from './report-download.tsx'
import { RunComparison } from './run-comparison.tsx'

type HistoryTabProps = { readonly view: AccountView }

/** When did it work last, and what changed since. */
export function HistoryTab({ view }: HistoryTabProps) {
  const history = useQuery(api.runs.history.queryOptions({ input: { accountId: view.account.id } }))
  const [opened, setOpened] = useState<string | null>(null)
  const [picked, setPicked] = useState<readonly string[]>([])
  if (history.isPending) return <Loading doing="Reading the history" />
  if (!history.data) return <ProblemNote what="The history could not be read" problem={problemOf(history.error)} />
  if (history.data.length === 0)
    return (
      <p className={styles.none}>Each test and each test email is kept here, so that two of them can be compared.</p>
    )
  const [first, second] = picked
  const toggle = (id: string) =>
    setPicked(picked.includes(id) ? picked.filter(one => one !== id) : [...picked.slice(-1), id])
  return (
    <>
      <p className={styles.hint}>Tick two runs to see what changed between them, or open one.</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="mw-unseen">Compare</span>
            </th>
            <th scope="col">When</th>
            <th scope="col">Result</th>
            <th scope="col">What</th>
            <th scope="col" className={styles.took}>
              Took
            </th>
            <th scope="col">
              <span className="mw-unseen">Open</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {history.data.map(run => (
            <HistoryRow
              key={run.id}
              run={run}
              picked={picked.includes(run.id)}
              opened={opened === run.id}
              onPick={() => toggle(run.id)}
              onOpen={() => setOpened(opened === run.id ? null : run.id)}
            />
          ))}
        </tbody>
      </table>
      {first !== undefined && second !== undefined && <Comparison ids={[first, second]} />}
      {opened !== null && <OpenedRun runId={opened} />}
    </>
  )
}

type HistoryRowProps = {
  readonly run: RunSummary
  readonly picked: boolean
  readonly opened: boolean
  readonly onPick: () => void
  readonly onOpen: () => void
}

function HistoryRow({ run, picked, opened, onPick, onOpen }: HistoryRowProps) {
  const when = printInstant(run.startedAt)
  return (
    <tr data-opened={opened || undefined}>
      <td>
        <Checkbox aria-label={`Compare the run of ${when}`} size="xs" checked={picked} onChange={onPick} />
      </td>
      <td className={styles.when}>
        <time dateTime={run.startedAt}>{when}</time>
      </td>
      <td>
        <VerdictMark verdict={run.verdict} />
      </td>
      <td className={styles.what}>
        {run.purpose === 'send' ? 'Test email' : 'Test'}
        {run.headline !== null && <span className={styles.headline}>{run.headline}</span>}
      </td>
      <td className={styles.took}>{printDuration(run.totalMs)}</td>
      <td>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={opened}
          aria-label={opened ? `Close the run of ${when}` : `Open the run of ${when}`}
          onClick={onOpen}
        >
          {opened ? 'Close' : 'Open'}
        </Button>
      </td>
    </tr>
  )
}

function OpenedRun({ runId }: { readonly runId: string }) {
  const report = useQuery(api.runs.report.queryOptions({ input: { runId }, staleTime: Infinity }))
  if (report.isPending) return <Loading doing="Reading the run" />
  if (report.error) return <ProblemNote what="The run could not be read" problem={problemOf(report.error)} />
  return (
    <Section title={`Run of ${printInstant(report.data.startedAt)}`}>
      <RunView
        run={stateOfReport(report.data)}
        settings={report.data.account}
        actions={null}
        onStop={() => undefined}
        onShowLine={null}
        empty={null}
        allGood={null}
      />
      <ReportDownload report={report.data} />
    </Section>
  )
}

function Comparison({ ids: [a, b] }: { readonly ids: readonly [string, string] }) {
  const first = useQuery(api.runs.report.queryOptions({ input: { runId: a }, staleTime: Infinity }))
  const second = useQuery(api.runs.report.queryOptions({ input: { runId: b }, staleTime: Infinity }))
  const error = first.error ?? second.error
  if (error) return <ProblemNote what="The runs could not be compared" problem={problemOf(error)} />
  if (!first.data || !second.data) return <Loading doing="Reading both runs" />
  const [before, after] =
    first.data.startedAt <= second.data.startedAt ? [first.data, second.data] : [second.data, first.data]
  return <RunComparison before={before} after={after} />
}
