import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { sentence } from '../form/words.ts'
import styles from './form.module.css'
import { type LookForm, settingsInUse } from './look-input.ts'

type LookFormProps = {
  readonly form: LookForm
  readonly accounts: readonly AccountView[]
  readonly busy: boolean
  /** What the engine said about a field. */
  readonly problem: ProblemData | null
  readonly onChange: (change: Partial<LookForm>) => void
  readonly onLook: () => void
}

const MORE = [
  {
    field: 'ip',
    label: 'Sending address (IP)',
    description: 'SPF and reverse DNS are checked for it',
    placeholder: '192.0.2.10',
  },
  {
    field: 'ehlo',
    label: 'EHLO name',
    description: 'What the sending server calls itself; compared with its reverse DNS',
    placeholder: 'mail.example.org',
  },
  {
    field: 'from',
    label: 'From address',
    description: 'Where its domain is not that of MAIL FROM',
    placeholder: 'you@example.org',
  },
  {
    field: 'selectors',
    label: 'DKIM selectors',
    description: 'The names of your keys; usual ones are tried anyway',
    placeholder: 's2026, mail',
  },
  {
    field: 'signing',
    label: 'Signing domain (d=)',
    description: 'What DKIM signatures say, if you know it',
    placeholder: 'example.org',
  },
  {
    field: 'resolver',
    label: 'Resolver',
    description: 'For this look, in place of the one in the settings, where its CA file is named too',
    placeholder: '192.0.2.53:53, tls://192.0.2.53',
  },
] as const

/** One field is enough; the rest makes the answer more exact. */
export function LookFormView({ form, accounts, busy, problem, onChange, onLook }: LookFormProps) {
  const [open, setOpen] = useState(settingsInUse(form) > 0)
  const inUse = settingsInUse(form)
  const faultOf = (field: string) => (problem?.field === field ? sentence(problem.message, problem.remedy) : null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onLook()
  }
  const chooseAccount = (accountId: string) => {
    const account = accounts.find(view => view.account.id === accountId)?.account
    const address = account?.from ?? (account?.user?.includes('@') ? account.user : null)
    onChange({ accountId, ...(address && form.domain.trim() === '' ? { domain: address } : {}) })
  }
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <div className={styles.mainRow}>
        <TextInput
          label="Domain or mail address"
          placeholder="example.org or you@example.org"
          autoComplete="off"
          spellCheck={false}
          className={styles.domainField}
          value={form.domain}
          error={faultOf('domain')}
          onChange={event => onChange({ domain: event.currentTarget.value })}
        />
        {accounts.length > 0 && (
          <NativeSelect
            label="Sent through"
            className={styles.accountField}
            value={form.accountId}
            error={faultOf('accountId')}
            onChange={event => chooseAccount(event.currentTarget.value)}
            data={[
              { value: '', label: 'Not chosen' },
              ...accounts.map(({ account }) => ({ value: account.id, label: account.name })),
            ]}
          />
        )}
        <Button
          type="submit"
          className={styles.lookButton}
          leftSection={<IconSearch size={16} aria-hidden />}
          disabled={busy || form.domain.trim() === ''}
        >
          Look
        </Button>
      </div>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={15} aria-hidden /> Sending address, selectors and more{inUse > 0 && ` (${inUse} set)`}
      </button>
      {open && (
        <div className={styles.moreFields}>
          {MORE.map(({ field, ...words }) => (
            <TextInput
              key={field}
              {...words}
              value={form[field]}
              error={faultOf(field)}
              onChange={event => onChange({ [field]: event.currentTarget.value })}
            />
          ))}
          <div className={styles.checks}>
            <Checkbox
              size="xs"
              label="Ask blocklists"
              description="A few public lists, which learn who asks"
              checked={form.blocklists}
              onChange={event => onChange({ blocklists: event.currentTarget.checked })}
            />
            <Checkbox
              size="xs"
              label="Connect to port 25"
              description="Compares certificates with DANE and the greeting with reverse DNS; sends no mail"
              checked={form.probe}
              onChange={event => onChange({ probe: event.currentTarget.checked })}
            />
          </div>
        </div>
      )}
    </form>
  )
}
