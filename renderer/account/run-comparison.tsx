import type { Report } from '#shared/report/report.ts'
import { Section } from '../shell/page.tsx'
import { printInstant } from '../shell/time.ts'
import { differencesOf } from './differences.ts'
import styles from './history-tab.module.css'

type RunComparisonProps = { readonly before: Report; readonly after: Report }

/** What changed between two runs: settings, stations, findings. */
export function RunComparison({ before, after }: RunComparisonProps) {
  const differences = differencesOf(before, after)
  return (
    <Section title="What changed">
      {differences.length === 0 ? (
        <p className={styles.hint}>Nothing but the time that the stations took.</p>
      ) : (
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">{printInstant(before.startedAt)}</th>
              <th scope="col">{printInstant(after.startedAt)}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(row => (
              <tr key={row.what}>
                <th scope="row">{row.what}</th>
                <td>{row.before}</td>
                <td>{row.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
