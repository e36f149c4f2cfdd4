import { Button, Checkbox, Group, Modal, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ConsoleSignIn } from '#shared/contract/console.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { mechanismsIn } from '#shared/smtp/complete-command.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import { problemOf } from '../api/problem.ts'
import { Activity } from '../shell/activity.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import styles from './console.module.css'

type SignInDialogProps = {
  readonly offers: readonly string[]
  readonly encrypted: boolean
  /** Null without TLS. */
  readonly trusted: boolean | null
  readonly onSignIn: (asked: Omit<ConsoleSignIn, 'sessionId'>) => Promise<SignInEvidence | null>
  readonly onClose: () => void
}

type Going =
  | { readonly kind: 'none' }
  | { readonly kind: 'on'; readonly startedAt: number }
  | { readonly kind: 'answered'; readonly evidence: SignInEvidence }
  | { readonly kind: 'failed'; readonly problem: ProblemData }

/** AUTH without base64: the password is encoded by the engine and shown nowhere. */
export function SignInDialog({ offers, encrypted, trusted, onSignIn, onClose }: SignInDialogProps) {
  const [mechanism, setMechanism] = useState('')
  const [user, setUser] = useState('')
  const [secret, setSecret] = useState('')
  const [anyway, setAnyway] = useState(false)
  const [going, setGoing] = useState<Going>({ kind: 'none' })
  const risk = encrypted
    ? trusted === false
      ? 'The certificate is not trusted'
      : null
    : 'The connection is not encrypted'

  const submit = async () => {
    if (going.kind === 'on') return
    setGoing({ kind: 'on', startedAt: performance.now() })
    try {
      const evidence = await onSignIn({ mechanism: mechanism === '' ? null : mechanism, user, secret, anyway })
      // One attempt each time it is typed: a second one by accident could lock the account.
      setSecret('')
      if (evidence?.kind === 'accepted') return onClose()
      setGoing(evidence === null ? { kind: 'none' } : { kind: 'answered', evidence })
    } catch (error) {
      setGoing({ kind: 'failed', problem: problemOf(error) })
    }
  }
  useMainAction(() => void submit())
  return (
    <Modal opened onClose={onClose} title="Sign in">
      <form
        className={styles.signIn}
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          void submit()
        }}
      >
        <NativeSelect
          label="Mechanism"
          description={offers.length === 0 ? 'EHLO is said first, to see what the server offers.' : undefined}
          data={[
            { value: '', label: 'The best that the server offers' },
            ...mechanismsIn(offers).map(name => ({ value: name, label: name })),
          ]}
          value={mechanism}
          onChange={event => setMechanism(event.currentTarget.value)}
        />
        <TextInput
          label="User name"
          data-autofocus
          value={user}
          autoComplete="off"
          spellCheck={false}
          onChange={event => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password or token"
          description="Used once and not kept. In the session it stands as ***."
          value={secret}
          autoComplete="new-password"
          onChange={event => setSecret(event.currentTarget.value)}
        />
        {risk !== null && (
          <Checkbox
            label={`${risk}: sign in all the same`}
            description="Others may be able to read the password."
            checked={anyway}
            onChange={event => setAnyway(event.currentTarget.checked)}
          />
        )}
        {going.kind === 'on' && <Activity doing="Signing in" startedAt={going.startedAt} />}
        {going.kind === 'answered' && (
          <p role="alert" className={styles.refused}>
            {wordsOf(going.evidence)}
          </p>
        )}
        {going.kind === 'failed' && <ProblemNote what="The sign-in was not tried" problem={going.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={going.kind === 'on'}>
            Sign in
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

function wordsOf(evidence: SignInEvidence): string {
  switch (evidence.kind) {
    case 'accepted':
      return 'Signed in.'
    case 'rejected':
      return `The server refused: ${printReply(evidence.reply)}`
    case 'not-offered':
      return evidence.encrypted || !evidence.starttlsOffered
        ? 'The server offers no sign-in here. Nothing was sent.'
        : 'The server offers no sign-in before STARTTLS. Nothing was sent.'
    case 'no-shared-mechanism':
      if (evidence.offered.includes(evidence.wanted))
        return `${evidence.wanted} is offered, and is not spoken here. Nothing was sent.`
      return `The server does not offer ${evidence.wanted}; it offers ${evidence.offered.join(', ')}. Nothing was sent.`
    case 'withheld':
      return evidence.because === 'untrusted'
        ? 'The certificate is not trusted, so the password was not sent.'
        : 'The connection is not encrypted, so the password was not sent.'
    case 'server-not-proved':
      return 'The server took the sign-in and could not prove that it knows the password: it may be somebody else.'
    case 'no-secret':
      return 'There is no password to sign in with.'
    case 'no-reply':
      return `The server did not answer (${evidence.fault.detail ?? evidence.fault.cause}).`
  }
}
