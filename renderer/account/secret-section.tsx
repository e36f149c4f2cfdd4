import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import type { Preset } from '#shared/account/preset.ts'
import type { AccountView, SecretState } from '#shared/contract/account-view.ts'
import type { SecretInput } from '#shared/contract/run.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { problemOf } from '../api/problem.ts'
import { SecretField } from '../form/secret-field.tsx'
import { sentence } from '../form/words.ts'
import { notify } from '../shell/offer-undo.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import styles from './settings-tab.module.css'

type SecretSectionProps = {
  readonly view: AccountView
  readonly preset: Preset | null
  /** Where passwords go, as a sentence. */
  readonly storeSentence: string
  /** Rejects with what the engine says. */
  readonly onStore: (secret: SecretInput) => Promise<void>
}

const WORDS: Readonly<Record<SecretState, string>> = {
  keyring: 'Kept in the key ring.',
  session: 'Kept in memory until the program ends.',
  none: 'None is kept.',
}

/** Where the password is, and how to change or forget it. It is stored at once, apart from the other settings. */
export function SecretSection({ view, preset, storeSentence, onStore }: SecretSectionProps) {
  const [storing, setStoring] = useState(false)
  const [changing, setChanging] = useState(false)
  const [value, setValue] = useState('')
  const [settled, setSettled] = useState(false)
  const [refused, setRefused] = useState<ProblemData | null>(null)
  const store = async (secret: SecretInput, done: string) => {
    setRefused(null)
    setStoring(true)
    try {
      await onStore(secret)
      setChanging(false)
      setValue('')
      notify(done)
    } catch (error) {
      setRefused(problemOf(error))
    } finally {
      setStoring(false)
    }
  }
  return (
    <div className={styles.secret}>
      <IconKey size={18} aria-hidden />
      <span className={styles.secretWords}>
        <strong>Password.</strong> {WORDS[view.secret]}{' '}
        {view.account.secret.kind === 'command' && <>msmtp gets it from a command that Mailwright never runs.</>}
      </span>
      <Button size="xs" variant="default" aria-expanded={changing} onClick={() => setChanging(!changing)}>
        {view.secret === 'none' ? 'Set a password' : 'Change'}
      </Button>
      {view.secret !== 'none' && (
        <Button
          size="xs"
          variant="default"
          onClick={() => void store({ kind: 'forget' }, 'The password was forgotten')}
        >
          Forget
        </Button>
      )}
      {changing && (
        // Not a form of its own: it stands inside the settings' form.
        <div className={styles.secretForm}>
          <SecretField
            label="New password"
            help={preset ? sentence(preset.secret.hint) : storeSentence}
            value={value}
            preset={preset}
            settled={settled}
            onChange={next => {
              setSettled(false)
              setValue(next)
            }}
            onLeave={() => setSettled(true)}
          />
          <Button
            size="sm"
            loading={storing}
            disabled={value === ''}
            onClick={() => void store({ kind: 'set', value }, 'The password was stored')}
          >
            Store
          </Button>
        </div>
      )}
      {refused && <ProblemNote what="The password was not stored" problem={refused} />}
    </div>
  )
}
