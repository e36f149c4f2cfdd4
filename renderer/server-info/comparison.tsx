import { IconArrowsDiff } from '@tabler/icons-react'
import type { ServerInfo } from '#shared/contract/server-info.ts'
import { Section } from '../shell/page.tsx'
import { printInstant } from '../shell/time.ts'
import { differencesOf } from './differences.ts'
import styles from './server-info.module.css'

type ComparisonProps = {
  readonly left: ServerInfo
  readonly leftAt: string | null
  readonly right: ServerInfo
  readonly rightAt: string | null
}

/** Two servers, or one now and then. */
export function Comparison({ left, leftAt, right, rightAt }: ComparisonProps) {
  const rows = differencesOf(left, right)
  const count = rows.filter(row => !row.same).length
  return (
    <Section
      title="Side by side"
      note={count === 0 ? 'Nothing differs but the times.' : `${count} of ${rows.length} facts differ.`}
    >
      <div className={styles.scroll} role="region" aria-label="Side by side" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="mw-unseen">What</span>
              </th>
              <Head info={left} at={leftAt} />
              <Head info={right} at={rightAt} />
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
  )
}

function Head({ info, at }: { readonly info: ServerInfo; readonly at: string | null }) {
  return (
    <th scope="col">
      {info.host}, port {info.port}
      {at !== null && <span className={styles.when}>{printInstant(at)}</span>}
    </th>
  )
}
