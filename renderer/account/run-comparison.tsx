import type { Report } from '#shared/report/report.ts'
import { Section } from '../shell/page.tsx'
import { ChangeRows } from './change-rows.tsx'
import { differencesOf } from './differences.ts'
import styles from './history-tab.module.css'
import { RunTranscripts } from './run-transcripts.tsx'

type RunComparisonProps = { readonly before: Report; readonly after: Report }

/** What changed between two runs: settings, stations, findings, and what was said. */
export function RunComparison({ before, after }: RunComparisonProps) {
  const differences = differencesOf(before, after)
  return (
    <>
      <Section title="What changed">
        {differences.length === 0 ? (
          <p className={styles.hint}>Nothing but the time that the stations took.</p>
        ) : (
          <ChangeRows rows={differences} before={before} after={after} />
        )}
      </Section>
      <Section title="Line by line">
        <RunTranscripts before={before} after={after} />
      </Section>
    </>
  )
}
