import type { ComparedLine } from '#shared/diagnosis/compare-transcripts.ts'

/** A line to show, or how many lines are alike and left out. */
export type ComparisonRow =
  { readonly kind: 'line'; readonly line: ComparedLine } | { readonly kind: 'fold'; readonly count: number }

/** As much as is needed to see where in the session a difference stands. */
const CONTEXT = 2

/** Only what differs, with what stands around it. */
export function foldSame(lines: readonly ComparedLine[]): readonly ComparisonRow[] {
  const rows: ComparisonRow[] = []
  let folded = 0
  const unfold = () => {
    if (folded > 0) rows.push({ kind: 'fold', count: folded })
    folded = 0
  }
  const near = nearDifference(lines)
  for (const [at, line] of lines.entries()) {
    if (near.has(at)) {
      unfold()
      rows.push({ kind: 'line', line })
    } else folded += 1
  }
  unfold()
  return rows
}

function nearDifference(lines: readonly ComparedLine[]): ReadonlySet<number> {
  const near = new Set<number>()
  for (const [at, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    for (let other = at - CONTEXT; other <= at + CONTEXT; other += 1) near.add(other)
  }
  return near
}
