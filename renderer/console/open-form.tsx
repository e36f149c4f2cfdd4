import { Button, TextInput } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import styles from '../form/ask-form.module.css'
import { Choice } from '../form/choice.tsx'
import type { PageAction, Session } from './console-state.ts'
import type { Target } from './consoles.ts'
import { readTarget } from './read-target.ts'

type OpenFormProps = {
  readonly typedHost: string
  readonly tls: boolean
  readonly session: Session | null
  readonly dispatch: (action: PageAction) => void
  readonly onOpen: (target: Target) => void
  readonly onClose: () => void
}

const BEGINNINGS = [
  { value: 'plain', label: 'in the clear' },
  { value: 'tls', label: 'with TLS' },
] as const

/** Where to connect, and whether TLS comes first. */
export function OpenForm({ typedHost, tls, session, dispatch, onOpen, onClose }: OpenFormProps) {
  const [fault, setFault] = useState<string | null>(null)
  const live = session !== null && session.phase !== 'ended'
  const open = (event: SubmitEvent) => {
    event.preventDefault()
    const target = readTarget(typedHost, tls)
    if (target.ok) onOpen(target.value)
    else setFault(target.error)
  }
  return (
    <form onSubmit={open} noValidate className={styles.form}>
      <TextInput
        className={styles.host}
        label="Server"
        placeholder="smtp.example.org:587"
        value={typedHost}
        error={fault}
        disabled={live}
        autoComplete="off"
        spellCheck={false}
        onChange={event => {
          setFault(null)
          dispatch({ kind: 'host', text: event.currentTarget.value })
        }}
      />
      <Choice
        label="Begins"
        disabled={live}
        data={BEGINNINGS}
        value={tls ? 'tls' : 'plain'}
        onChange={value => dispatch({ kind: 'tls', tls: value === 'tls' })}
      />
      {live ? (
        <Button
          className={styles.go}
          variant="default"
          leftSection={<IconPlugConnectedX size={16} aria-hidden />}
          onClick={onClose}
        >
          Close
        </Button>
      ) : (
        <Button className={styles.go} type="submit" leftSection={<IconPlugConnected size={16} aria-hidden />}>
          {session === null ? 'Open' : 'Open again'}
        </Button>
      )}
    </form>
  )
}
