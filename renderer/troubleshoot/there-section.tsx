import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { portOf } from '#shared/account/port-of.ts'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { printCommands, type TestThere } from '#shared/report/run-it-there.ts'
import { readThere, type StationThere } from '#shared/report/read-there.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { ExplainedView } from './explained-view.tsx'
import type { Subject } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

type ThereSectionProps = {
  readonly subject: Subject
  /** What was seen here, to stand beside it. */
  readonly here: readonly Step[]
  readonly pasted: string
  readonly onPaste: (text: string) => void
}

/** The same test for the machine that fails, and what it said there. */
export function ThereSection({ subject, here, pasted, onPaste }: ThereSectionProps) {
  const [read, setRead] = useState<string | null>(null)
  const test = testOf(subject)
  const commands = printCommands(test)
  const [tool, setTool] = useState(commands[0]?.id ?? 'swaks')
  const chosen = commands.find(({ id }) => id === tool) ?? commands[0]
  if (!chosen) return null
  const result = read === null ? null : readThere(read, test)
  return (
    <Section
      title="Run it there"
      note="Does another machine fail? Run the same test on it, and paste what it prints. No command holds a password: each asks for it."
    >
      <SegmentedControl
        aria-label="Tool"
        value={chosen.id}
        data={commands.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={value => setTool(commands.find(({ id }) => id === value)?.id ?? chosen.id)}
      />
      <p className={styles.does}>
        {chosen.does}. <span className={styles.muted}>{chosen.runsOn}.</span>
      </p>
      <div className={styles.command}>
        <pre tabIndex={0} aria-label={`Command for ${chosen.title}`}>
          {chosen.command}
        </pre>
        <CopyButton text={chosen.command} what="command" labelled />
      </div>
      <Textarea
        label="What it printed there"
        autosize
        minRows={3}
        maxRows={14}
        classNames={{ input: styles.mono ?? '' }}
        value={pasted}
        spellCheck={false}
        onChange={event => onPaste(event.currentTarget.value)}
      />
      <div className={styles.bar}>
        <Button variant="default" disabled={pasted.trim() === ''} onClick={() => setRead(pasted)}>
          Read it
        </Button>
      </div>
      {result && (
        <div aria-live="polite">
          {result.toolProblem !== null && (
            <p className={styles.does}>
              The tool could not run there: <code>{result.toolProblem}</code>. That says nothing about the mail server.
              Try another tool.
            </p>
          )}
          {!result.recognised && (
            <p className={styles.does}>No session, and no error that is known here, was found in this text.</p>
          )}
          {result.stations.length > 0 && result.recognised && <SideBySide here={here} there={result.stations} />}
          {result.explained.class !== 'unknown' && (
            <ExplainedView explained={result.explained} told={null} onTell={() => undefined} />
          )}
        </div>
      )}
    </Section>
  )
}

const STATE_WORDS: Readonly<Record<StationThere['state'] | Step['state'], string>> = {
  done: 'works',
  failed: 'fails',
  unknown: 'not known',
  skipped: 'not tested',
  cancelled: 'stopped',
}

function SideBySide({ here, there }: { readonly here: readonly Step[]; readonly there: readonly StationThere[] }) {
  return (
    <table className={styles.side}>
      <caption>Here and there</caption>
      <thead>
        <tr>
          <th scope="col">Station</th>
          <th scope="col">Here</th>
          <th scope="col">There</th>
        </tr>
      </thead>
      <tbody>
        {there.map(({ id, state, line }) => {
          const step = stepWith(here, id)
          const differs = step !== undefined && state !== 'unknown' && (step.state === 'done') !== (state === 'done')
          return (
            <tr key={id} data-differs={differs || undefined}>
              <th scope="row">{STATION_NAMES[id]}</th>
              <td>
                <strong>{step ? STATE_WORDS[step.state] : 'not tested'}</strong> {step && describeStep(step)}
              </td>
              <td>
                <strong>{STATE_WORDS[state]}</strong> {line}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function testOf({ settings, recipient }: Subject): TestThere {
  const { host, security, user, auth, from } = settings
  return {
    host,
    port: portOf(settings),
    security,
    user: auth === 'none' ? null : user,
    from,
    to: recipient ?? from,
  }
}
