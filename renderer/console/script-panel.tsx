import { Button, PasswordInput, Textarea } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconDownload,
  IconFileCode,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ReplayedStep } from '#shared/contract/console.ts'
import { LONGEST_SCRIPT, parseScript } from '#shared/smtp/console-script.ts'
import { Section } from '../shell/page.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'
import type { PageAction, Session } from './console-state.ts'
import styles from './console.module.css'
import type { Target } from './consoles.ts'
import { readTarget } from './read-target.ts'
import { scriptOf } from './session-script.ts'

type ScriptPanelProps = {
  readonly script: string
  readonly session: Session | null
  readonly typedHost: string
  readonly tls: boolean
  readonly dispatch: (action: PageAction) => void
  readonly onReplay: (target: Target, script: string, secret: string | null) => void
}

/** A session as a text that can be played again, and that fails where the server answers otherwise. */
export function ScriptPanel({ script, session, typedHost, tls, dispatch, onReplay }: ScriptPanelProps) {
  const [secret, setSecret] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const parsed = script === '' ? null : parseScript(script)
  const signsIn = parsed?.ok === true && parsed.value.some(({ kind }) => kind === 'sign-in')
  const running = session !== null && session.replayed !== null && session.phase !== 'ended'
  const play = () => {
    const target = readTarget(typedHost, tls)
    if (!target.ok) return setFault(target.error)
    if (parsed?.ok !== true) return setFault(parsed ? `Line ${parsed.error.line}: ${parsed.error.message}.` : null)
    setFault(null)
    onReplay(target.value, script, secret === '' ? null : secret)
    setSecret('')
  }
  return (
    <Section
      title="Script"
      note="C: is sent, S: must fit the next answer, where * stands for any text; S+ and S- look at that answer again. A: MECHANISM USER signs in."
      actions={
        session !== null &&
        session.lines.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileCode size={14} aria-hidden />}
            onClick={() =>
              dispatch({ kind: 'script', text: scriptOf(session.lines, `${session.host}, port ${session.port}`) })
            }
          >
            Make it from this session
          </Button>
        )
      }
    >
      <Textarea
        aria-label="Script"
        className={styles.script}
        placeholder={'S: 220*\nC: EHLO client.example\nS: 250*\nS+ *STARTTLS\nC: QUIT\nS: 221*'}
        autosize
        minRows={6}
        maxRows={16}
        maxLength={LONGEST_SCRIPT}
        spellCheck={false}
        error={fault}
        value={script}
        onChange={event => {
          setFault(null)
          dispatch({ kind: 'script', text: event.currentTarget.value })
        }}
      />
      <div className={styles.scriptBar}>
        {signsIn && (
          <PasswordInput
            className={styles.scriptSecret}
            aria-label="Password for the sign-in"
            placeholder="Password for the sign-in"
            autoComplete="new-password"
            value={secret}
            onChange={event => setSecret(event.currentTarget.value)}
          />
        )}
        <Button
          disabled={script === '' || running}
          loading={running}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={play}
        >
          Replay
        </Button>
        <Button
          variant="default"
          disabled={script === ''}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(`${fileNameOf(typedHost)}-script.txt`, 'text/plain', script)}
        >
          Save script
        </Button>
      </div>
      {session?.replayed != null && session.replayed.length > 0 && (
        <Results script={script} steps={session.replayed} over={session.phase === 'ended'} />
      )}
    </Section>
  )
}

const LOOKS = {
  passed: { Icon: IconCircleCheck, word: 'passed', tone: 'ok' },
  failed: { Icon: IconCircleX, word: 'failed', tone: 'bad' },
  'not-reached': { Icon: IconCircleDashed, word: 'not reached', tone: 'idle' },
} as const

type ResultsProps = { readonly script: string; readonly steps: readonly ReplayedStep[]; readonly over: boolean }

function Results({ script, steps, over }: ResultsProps) {
  const lines = script.split(/\r?\n/)
  const failed = steps.filter(({ outcome }) => outcome === 'failed').length
  return (
    <>
      {over && (
        <p className={styles.verdict} data-tone={failed === 0 ? 'ok' : 'bad'} role="status">
          {failed === 0 ? <IconCircleCheck size={17} aria-hidden /> : <IconCircleX size={17} aria-hidden />}
          {failed === 0 ? 'The server answered as the script expects' : 'The server answered otherwise'}
        </p>
      )}
      <ol className={styles.results} aria-label="Steps of the script">
        {steps.map(({ line, outcome, detail }) => {
          const { Icon, word, tone } = LOOKS[outcome]
          return (
            <li key={line} data-tone={tone}>
              <span className={styles.outcome}>
                <Icon size={15} aria-hidden /> {word}
              </span>
              <code>{lines[line - 1]}</code>
              {detail !== null && <span className={styles.detail}>{detail}</span>}
            </li>
          )
        })}
      </ol>
    </>
  )
}
