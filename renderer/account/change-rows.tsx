import type { Report } from '#shared/report/report.ts'
import { printInstant } from '../shell/time.ts'
import type { Difference } from './differences.ts'
import styles from './history-tab.module.css'

type ChangeRowsProps = {
  readonly rows: readonly Difference[]
  readonly before: Report
  readonly after: Report
  /** What the earlier run is, where that is known. */
  readonly then?: string
}

/** What two runs differ in, then and now beside each other. */
export function ChangeRows({ rows, before, after, then }: ChangeRowsProps) {
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">
            {then !== undefined && `${then}, `}
            {printInstant(before.startedAt)}
          </th>
          <th scope="col">
            {then !== undefined && 'This run, '}
            {printInstant(after.startedAt)}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.what}>
            <th scope="row">{row.what}</th>
            <td>{row.before}</td>
            <td>{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
