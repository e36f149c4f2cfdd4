import { Button, Group, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import {
  type ComparedLine,
  compareTranscripts,
  countDifferences,
  printComparison,
} from '#shared/diagnosis/compare-transcripts.ts'
import { markOf, type TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { printJson } from '#shared/escape.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'
import styles from './comparison.module.css'
import { type ComparisonRow, foldSame } from './fold-same.ts'

type Side = { readonly title: string; readonly lines: readonly TranscriptLine[] }

type TranscriptComparisonProps = {
  readonly left: Side
  readonly right: Side
  /** For file names. */
  readonly name: string
}

/** Two transcripts side by side: what was said in both, in one of them, or otherwise. */
export function TranscriptComparison({ left, right, name }: TranscriptComparisonProps) {
  const [all, setAll] = useState(false)
  const lines = useMemo(() => compareTranscripts(left.lines, right.lines), [left.lines, right.lines])
  const rows = useMemo(
    () => (all ? lines.map(line => ({ kind: 'line', line }) as const) : foldSame(lines)),
    [lines, all],
  )
  const count = countDifferences(lines)
  const file = fileNameOf(`${name}-comparison`)
  const text = () => printComparison(lines, left.title, right.title)
  return (
    <>
      <Group gap="xs" className={styles.tools}>
        <SegmentedControl
          aria-label="Which lines"
          size="xs"
          data={[
            { value: 'differences', label: 'What differs' },
            { value: 'all', label: 'All lines' },
          ]}
          value={all ? 'all' : 'differences'}
          onChange={value => setAll(value === 'all')}
        />
        <span className={styles.count} role="status">
          {count === 0 ? 'Every line is the same but for times and ids.' : `${count} of ${lines.length} lines differ.`}
        </span>
        <CopyButton text={text} what="comparison" labelled />
        <SaveButton label="Save text" onClick={() => saveFile(`${file}.txt`, 'text/plain', `${text()}\n`)} />
        <SaveButton
          label="Save JSON"
          onClick={() =>
            saveFile(`${file}.json`, 'application/json', printJson({ left: left.title, right: right.title, lines }, 2))
          }
        />
      </Group>
      <ComparisonList rows={rows} left={left.title} right={right.title} />
    </>
  )
}

function SaveButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  )
}

const LINE_PX = 22

type ComparisonListProps = {
  readonly rows: readonly ComparisonRow[]
  readonly left: string
  readonly right: string
}

/** Only the rows in view are in the page. */
function ComparisonList({ rows, left, right }: ComparisonListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  return (
    <div className={styles.frame}>
      <div className={styles.heads} aria-hidden>
        <span />
        <strong>{left}</strong>
        <strong>{right}</strong>
      </div>
      <div ref={scroller} className={styles.list} tabIndex={0} role="list" aria-label={`${left} beside ${right}`}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {virtual.getVirtualItems().map(item => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                role="listitem"
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                className={styles.row}
                data-kind={row.kind === 'fold' ? 'fold' : row.line.kind}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'fold' ? (
                  <span className={styles.fold}>
                    {row.count === 1 ? '1 line is the same' : `${row.count} lines are the same`}
                  </span>
                ) : (
                  <Both line={row.line} left={left} right={right} />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

const SIGNS: Readonly<Record<ComparedLine['kind'], string>> = { same: '', changed: '≠', left: '−', right: '+' }

function Both({ line, left, right }: { readonly line: ComparedLine; readonly left: string; readonly right: string }) {
  const word = {
    same: 'The same: ',
    changed: 'Differs: ',
    left: `Only in ${left}: `,
    right: `Only in ${right}: `,
  }[line.kind]
  return (
    <>
      <span className={styles.sign} aria-hidden>
        {SIGNS[line.kind]}
      </span>
      <span className="mw-unseen">{word}</span>
      <One line={line.left} />
      <One line={line.right} />
    </>
  )
}

function One({ line }: { readonly line: TranscriptLine | null }) {
  if (line === null) return <span className={styles.side} data-missing />
  return (
    <span className={styles.side} data-from={line.from}>
      <span className={styles.mark}>{markOf(line)}</span>
      <span className={styles.text}>{line.text}</span>
    </span>
  )
}
