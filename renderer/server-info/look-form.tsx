import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { understandHost } from '#shared/account/host-input.ts'
import styles from '../form/ask-form.module.css'
import { Choice } from '../form/choice.tsx'
import { sentence } from '../form/words.ts'
import { useMainAction } from '../shell/shortcuts.ts'
import type { AskedSecurity, LookAction } from './look-state.ts'
import type { Asked } from './looks.ts'

type LookFormProps = {
  readonly typed: string
  readonly security: AskedSecurity
  readonly dispatch: (action: LookAction) => void
  readonly onLook: (asked: Asked) => void
}

const SECURITIES = [
  { value: 'auto', label: 'As offered' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS from the start' },
  { value: 'none', label: 'None' },
] as const satisfies readonly { value: AskedSecurity; label: string }[]

// RFC 8314 and RFC 6409: where mail programs hand in their mail.
const DEFAULT_PORTS: Readonly<Record<AskedSecurity, number>> = { auto: 587, starttls: 587, tls: 465, none: 25 }

/** Which server, and how to speak to it. */
export function LookForm({ typed, security, dispatch, onLook }: LookFormProps) {
  const [fault, setFault] = useState<string | null>(null)
  const understood = understandHost(typed)
  const look = () => {
    if (!understood.ok) return setFault(sentence(understood.error.message, understood.error.remedy))
    const { host, port, security: named } = understood.value
    const asked = security === 'auto' && named === 'tls' ? 'tls' : security
    onLook({ host, port: port ?? DEFAULT_PORTS[asked], security: asked })
  }
  useMainAction(look)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    look()
  }
  const notes = typed !== '' && understood.ok ? understood.value.notes : []
  const withoutPort = typed !== '' && understood.ok && understood.value.port === null
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <TextInput
        className={styles.host}
        label="Mail server"
        placeholder="smtp.example.org or smtp.example.org:587"
        value={typed}
        error={fault}
        description={[
          ...notes.map(note => sentence(note)),
          ...(withoutPort ? [`Port ${DEFAULT_PORTS[security]} is looked at closely unless you name another.`] : []),
        ].join(' ')}
        autoComplete="off"
        spellCheck={false}
        onChange={event => {
          setFault(null)
          dispatch({ kind: 'typed', text: event.currentTarget.value })
        }}
      />
      <Choice
        label="Encryption"
        data={SECURITIES}
        value={security}
        onChange={value => dispatch({ kind: 'security', security: value })}
      />
      <Button type="submit" className={styles.go} leftSection={<IconSearch size={16} aria-hidden />}>
        Look
      </Button>
    </form>
  )
}
