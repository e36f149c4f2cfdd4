import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { useMainAction } from '../shell/shortcuts.ts'
import { entranceOf, type EntranceId } from './entrances.ts'
import { type Fault, subjectOf } from './subject.ts'
import type { Subject, Typed } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

type WhereStepProps = {
  readonly entrance: Exclude<EntranceId, 'text'>
  readonly typed: Typed
  readonly accounts: readonly AccountView[]
  readonly onType: (typed: Partial<Typed>) => void
  readonly onAsk: (subject: Subject) => void
}

const OTHER = 'other'

const SECURITIES = [
  { value: 'auto', label: 'As the port usually has it' },
  { value: 'starttls', label: 'STARTTLS (upgrade)' },
  { value: 'tls', label: 'TLS from the start' },
  { value: 'none', label: 'None' },
]

/** Which account or server it is about; only the fields that this question needs. */
export function WhereStep({ entrance, typed, accounts, onType, onAsk }: WhereStepProps) {
  const [fault, setFault] = useState<Fault | null>(null)
  const { title, does, action } = entranceOf(entrance)
  const ask = () => {
    const subject = subjectOf(entrance, typed, accounts)
    if (!subject.ok) return setFault(subject.error)
    setFault(null)
    onAsk(subject.value)
  }
  useMainAction(ask)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    ask()
  }
  const errorOf = (field: Fault['field']) => (fault?.field === field ? fault.message : null)
  const type = (change: Partial<Typed>) => {
    setFault(null)
    onType(change)
  }
  const byHand = typed.accountId === null
  return (
    <form onSubmit={submit} noValidate className={styles.where}>
      <h2 className={styles.question}>{title}: where?</h2>
      {accounts.length > 0 && (
        <NativeSelect
          label="Account"
          description={entrance === 'spam' ? 'Or another address' : 'Or a server that is not set up here'}
          value={typed.accountId ?? OTHER}
          error={errorOf('accountId')}
          data={[
            ...accounts.map(({ account }) => ({
              value: account.id,
              label: `${account.name} (${account.host || 'no server'})`,
            })),
            { value: OTHER, label: entrance === 'spam' ? 'Another address…' : 'Another server…' },
          ]}
          onChange={event => {
            const { value } = event.currentTarget
            type({ accountId: value === OTHER ? null : value })
          }}
        />
      )}
      {byHand && entrance === 'spam' && <From label="Sender" {...{ typed, type, errorOf }} />}
      {byHand && entrance !== 'spam' && <ServerFields {...{ entrance, typed, type, errorOf }} />}
      {!byHand && entrance === 'password' && (
        <PasswordInput
          label="Password"
          description="Only to try one other than the stored password; it is not saved."
          value={typed.password}
          autoComplete="off"
          onChange={event => type({ password: event.currentTarget.value })}
        />
      )}
      {(entrance === 'refused' || entrance === 'nothing') && (
        <TextInput
          label="Recipient"
          description={
            entrance === 'nothing'
              ? 'One test message is sent to this address.'
              : 'Leave empty to offer your own address as the recipient.'
          }
          value={typed.recipient}
          error={errorOf('recipient')}
          autoComplete="off"
          onChange={event => type({ recipient: event.currentTarget.value })}
        />
      )}
      <p className={styles.does}>{does}</p>
      <div className={styles.bar}>
        <Button type="submit">{action}</Button>
      </div>
    </form>
  )
}

type FieldProps = {
  readonly typed: Typed
  readonly type: (change: Partial<Typed>) => void
  readonly errorOf: (field: Fault['field']) => ReactNode
}

function ServerFields({ entrance, typed, type, errorOf }: FieldProps & { readonly entrance: EntranceId }) {
  return (
    <>
      <div className={styles.row}>
        <TextInput
          className={styles.grow}
          label="Mail server"
          placeholder="smtp.example.org:587"
          value={typed.server}
          error={errorOf('server')}
          autoComplete="off"
          spellCheck={false}
          onChange={event => type({ server: event.currentTarget.value })}
        />
        <NativeSelect
          label="Encryption"
          value={typed.security}
          data={SECURITIES}
          onChange={event => {
            const { value } = event.currentTarget
            type({ security: SECURITY_VALUES.find(each => each === value) ?? 'auto' })
          }}
        />
      </div>
      {entrance !== 'connect' && (
        <div className={styles.row}>
          <TextInput
            className={styles.grow}
            label="User name"
            description={entrance === 'password' ? undefined : 'Leave empty where nobody signs in.'}
            value={typed.user}
            error={errorOf('user')}
            autoComplete="off"
            spellCheck={false}
            onChange={event => type({ user: event.currentTarget.value })}
          />
          <PasswordInput
            className={styles.grow}
            label="Password"
            description="Used for this test and not saved."
            value={typed.password}
            autoComplete="off"
            onChange={event => type({ password: event.currentTarget.value })}
          />
        </div>
      )}
      {(entrance === 'refused' || entrance === 'nothing') && <From label="Sender" {...{ typed, type, errorOf }} />}
    </>
  )
}

const SECURITY_VALUES = ['auto', 'starttls', 'tls', 'none'] as const

function From({ label, typed, type, errorOf }: FieldProps & { readonly label: string }) {
  return (
    <TextInput
      label={label}
      description="The address, or the domain, that the mail comes from."
      value={typed.from}
      error={errorOf('from')}
      autoComplete="off"
      spellCheck={false}
      onChange={event => type({ from: event.currentTarget.value })}
    />
  )
}
