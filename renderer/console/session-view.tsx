import { Button, Switch } from '@mantine/core'
import { IconDownload, IconKey, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConsoleEnd } from '#shared/contract/console.ts'
import { printTranscript } from '#shared/diagnosis/transcript.ts'
import { printJson } from '#shared/escape.ts'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { Activity } from '../shell/activity.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'
import { useStop } from '../shell/shortcuts.ts'
import { ConsoleList } from './console-list.tsx'
import type { PageAction, PageState, Session } from './console-state.ts'
import styles from './console.module.css'
import { closeSession, sendLine, setSafe, signIn, startTls } from './consoles.ts'
import { Prompt } from './prompt.tsx'
import { SignInDialog } from './sign-in-dialog.tsx'

type SessionViewProps = {
  readonly state: PageState
  readonly session: Session
  readonly dispatch: (action: PageAction) => void
}

/** The session: what was said, what it means, and the prompt. */
export function SessionView({ state, session, dispatch }: SessionViewProps) {
  const [signingIn, setSigningIn] = useState(false)
  const { lines, phase, state: live, host, port } = session
  const open = phase === 'open' && live !== null
  const atPrompt = open && session.replayed === null
  useStop(phase === 'opening' ? closeSession : null)
  const file = fileNameOf(`${host}-${port}-session`)
  return (
    <div className={styles.session}>
      <div className={styles.bar}>
        <Standing session={session} />
        <span className={styles.spring} />
        <Switch
          size="sm"
          label="Safe mode"
          checked={state.safe}
          onChange={event => void setSafe(event.currentTarget.checked)}
        />
        {open && !live.encrypted && (
          <Button
            size="xs"
            variant="default"
            disabled={live.mode !== 'commands'}
            leftSection={<IconLock size={14} aria-hidden />}
            onClick={() => void startTls(true)}
          >
            STARTTLS
          </Button>
        )}
        {open && (
          <Button
            size="xs"
            variant="default"
            disabled={live.mode !== 'commands'}
            leftSection={<IconKey size={14} aria-hidden />}
            onClick={() => setSigningIn(true)}
          >
            Sign in…
          </Button>
        )}
        {lines.length > 0 && (
          <>
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
              onClick={() => saveFile(`${file}.json`, 'application/json', printJson(lines, 2))}
            >
              Save JSON
            </Button>
          </>
        )}
      </div>
      {!state.safe && (
        <p className={styles.unsafe}>Safe mode is off: DATA and its like send real messages to real people.</p>
      )}
      {(lines.length > 0 || session.end === null) && <ConsoleList lines={lines} host={host} />}
      {state.problem && !atPrompt && <ProblemNote what="That was not done" problem={state.problem} />}
      {session.end && <Ending end={session.end} />}
      {atPrompt && (
        <Prompt
          text={state.prompt}
          state={live}
          problem={state.problem}
          dispatch={dispatch}
          onSend={line => void sendLine(line)}
        />
      )}
      {signingIn && live && (
        <SignInDialog
          offers={live.offers}
          encrypted={live.encrypted}
          trusted={live.tls?.trusted ?? null}
          onSignIn={signIn}
          onClose={() => setSigningIn(false)}
        />
      )}
    </div>
  )
}

function Standing({ session: { phase, host, port, beganAt, state } }: { readonly session: Session }) {
  if (phase === 'opening') return <Activity doing={`Connecting to ${host}`} startedAt={beganAt} onStop={closeSession} />
  const Icon = state?.encrypted ? IconLock : IconLockOpen
  const trust = state?.tls ? (state.tls.trusted ? ', certificate trusted' : ', certificate not trusted') : ''
  return (
    <span className={styles.standing}>
      <Icon size={16} aria-hidden />
      <span>
        <strong>
          {host}:{port}
        </strong>{' '}
        {phase === 'ended' ? 'ended' : `${state?.encrypted ? (state.tls?.protocol ?? 'TLS') : 'in the clear'}${trust}`}
        {state !== null && phase !== 'ended' && state.waiting > 0 && ` · waiting for ${state.waiting}`}
      </span>
    </span>
  )
}

const ENDINGS: Readonly<Record<ConsoleEnd['because'], string>> = {
  'not-connected': 'No connection came about.',
  'closed-by-server': 'The server has closed the connection.',
  closed: 'You have closed the connection.',
  idle: 'Nothing was typed for ten minutes, so the connection was closed.',
  'too-much': 'The server said more than a session holds, so the connection was closed.',
  'handshake-failed': 'The TLS handshake failed, and with it the connection ended.',
}

function Ending({ end: { because, detail, steps } }: { readonly end: ConsoleEnd }) {
  const failed = steps.find(({ state }) => state === 'failed' || state === 'cancelled')
  return (
    <p className={styles.ending} role="status">
      <strong>{ENDINGS[because]}</strong> {failed && `${STATION_NAMES[failed.id]}: ${describeStep(failed)}`}{' '}
      {because === 'handshake-failed' && detail}
    </p>
  )
}
