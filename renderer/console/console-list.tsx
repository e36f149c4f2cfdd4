import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { ConsoleLine } from '#shared/contract/console.ts'
import { markOf } from '#shared/diagnosis/transcript.ts'
import { printDuration } from '../shell/time.ts'
import { type Explanation, explanationOf, offerOf } from './explanation.ts'
import styles from './console.module.css'

type ConsoleListProps = {
  readonly lines: readonly ConsoleLine[]
  readonly host: string
}

const LINE_PX = 24

/** The session line by line, each reply explained beside it. Only what is in view is in the page. */
export function ConsoleList({ lines, host }: ConsoleListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  // Follows what is said, unless the person has scrolled up to read.
  useEffect(() => {
    if (atEnd.current && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [rows, lines.length])
  const note = () => {
    const element = scroller.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 60
  }
  return (
    <div ref={scroller} className={styles.list} tabIndex={0} role="list" aria-label="Session" onScroll={note}>
      {lines.length === 0 && (
        <p className={styles.none} role="listitem">
          Nothing was said so far.
        </p>
      )}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map(row => {
          const line = lines[row.index]
          if (!line) return null
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              role="listitem"
              aria-setsize={lines.length}
              aria-posinset={row.index + 1}
              className={styles.line}
              data-from={line.from}
              data-refusal={line.from === 'server' && /^[45]\d\d/.test(line.text)}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <span className={styles.wire}>
                <span className={styles.mark}>{markOf(line)}</span>
                <span className={styles.text}>{line.text}</span>
              </span>
              <Beside explanation={explanationOf(line, host)} offer={offerOf(line)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

type BesideProps = { readonly explanation: Explanation | null; readonly offer: ReturnType<typeof offerOf> }

function Beside({ explanation, offer }: BesideProps) {
  const offered = offer && (
    <span>
      {offer.meaning} {offer.source !== null && <span className={styles.source}>{offer.source}</span>}
    </span>
  )
  if (explanation === null) return <span className={styles.beside}>{offered}</span>
  const { code, meaning, enhanced, cause, why, sources, tookMs, tone } = explanation
  return (
    <span className={styles.beside} data-tone={tone}>
      {offered}
      <span>
        <strong>{code}</strong> {meaning}
        {tookMs !== null && <span className={styles.small}> · {printDuration(tookMs)}</span>}
      </span>
      {enhanced !== null && <span>{enhanced}</span>}
      {cause !== null && (
        <span className={styles.cause} title={why ?? undefined}>
          Likely: {cause}
        </span>
      )}
      <span className={styles.small}>{sources}</span>
    </span>
  )
}
