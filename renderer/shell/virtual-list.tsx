import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './virtual-list.module.css'

/** One row: what stands in it, and what it is, for its style. */
export type VirtualRow = {
  readonly marks: Readonly<Record<`data-${string}`, string | boolean | undefined>>
  readonly content: ReactNode
}

type VirtualListProps = {
  readonly label: string
  readonly className: string | undefined
  readonly rowClassName: string | undefined
  readonly count: number
  /** The height of a row of one line. */
  readonly linePx: number
  readonly row: (index: number) => VirtualRow | null
  /** A row to bring into view. */
  readonly focused?: number | null
  /** Stays at the end while rows come, unless the person has scrolled up to read. */
  readonly follows?: boolean
  /** Shown while there is no row. */
  readonly empty?: ReactNode
}

/** As near to the end as counts as being there. */
const AT_END_PX = 60

/** Only the rows in view are in the page, so that a hundred thousand scroll as smoothly as ten. */
export function VirtualList({
  label,
  className,
  rowClassName,
  count,
  linePx,
  row,
  focused = null,
  follows = false,
  empty,
}: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    overscan: 20,
  })
  useEffect(() => {
    if (focused !== null) rows.scrollToIndex(focused, { align: 'center' })
  }, [rows, focused])
  useEffect(() => {
    if (follows && atEnd.current && count > 0) rows.scrollToIndex(count - 1, { align: 'end' })
  }, [rows, follows, count])
  const note = () => {
    const element = scroller.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX
  }
  return (
    <div ref={scroller} className={className} tabIndex={0} role="list" aria-label={label} onScroll={note}>
      {count === 0 && empty}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map(item => {
          const shown = row(item.index)
          return (
            shown && (
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                role="listitem"
                aria-setsize={count}
                aria-posinset={item.index + 1}
                className={`${styles.row} ${rowClassName ?? ''}`}
                style={{ transform: `translateY(${item.start}px)` }}
                {...shown.marks}
              >
                {shown.content}
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
