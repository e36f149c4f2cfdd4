import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { problemOf } from '../api/problem.ts'
import { nameFault } from './name-fault.ts'

type RenameDialogProps = {
  readonly view: AccountView
  readonly taken: readonly string[]
  readonly onRename: (name: string) => Promise<void>
  readonly onClose: () => void
}

export function RenameDialog({ view, taken, onRename, onClose }: RenameDialogProps) {
  const [name, setName] = useState(view.account.name)
  const [refused, setRefused] = useState<string | null>(null)
  const fault = nameFault(
    name,
    taken.filter(other => other !== view.account.name),
  )
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    try {
      await onRename(name.trim())
      onClose()
    } catch (error) {
      setRefused(problemOf(error).message)
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Rename “${view.account.name}”`}>
      <form onSubmit={event => void submit(event)}>
        <TextInput
          label="Name"
          description="Stands in the msmtprc as the account's name"
          data-autofocus
          value={name}
          error={refused ?? fault}
          onChange={event => {
            setRefused(null)
            setName(event.currentTarget.value)
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={fault !== null}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
