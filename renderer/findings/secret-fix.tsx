import { Button, PasswordInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { sentence } from '../form/words.ts'
import styles from './findings.module.css'

type SecretFixProps = {
  readonly hint: string
  readonly busy: boolean
  readonly onSet: ((value: string) => void) | null
}

/** The password typed again, where it was refused. */
export function SecretFix({ hint, busy, onSet }: SecretFixProps) {
  const [value, setValue] = useState('')
  if (!onSet) return <p className={styles.why}>{sentence(hint)}</p>
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onSet(value)
    setValue('')
  }
  return (
    <form onSubmit={submit} className={styles.secret}>
      <PasswordInput
        label="Password"
        description={sentence(hint)}
        value={value}
        autoComplete="off"
        onChange={event => setValue(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" disabled={busy || value === ''}>
        Save and test again
      </Button>
    </form>
  )
}
