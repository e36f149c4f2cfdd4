import { Button, TextInput } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react'
import type { ConsoleState } from '#shared/contract/console.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { LONGEST_TYPED_LINE } from '#shared/smtp/console-line.ts'
import { completeCommand, lastWords, sharedBeginning } from '#shared/smtp/complete-command.ts'
import { sentence } from '../form/words.ts'
import type { PageAction } from './console-state.ts'
import styles from './console.module.css'

type PromptProps = {
  readonly text: string
  readonly state: ConsoleState
  /** Why the line was not sent. */
  readonly problem: ProblemData | null
  readonly dispatch: (action: PageAction) => void
  readonly onSend: (line: string) => void
}

const NOT_GREETED =
  'The server has not greeted yet. Wait for it: many servers turn those away who speak first. A port that begins with TLS never greets in the clear.'

const HINTS: Readonly<Record<ConsoleState['mode'], string>> = {
  commands: 'Enter sends, ↑ and ↓ walk through what was sent, Tab completes a begun command.',
  message:
    'These lines are the message, and go as they are typed. A single dot ends and sends it; type a second dot before one that begins a line.',
  'sign-in': 'The server waits for the next part of the sign-in, in base64. It is not shown; * cancels.',
  busy: 'The server is being waited for.',
}

/** Where commands are typed. */
export function Prompt({ text, state, problem, dispatch, onSend }: PromptProps) {
  const input = useRef<HTMLInputElement>(null)
  const [choices, setChoices] = useState<readonly string[]>([])
  const { mode } = state
  useEffect(() => {
    if (mode !== 'busy') input.current?.focus()
  }, [mode])

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      setChoices([])
      return dispatch({ kind: event.key === 'ArrowUp' ? 'older' : 'newer' })
    }
    if (event.key !== 'Tab' || event.shiftKey || mode !== 'commands') return
    const found = completeCommand(text, state.offers)
    const added = sharedBeginning(found)
    // Nothing to add: the key moves on as it does everywhere, so that nobody is caught here.
    if (added.length <= text.length)
      return setChoices(found.length > 1 && choices.length === 0 ? keep(event, found) : [])
    event.preventDefault()
    setChoices(found.length > 1 ? found : [])
    dispatch({ kind: 'prompt', text: added })
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setChoices([])
    if (mode === 'message' || text.trim() !== '') onSend(text)
  }
  const hint =
    choices.length > 0 ? lastWords(text, choices).words.join('   ') : state.greeted ? HINTS[mode] : NOT_GREETED
  return (
    <form onSubmit={submit} className={styles.prompt}>
      <TextInput
        ref={input}
        className={styles.promptInput}
        aria-label="Command"
        description={problem === null && hint}
        error={problem && <Refused problem={problem} />}
        // What is typed into a sign-in is a secret, or as good as one.
        type={mode === 'sign-in' ? 'password' : 'text'}
        leftSection={<span className={styles.sign}>{state.encrypted ? '~>' : '->'}</span>}
        value={text}
        maxLength={LONGEST_TYPED_LINE}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={event => {
          setChoices([])
          dispatch({ kind: 'prompt', text: event.currentTarget.value })
        }}
        onKeyDown={press}
      />
      <Button type="submit" disabled={mode === 'busy'} leftSection={<IconSend size={16} aria-hidden />}>
        Send
      </Button>
    </form>
  )
}

function Refused({ problem: { message, remedy } }: { readonly problem: ProblemData }) {
  return (
    <span role="alert">
      {sentence(message)} {remedy !== null && sentence(remedy)}
    </span>
  )
}

// Several ways to go on: the first Tab shows them and stays.
function keep(event: KeyboardEvent, found: readonly string[]): readonly string[] {
  event.preventDefault()
  return found
}
