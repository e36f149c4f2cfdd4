import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react'
import styles from './domain.module.css'
import own from './spf.module.css'
import type { SpfRow } from './spf-rows.ts'

/** The policy as a tree: what each term costs, what it leads to, and which one decided. */
export function SpfTree({ rows, label }: { readonly rows: readonly SpfRow[]; readonly label: string }) {
  return (
    <ul className={own.tree} aria-label={label}>
      {rows.map(row => (
        <li key={row.key}>
          {row.children.length > 0 ? (
            <details open={row.matched === true || row.fault !== null || row.children.some(needsEyes)}>
              <summary className={own.term} data-matched={row.matched === true || undefined}>
                <Term row={row} />
              </summary>
              {row.record !== null && <code className={own.included}>{row.record}</code>}
              <SpfTree rows={row.children} label={`What ${row.term} leads to`} />
            </details>
          ) : (
            <div className={own.term} data-matched={row.matched === true || undefined} data-leaf>
              <Term row={row} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function needsEyes(row: SpfRow): boolean {
  return row.matched === true || row.fault !== null || row.void || row.children.some(needsEyes)
}

function Term({ row }: { readonly row: SpfRow }) {
  return (
    <>
      <code className={own.termText}>{row.term}</code>
      {row.lookups > 0 && <span className={own.cost}>{row.lookups === 1 ? '1 lookup' : `${row.lookups} lookups`}</span>}
      {row.void && <span className={styles.termFault}>finds nothing</span>}
      {row.fault !== null && <span className={styles.termFault}>{row.fault}</span>}
      {row.fault === null && <Match row={row} />}
    </>
  )
}

function Match({ row }: { readonly row: SpfRow }) {
  if (row.detail === null) return null
  const Icon = row.matched === true ? IconCheck : row.matched === false ? IconX : IconArrowBackUp
  const word = row.matched === true ? 'Matched' : row.matched === false ? 'No match' : 'Not reached'
  return (
    <span className={own.match} data-matched={row.matched ?? 'skipped'}>
      <Icon size={14} aria-hidden /> {word}
      {row.children.length === 0 && row.matched !== null && `: ${row.detail}`}
    </span>
  )
}
