import { instantOf, isRefusal, markOf, type TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { VirtualList } from '../shell/virtual-list.tsx'
import styles from './transcript.module.css'

type TranscriptListProps = {
  readonly lines: readonly TranscriptLine[]
  /** Indexes into `lines`, in order. */
  readonly shown: readonly number[]
  /** An index into `lines` to bring into view. */
  readonly focused: number | null
  /** Of the run: the clock time of a line shows on its time. */
  readonly startedAt: string | null
}

/** What went over the wire, each line with its time and its mark. */
export function TranscriptList({ lines, shown, focused, startedAt }: TranscriptListProps) {
  const focusedRow = focused === null ? -1 : shown.indexOf(focused)
  const several = (lines.at(-1)?.connection ?? 0) > 0
  const row = (at: number) => {
    const index = shown[at]
    const line = index === undefined ? undefined : lines[index]
    if (!line) return null
    return {
      marks: { 'data-from': line.from, 'data-refusal': isRefusal(line), 'data-focused': index === focused },
      content: (
        <>
          <span className={styles.time} title={(startedAt && instantOf(line, startedAt)) ?? undefined}>
            {(line.atMs / 1_000).toFixed(3)}
          </span>
          {several && <span className={styles.connection}>#{line.connection + 1}</span>}
          <span className={styles.mark}>{markOf(line)}</span>
          <span className={styles.text}>{line.text}</span>
        </>
      ),
    }
  }
  return (
    <VirtualList
      label="Transcript"
      className={styles.list}
      rowClassName={styles.line}
      count={shown.length}
      linePx={22}
      row={row}
      focused={focusedRow === -1 ? null : focusedRow}
    />
  )
}
