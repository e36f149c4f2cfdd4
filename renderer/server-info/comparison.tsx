import { IconArrowsDiff } from '@tabler/icons-react'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { ServerInfo } from '#shared/contract/server-info.ts'
import { Section } from '../shell/page.tsx'
import { printInstant } from '../shell/time.ts'
import { TranscriptComparison } from '../transcript/transcript-comparison.tsx'
import { differencesOf } from './differences.ts'
import styles from './server-info.module.css'

type Side = { readonly info: ServerInfo; readonly at: string | null; readonly lines: readonly TranscriptLine[] }
type ComparisonProps = { readonly left: Side; readonly right: Side }

/** Two servers, or one now and then. */
export function Comparison({ left, right }: ComparisonProps) {
  const rows = differencesOf(left.info, right.info)
  const count = rows.filter(row => !row.same).length
  return (
    <>
      <Section
        title="Side by side"
        note={count === 0 ? 'Nothing differs but the times.' : `${count} of ${rows.length} facts differ.`}
      >
        <div className={styles.scroll} role="region" aria-label="Side by side" tabIndex={0}>
          <table className={`${styles.table} ${styles.compared}`}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="mw-unseen">What</span>
                </th>
                <Head side={left} />
                <Head side={right} />
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.what} data-changed={!row.same || undefined}>
                  <th scope="row">
                    {row.what}
                    {!row.same && (
                      <span className={styles.differs}>
                        <IconArrowsDiff size={14} aria-hidden /> differs
                      </span>
                    )}
                  </th>
                  <td className={styles.value}>{row.left}</td>
                  <td className={styles.value}>{row.right}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      {left.lines.length > 0 && right.lines.length > 0 && (
        <Section title="Line by line">
          <TranscriptComparison
            left={{ title: titleOf(left), lines: left.lines }}
            right={{ title: titleOf(right), lines: right.lines }}
            name={`${left.info.host}-${right.info.host}`}
          />
        </Section>
      )}
    </>
  )
}

function titleOf({ info, at }: Side): string {
  return `${info.host}, port ${info.port}${at === null ? '' : `, ${printInstant(at)}`}`
}

function Head({ side: { info, at } }: { readonly side: Side }) {
  return (
    <th scope="col">
      {info.host}, port {info.port}
      {at !== null && <span className={styles.when}>{printInstant(at)}</span>}
    </th>
  )
}
