import type { ConsoleLine } from '#shared/contract/console.ts'
import { isRefusal, markOf } from '#shared/diagnosis/transcript.ts'
import { printDuration } from '../shell/time.ts'
import { VirtualList } from '../shell/virtual-list.tsx'
import { type Explanation, explanationOf, offerOf } from './explanation.ts'
import styles from './console.module.css'

type ConsoleListProps = {
  readonly lines: readonly ConsoleLine[]
  readonly host: string
}

/** The session line by line, each reply explained beside it. */
export function ConsoleList({ lines, host }: ConsoleListProps) {
  const row = (at: number) => {
    const line = lines[at]
    if (!line) return null
    return {
      marks: { 'data-from': line.from, 'data-refusal': isRefusal(line) },
      content: (
        <>
          <span className={styles.wire}>
            <span className={styles.mark}>{markOf(line)}</span>
            <span className={styles.text}>{line.text}</span>
          </span>
          <Beside explanation={explanationOf(line, host)} offer={offerOf(line)} />
        </>
      ),
    }
  }
  return (
    <VirtualList
      label="Session"
      className={styles.list}
      rowClassName={styles.line}
      count={lines.length}
      linePx={24}
      row={row}
      follows
      empty={
        <p className={styles.none} role="listitem">
          Nothing was said so far.
        </p>
      }
    />
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
