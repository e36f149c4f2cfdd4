import type { ReactNode } from 'react'
import type { KnownParts } from '#shared/domain/judge-known.ts'
import type { DomainPartKind } from '#shared/domain/part.ts'
import styles from './domain.module.css'
import { PART_NAMES, verdictOfPart } from './part-verdict.ts'
import { StateMark } from './state-mark.tsx'

type PartCardProps = {
  readonly kind: DomainPartKind
  /** What it is for, in a clause. */
  readonly purpose: string
  readonly parts: KnownParts
  /** The look has ended without this part. */
  readonly over: boolean
  readonly children?: ReactNode
}

export const cardId = (kind: DomainPartKind): string => `domain-${kind}`

/** One thing that is published: what it is, how it stands, and what exactly there is. */
export function PartCard({ kind, purpose, parts, over, children }: PartCardProps) {
  const known = parts[kind] !== undefined
  const verdict = verdictOfPart(kind, parts)
  return (
    <section id={cardId(kind)} className={styles.card} aria-label={PART_NAMES[kind]} aria-busy={!known && !over}>
      <header className={styles.cardHead}>
        <h3 className={styles.cardTitle}>{PART_NAMES[kind]}</h3>
        <span className={styles.purpose}>{purpose}</span>
        {!known && over ? <StateMark tone="idle" word="Not looked at" /> : <StateMark {...verdict} />}
      </header>
      {known && children}
    </section>
  )
}

/** A record as it is published, wrapped however long it is. */
export function RecordLine({
  name,
  type,
  value,
}: {
  readonly name: string
  readonly type: string
  readonly value: string
}) {
  return (
    <p className={styles.record}>
      <span className={styles.recordName}>
        {name} {type}
      </span>{' '}
      <code>{value}</code>
    </p>
  )
}
