import { Button, Checkbox, Group, Modal, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import { sentence } from '../form/words.ts'
import own from './risk-checks.module.css'

export type RisksAsked = {
  readonly injection: boolean
  readonly relay: { readonly mailFrom: string; readonly rcptTo: string } | null
}

type RiskDialogProps = {
  readonly host: string
  readonly offersStarttls: boolean
  readonly onCheck: (asked: RisksAsked) => void
  readonly onClose: () => void
}

/** What is to be tried, and the word of whoever asks that the server is theirs to try it on. */
export function RiskDialog({ host, offersStarttls, onCheck, onClose }: RiskDialogProps) {
  const [injection, setInjection] = useState(offersStarttls)
  const [relay, setRelay] = useState(false)
  const [rcptTo, setRcptTo] = useState('')
  const [allowed, setAllowed] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!relay) return onCheck({ injection, relay: null })
    const parsed = parseAddress(rcptTo)
    if (!parsed.ok) return setFault(sentence(addressFaultMessage(parsed.error)))
    onCheck({ injection, relay: { mailFrom: '', rcptTo: parsed.value.address } })
  }
  return (
    <Modal opened onClose={onClose} title={`Try whether ${host} is at risk`}>
      <form onSubmit={submit} noValidate>
        <div className={own.form}>
          <Checkbox
            label="Commands slipped in before encryption"
            description={
              offersStarttls
                ? 'A harmless NOOP goes in plain text behind STARTTLS; behind TLS it must not be answered.'
                : 'The server does not offer STARTTLS here, so there is nothing to try.'
            }
            checked={injection}
            disabled={!offersStarttls}
            onChange={event => setInjection(event.currentTarget.checked)}
          />
          <Checkbox
            label="Mail from anybody to anybody"
            description="Without sign-in, the empty sender and the recipient below are named and taken back. No message is sent."
            checked={relay}
            onChange={event => setRelay(event.currentTarget.checked)}
          />
          {relay && (
            <TextInput
              label="A recipient that the server has nothing to do with"
              placeholder="someone@example.org"
              value={rcptTo}
              error={fault}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              onChange={event => {
                setFault(null)
                setRcptTo(event.currentTarget.value)
              }}
            />
          )}
          <Checkbox
            label="I am responsible for this server, or was asked to test it"
            checked={allowed}
            onChange={event => setAllowed(event.currentTarget.checked)}
          />
          {!allowed && (
            <Text size="xs" c="dimmed">
              In the log of the server this looks like an attack, and some servers shut out whoever does it.
            </Text>
          )}
        </div>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!allowed || !(injection || relay)}>
            Try it
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
