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

/** Worst first; among equals in the order in which the stations found them. What follows from another is folded under it. */
export function FindingList({ findings, ...rest }: FindingListProps) {
  const sorted = findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
  const ids = new Set(sorted.map(({ id }) => id))
  const roots = sorted.filter(({ id, explainedBy }) => !explainedBy || explainedBy === id || !ids.has(explainedBy))
  return (
    <ul className={styles.list} aria-label="Findings">
      {roots.map((finding, index) => (
        <li key={`${finding.id} ${index}`}>
          <FindingCard finding={finding} {...rest} />
          <Followers of={finding} among={sorted} {...rest} />
        </li>
      ))}
    </ul>
  )
}

type FollowersProps = Omit<FindingListProps, 'findings'> & { readonly of: Finding; readonly among: readonly Finding[] }

function Followers({ of, among, ...rest }: FollowersProps) {
  const followers = among.filter(each => each !== of && each.explainedBy === of.id)
  if (followers.length === 0) return null
  return (
    <details className={styles.followers}>
      <summary>
        {followers.length === 1 ? 'One finding follows' : `${followers.length} findings follow`} from it
      </summary>
      <ul className={styles.list} aria-label={`What follows from: ${of.title}`}>
        {followers.map((finding, index) => (
          <li key={`${finding.id} ${index}`}>
            <FindingCard finding={finding} {...rest} />
          </li>
        ))}
      </ul>
    </details>
  )
}
