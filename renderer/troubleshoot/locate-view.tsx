import { Button, TextInput } from '@mantine/core'
import { IconArrowRight, IconScale } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import type { AccountChange, Security } from '#shared/account/account.ts'
import { locateBlock, type Reading } from '#shared/finding/locate.ts'
import { READINGS } from '#shared/finding/reading-words.ts'
import { Activity } from '../shell/activity.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { Sureness } from './sureness.tsx'
import type { Locating } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

type LocateViewProps = {
  readonly locating: Locating
  readonly controlHost: string
  readonly onControlHost: (host: string) => void
  readonly onCompare: (host: string) => void
  readonly onStop: () => void
  /** Null where there are no settings to change. */
  readonly onUse: ((change: AccountChange) => void) | null
}

const SECURITY_WORDS: Readonly<Record<Security, string>> = {
  none: 'no encryption',
  starttls: 'STARTTLS',
  tls: 'TLS from the start',
}

/** Who keeps the connection from coming about: the likeliest first, each with what was seen and what to do. */
export function LocateView({ locating, controlHost, onControlHost, onCompare, onStop, onUse }: LocateViewProps) {
  const { phase, seen, problem, beganAt } = locating
  const readings = seen === null ? [] : locateBlock(seen)
  const running = phase === 'running'
  const [first, ...others] = readings
  if (phase === 'none') return null
  return (
    <Section title="Who is in the way" note="Seen from this machine, apart from the test of the message’s path.">
      {running && <Activity doing="Trying ports and families" startedAt={beganAt} onStop={onStop} />}
      {problem && <ProblemNote what="The connection was not looked at" problem={problem} />}
      {!running && readings.length === 0 && problem === null && (
        <p className={styles.does}>It was stopped before anything was known.</p>
      )}
      {first && !running && <ReadingCard reading={first} onUse={onUse} />}
      {others.length > 0 && !running && (
        <>
          <h3 className={styles.subtitle}>It could also be</h3>
          <ul className={styles.others}>
            {others.map(({ id, likelihood }) => (
              <li key={id}>
                <span className={styles.percent}>{Math.round(likelihood * 100)} %</span>
                <span>
                  {READINGS[id].title}. <span className={styles.muted}>{READINGS[id].todo}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {!running && needsControl(readings, seen?.controlHost ?? null) && (
        <Compare host={controlHost} onHost={onControlHost} onCompare={onCompare} port={seen?.port ?? 0} />
      )}
    </Section>
  )
}

function ReadingCard({ reading, onUse }: { readonly reading: Reading; readonly onUse: LocateViewProps['onUse'] }) {
  const { title, why, todo } = READINGS[reading.id]
  const [open] = reading.open
  return (
    <article className={styles.reading} data-good={reading.id === 'reachable' || undefined} aria-label={title}>
      <Sureness confidence={reading.likelihood} />
      <h3 className={styles.readingTitle}>{title}</h3>
      <p className={styles.does}>{why}</p>
      <ul className={styles.proofs} aria-label="Evidence">
        {reading.evidence.map(line => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
      <p className={styles.does}>{todo}</p>
      <div className={styles.bar}>
        {open && onUse && (
          <Button size="xs" onClick={() => onUse({ port: open.port, security: open.security })}>
            Use port {open.port} with {SECURITY_WORDS[open.security]} and test again
          </Button>
        )}
        <CopyButton text={() => [title, why, ...reading.evidence, todo].join('\n')} what="this" labelled />
      </div>
    </article>
  )
}

/** Silence has two reasons that only another host tells apart. */
function needsControl(readings: readonly Reading[], asked: string | null): boolean {
  const silent: readonly Reading['id'][] = ['network-blocks-port', 'server-down', 'wrong-port', 'server-firewall']
  const [first] = readings
  return asked === null && first !== undefined && first.likelihood < 0.7 && silent.includes(first.id)
}

type CompareProps = {
  readonly host: string
  readonly port: number
  readonly onHost: (host: string) => void
  readonly onCompare: (host: string) => void
}

function Compare({ host, port, onHost, onCompare }: CompareProps) {
  const [fault, setFault] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (host.trim() === '') return setFault('Type the name of another mail server.')
    onCompare(host.trim())
  }
  return (
    <form onSubmit={submit} noValidate className={styles.compare}>
      <h3 className={styles.subtitle}>
        <IconScale size={18} aria-hidden /> The one test that decides
      </h3>
      <p className={styles.does}>
        Does this network let port {port} through to another server? One connection is made to the server that you name,
        and nothing is sent to it.
      </p>
      <div className={styles.row}>
        <TextInput
          className={styles.grow}
          label="Another mail server"
          placeholder={port === 25 ? 'the MX of a large provider' : 'smtp.gmail.com'}
          value={host}
          error={fault}
          autoComplete="off"
          spellCheck={false}
          onChange={event => {
            setFault(null)
            onHost(event.currentTarget.value)
          }}
        />
        <Button type="submit" variant="default" rightSection={<IconArrowRight size={16} aria-hidden />}>
          Compare
        </Button>
      </div>
    </form>
  )
}
