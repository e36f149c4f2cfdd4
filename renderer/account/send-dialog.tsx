import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import { sentence } from '../form/words.ts'
import { useMainAction } from '../shell/shortcuts.ts'

type SendDialogProps = {
  readonly suggested: string
  readonly onSend: (sendTo: string) => void
  readonly onClose: () => void
}

/** Nothing is sent without saying to whom. */
export function SendDialog({ suggested, onSend, onClose }: SendDialogProps) {
  const [sendTo, setSendTo] = useState(suggested)
  const [tried, setTried] = useState(false)
  const parsed = parseAddress(sendTo)
  const send = () => {
    setTried(true)
    if (!parsed.ok) return
    onSend(parsed.value.address)
    onClose()
  }
  useMainAction(send)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <Modal opened onClose={onClose} title="Send test email">
      <form onSubmit={submit} noValidate>
        <TextInput
          label="Recipient"
          description="One message goes there, and nowhere else"
          type="email"
          data-autofocus
          value={sendTo}
          error={tried && !parsed.ok && sentence(addressFaultMessage(parsed.error))}
          onChange={event => {
            setTried(false)
            setSendTo(event.currentTarget.value)
          }}
        />
        <Text size="sm" c="dimmed" mt="sm">
          The message carries the settings that worked, the TLS version and cipher, and the time that each stage took.
          It never holds the password.
        </Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" leftSection={<IconSend size={16} aria-hidden />}>
            Send
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
