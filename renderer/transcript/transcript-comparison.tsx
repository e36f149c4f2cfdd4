import { Button, Group, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
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
import { VirtualList } from '../shell/virtual-list.tsx'
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

type ComparisonListProps = {
  readonly rows: readonly ComparisonRow[]
  readonly left: string
  readonly right: string
}

function ComparisonList({ rows, left, right }: ComparisonListProps) {
  const row = (at: number) => {
    const shown = rows[at]
    if (!shown) return null
    return shown.kind === 'fold'
      ? { marks: { 'data-kind': 'fold' }, content: <Fold count={shown.count} /> }
      : {
          marks: { 'data-kind': shown.line.kind },
          content: <Both line={shown.line} left={left} right={right} />,
        }
  }
  return (
    <div className={styles.frame}>
      <div className={styles.heads} aria-hidden>
        <span />
        <strong>{left}</strong>
        <strong>{right}</strong>
      </div>
      <VirtualList
        label={`${left} beside ${right}`}
        className={styles.list}
        rowClassName={styles.row}
        count={rows.length}
        linePx={22}
        row={row}
      />
    </div>
  )
}

function Fold({ count }: { readonly count: number }) {
  return <span className={styles.fold}>{count === 1 ? '1 line is the same' : `${count} lines are the same`}</span>
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
