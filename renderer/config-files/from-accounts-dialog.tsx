import { Button, Checkbox, Group, Modal, Radio, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MsmtprcPreview, MsmtprcSecret } from '#shared/contract/msmtprc.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { Loading } from '../shell/loading.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import styles from './config-files.module.css'

type FromAccountsDialogProps = {
  readonly onMade: (made: MsmtprcPreview) => void
  readonly onClose: () => void
}

/** A file with the password in it is saved on the account's own page: here the text would show it. */
const SECRETS: readonly { readonly value: MsmtprcSecret; readonly label: string }[] = [
  { value: 'keyring', label: 'Key ring' },
  { value: 'gpg', label: 'GPG' },
  { value: 'prompt', label: 'Ask each time' },
]

/** More than this is found by typing. */
const LISTED = 100

/** Which accounts the new file is to hold; the first one becomes the default. */
export function FromAccountsDialog({ onMade, onClose }: FromAccountsDialogProps) {
  const accounts = useQuery(api.accounts.list.queryOptions())
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [filter, setFilter] = useState('')
  const [secret, setSecret] = useState<MsmtprcSecret>('keyring')
  const list = (accounts.data ?? []).map(view => view.account)
  const chosen = list.filter(({ id }) => !left.has(id))
  const matching = list.filter(({ name, host }) => `${name} ${host}`.toLowerCase().includes(filter.toLowerCase()))
  const make = useMutation(api.msmtprc.preview.mutationOptions({ onSuccess: onMade }))
  const defaultId = accounts.data?.find(view => view.isDefault && !left.has(view.account.id))?.account.id ?? null
  const put = (id: string, wanted: boolean) => {
    const next = new Set(left)
    if (wanted) next.delete(id)
    else next.add(id)
    setLeft(next)
  }
  return (
    <Modal opened onClose={onClose} size="lg" title="Make a file from accounts">
      {accounts.isPending && <Loading doing="Reading the accounts" />}
      {accounts.error && <ProblemNote what="The accounts could not be read" problem={problemOf(accounts.error)} />}
      {accounts.data && list.length === 0 && <p className={styles.dim}>There is no account yet. Add one first.</p>}
      {list.length > 0 && (
        <>
          {list.length > 8 && (
            <TextInput
              label="Find an account"
              value={filter}
              onChange={event => setFilter(event.currentTarget.value)}
            />
          )}
          <div className={styles.list} role="group" aria-label="Accounts">
            {matching.slice(0, LISTED).map(({ id, name, host }) => (
              <Checkbox
                key={id}
                label={name}
                description={host}
                checked={!left.has(id)}
                onChange={event => put(id, event.currentTarget.checked)}
              />
            ))}
          </div>
          {matching.length > LISTED && (
            <p className={styles.dim}>
              {matching.length - LISTED} more are not shown; they {left.size === 0 ? 'are' : 'stay'} chosen unless you
              find and untick them.
            </p>
          )}
          <Radio.Group
            label="Where msmtp gets the passwords"
            value={secret}
            onChange={value => setSecret(SECRETS.find(choice => choice.value === value)?.value ?? secret)}
          >
            <Group mt={6}>
              {SECRETS.map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Group>
          </Radio.Group>
          {make.error && <ProblemNote what="The file cannot be written" problem={problemOf(make.error)} />}
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={chosen.length === 0}
          loading={make.isPending}
          onClick={() => make.mutate({ accountIds: chosen.map(({ id }) => id), defaultId, secret })}
        >
          Make the file
        </Button>
      </Group>
    </Modal>
  )
}
