import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { markOf, type TranscriptLine } from '#shared/diagnosis/transcript.ts'
import styles from './transcript.module.css'

type TranscriptListProps = {
  readonly lines: readonly TranscriptLine[]
  /** Indexes into `lines`, in order. */
  readonly shown: readonly number[]
  /** An index into `lines` to bring into view. */
  readonly focused: number | null
}

const LINE_PX = 22

/** Only the lines in view are in the page, so that a hundred thousand scroll as smoothly as ten. */
export function TranscriptList({ lines, shown, focused }: TranscriptListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  const focusedRow = focused === null ? -1 : shown.indexOf(focused)
  useEffect(() => {
    if (focusedRow !== -1) rows.scrollToIndex(focusedRow, { align: 'center' })
  }, [rows, focusedRow])
  const several = (lines.at(-1)?.connection ?? 0) > 0

  return (
    <div ref={scroller} className={styles.list} tabIndex={0} role="list" aria-label="Transcript">
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map(row => {
          const index = shown[row.index]
          const line = index === undefined ? undefined : lines[index]
          if (!line) return null
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              role="listitem"
              aria-setsize={shown.length}
              aria-posinset={row.index + 1}
              className={styles.line}
              data-from={line.from}
              data-refusal={line.from === 'server' && /^[45]\d\d/.test(line.text)}
              data-focused={index === focused}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <span className={styles.time}>{(line.atMs / 1_000).toFixed(3)}</span>
              {several && <span className={styles.connection}>#{line.connection + 1}</span>}
              <span className={styles.mark}>{markOf(line)}</span>
              <span className={styles.text}>{line.text}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
