import { printDuration } from '../shell/time.ts'
import type { Bar } from './waterfall.ts'
import styles from './waterfall-chart.module.css'

type WaterfallChartProps = { readonly bars: readonly Bar[] }

/** Bars on one time line; a table for those who cannot see them. */
export function WaterfallChart({ bars }: WaterfallChartProps) {
  const totalMs = Math.max(1, ...bars.map(bar => bar.startMs + bar.durationMs))
  return (
    <table className={styles.chart}>
      <caption className="mw-unseen">Where the time went</caption>
      <thead className="mw-unseen">
        <tr>
          <th scope="col">Part</th>
          <th scope="col">When</th>
          <th scope="col">How long</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(bar => (
          <tr key={`${bar.label} ${bar.startMs}`}>
            <th scope="row" className={styles.label}>
              {bar.label}
            </th>
            <td className={styles.lane}>
              <span className="mw-unseen">from {printDuration(bar.startMs)}</span>
              <span
                className={styles.bar}
                data-tone={bar.tone}
                style={{
                  left: `${(bar.startMs / totalMs) * 100}%`,
                  width: `max(2px, ${(bar.durationMs / totalMs) * 100}%)`,
                }}
                aria-hidden
              />
            </td>
            <td className={styles.time}>{printDuration(bar.durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
