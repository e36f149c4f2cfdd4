import { Button } from '@mantine/core'
import { IconFlask, IconPlus } from '@tabler/icons-react'
import type { AppInfo } from '#shared/contract/settings.ts'
import { secretStoreSentence } from '../shell/secret-store-sentence.ts'
import styles from './empty-accounts.module.css'

type EmptyAccountsProps = {
  readonly onAdd: () => void
  readonly onPractice: () => void
  readonly practicePending: boolean
  readonly secretStore: AppInfo['secretStore'] | null
}

export function EmptyAccounts({ onAdd, onPractice, practicePending, secretStore }: EmptyAccountsProps) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>No account yet</h2>
      <p>
        An account says where outgoing mail goes and how to sign in there. Type your mail address and Mailwright looks
        up the rest, tests every stage from the name lookup to the delivery, and writes an msmtprc from what worked.
      </p>
      <div className={styles.buttons}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          Add account
        </Button>
        <Button
          variant="default"
          leftSection={<IconFlask size={16} aria-hidden />}
          loading={practicePending}
          onClick={onPractice}
        >
          Try it with the practice server
        </Button>
      </div>
      <ul className={styles.facts}>
        <li>The practice server is built in: it listens on this machine only, and nothing leaves it.</li>
        <li>Have an msmtprc already? Drop it on this window, or choose “Import a file”.</li>
        {secretStore !== null && <li>{secretStoreSentence(secretStore)}</li>}
      </ul>
    </div>
  )
}
