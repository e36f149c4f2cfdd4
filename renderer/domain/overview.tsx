import type { DomainPartKind } from '#shared/domain/part.ts'
import styles from './domain.module.css'
import type { LookState } from './look-state.ts'
import { cardId } from './part-card.tsx'
import { PART_NAMES, verdictOfPart } from './part-verdict.ts'
import { StateMark } from './state-mark.tsx'

/** In the order in which a person cares. */
const ORDER: readonly DomainPartKind[] = [
  'spf',
  'dkim',
  'dmarc',
  'ptr',
  'mx',
  'mtaSts',
  'tlsRpt',
  'dane',
  'bimi',
  'caa',
  'blocklists',
  'delegation',
]

/** Everything at a glance; each leads to what stands behind it. */
export function Overview({ look }: { readonly look: LookState }) {
  const shown = ORDER.filter(kind => look.waitsFor.includes(kind))
  const over = look.phase !== 'looking'
  return (
    <ul className={styles.overview} aria-label="At a glance">
      {shown.map(kind => (
        <li key={kind}>
          <button type="button" className={styles.glance} onClick={() => reveal(kind)}>
            <span className={styles.glanceName}>{PART_NAMES[kind]}</span>
            {over && look.parts[kind] === undefined ? (
              <StateMark tone="idle" word="Not looked at" />
            ) : (
              <StateMark {...verdictOfPart(kind, look.parts)} />
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

function reveal(kind: DomainPartKind): void {
  document.getElementById(cardId(kind))?.scrollIntoView({ block: 'start' })
}
