import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { instantOf, printTranscript, type TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { printJson } from '#shared/escape.ts'
import type { RunState } from '../run/run-state.ts'
import { isRunning } from '../run/run-state.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'
import { type LineKind, matchingLines } from './matching-lines.ts'
import { TranscriptList } from './transcript-list.tsx'
import styles from './transcript.module.css'

/** As much of a run, or of a look at a server, as its transcript needs. */
export type Talk = Pick<RunState, 'phase' | 'lines' | 'startedAt'>

type TranscriptTabProps = {
  readonly run: Talk
  /** Of the account or the server, for file names. */
  readonly name: string
  /** A line that proves something, to be brought into view. */
  readonly shownLine: number | null
}

const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'client', label: 'Sent' },
  { value: 'server', label: 'Received' },
  { value: 'refusals', label: 'Refusals' },
] as const satisfies readonly { value: LineKind; label: string }[]

/** What went over the wire, line by line, as swaks shows it. */
export function TranscriptTab({ run, name, shownLine }: TranscriptTabProps) {
  const [query, setQuery] = useState('')
  const [kind, setKind] = useState<LineKind>('all')
  const { lines, startedAt } = run
  if (lines.length === 0)
    return (
      <p className={styles.none}>
        {isRunning(run)
          ? 'Nothing went over the wire yet.'
          : 'Test the connection to see what the server and this program say to each other. Passwords are masked when a line is recorded.'}
      </p>
    )
  const shown = matchingLines(lines, query, kind)
  const file = fileNameOf(`${name}-transcript`)
  const masked = lines.filter(line => line.masked).length
  return (
    <>
      <Group gap="xs" className={styles.tools}>
        <TextInput
          aria-label="Filter the transcript"
          placeholder="Filter"
          size="xs"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={query}
          onChange={event => setQuery(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Which lines"
          size="xs"
          data={[...KINDS]}
          value={kind}
          onChange={value => setKind(value)}
        />
        <span className={styles.count} role="status">
          {shown.length === lines.length ? `${lines.length} lines` : `${shown.length} of ${lines.length} lines`}
        </span>
        <CopyButton text={() => printTranscript(lines)} what="transcript" labelled />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(`${file}.txt`, 'text/plain', `${printTranscript(lines)}\n`)}
        >
          Save text
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(`${file}.json`, 'application/json', printJson(withInstants(lines, startedAt), 2))}
        >
          Save JSON
        </Button>
      </Group>
      <TranscriptList lines={lines} shown={shown} focused={shownLine} startedAt={startedAt} />
      <p className={styles.legend}>
        <code>-&gt;</code> sent, <code>&lt;-</code> received, <code>&lt;**</code> a refusal; <code>~&gt;</code> and{' '}
        <code>&lt;~</code> once TLS is on; <code>===</code> a note.
        {masked > 0 &&
          ` ${masked} ${masked === 1 ? 'line was' : 'lines were'} masked when recorded: *** stands for a secret.`}
      </p>
    </>
  )
}

/** A file is read without the run that it came from. */
function withInstants(lines: readonly TranscriptLine[], startedAt: string | null) {
  return lines.map(line => ({ at: startedAt === null ? null : instantOf(line, startedAt), ...line }))
}
