import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { FindingCard } from './finding-card.tsx'
import styles from './findings.module.css'

/** What a fix may do from here; a page that cannot do one of them leaves it out. */
export type FixActions = {
  readonly apply: (change: AccountChange) => void
  readonly setSecret: (value: string) => void
  readonly testAgain: () => void
}

type FindingListProps = {
  readonly findings: readonly Finding[]
  readonly settings: AccountSettings
  readonly lines: readonly TranscriptLine[]
  readonly busy: boolean
  readonly actions: FixActions | null
  readonly onShowLine: ((index: number) => void) | null
}

const RANK = { error: 0, warning: 1, info: 2 } as const

/** Worst first; among equals in the order in which the stations found them. */
export function FindingList({ findings, ...rest }: FindingListProps) {
  const sorted = findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
  return (
    <ul className={styles.list} aria-label="Findings">
      {sorted.map((finding, index) => (
        <li key={`${finding.id} ${index}`}>
          <FindingCard finding={finding} {...rest} />
        </li>
      ))}
    </ul>
  )
}
