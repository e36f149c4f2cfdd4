import { Button, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ProblemData } from '#shared/problem-data.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import styles from './settings-page.module.css'

const WORDS = 'delete everything'

type DeleteEverythingProps = {
  readonly pending: boolean
  readonly problem: ProblemData | null
  readonly done: boolean
  readonly onDelete: () => void
}

/** The one thing that cannot be undone asks for its words to be typed. */
export function DeleteEverything({ pending, problem, done, onDelete }: DeleteEverythingProps) {
  const [typed, setTyped] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (typed !== WORDS) return
    setTyped('')
    onDelete()
  }
  return (
    <form onSubmit={submit}>
      <p className={styles.hint}>
        Accounts, passwords that Mailwright keeps, history and settings. Files that you saved elsewhere, such as an
        msmtprc, stay. This cannot be undone.
      </p>
      <div className={styles.delete}>
        <TextInput
          label={`Type “${WORDS}” to confirm`}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" color="red" disabled={typed !== WORDS} loading={pending}>
          Delete everything
        </Button>
      </div>
      {problem && <ProblemNote what="Not everything was deleted" problem={problem} />}
      {done && <p role="status">Everything was deleted.</p>}
    </form>
  )
}
