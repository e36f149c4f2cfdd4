import { Button } from '@mantine/core'
import type { OpenedReport as Opened } from '#shared/report/open-report.ts'
import { RunComparison } from '../account/run-comparison.tsx'
import { stateOfReport } from '../run/run-state.ts'
import { RunView } from '../run/run-view.tsx'
import { TranscriptDialog } from '../transcript/transcript-dialog.tsx'
import type { Report } from '#shared/report/report.ts'
import { useState } from 'react'
import { ReportSection } from './report-section.tsx'
import styles from './troubleshoot.module.css'

type OpenedReportProps = {
  readonly name: string
  readonly opened: Opened
  /** A run of this machine, to stand beside it. */
  readonly here: Report | null
  readonly onClose: () => void
}

/** A report that somebody saved, read by today's rules. */
export function OpenedReport({ name, opened, here, onClose }: OpenedReportProps) {
  const [line, setLine] = useState<number | null>(null)
  const [transcriptOpen, setTranscriptOpen] = useState(false)
  const { report, saidThen } = opened
  const run = stateOfReport(report)
  const comparable = here !== null && here.id !== report.id
  return (
    <>
      <div className={styles.bar}>
        <h2 className={styles.question}>{name}</h2>
        <Button size="xs" variant="default" onClick={() => setTranscriptOpen(true)}>
          Transcript
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Close the report
        </Button>
      </div>
      <p className={styles.does}>
        Made by {report.program.name} {report.program.version} on {report.program.platform}, judged again by the rules
        of this version.
        {saidThen.length > 0 && ` Then it said: ${saidThen.join('; ')}.`}
      </p>
      <RunView
        run={run}
        settings={report.account}
        actions={null}
        onStop={() => undefined}
        onShowLine={index => {
          setLine(index)
          setTranscriptOpen(true)
        }}
        empty={null}
        allGood={<p className={styles.does}>Everything worked in this run.</p>}
      />
      {comparable && <RunComparison before={report} after={here} />}
      <ReportSection report={report} />
      {transcriptOpen && (
        <TranscriptDialog
          run={run}
          name={report.account.name}
          shownLine={line}
          onClose={() => setTranscriptOpen(false)}
        />
      )}
    </>
  )
}
