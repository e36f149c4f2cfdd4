import { Button } from '@mantine/core'
import { IconCircleCheck, IconFileExport, IconPlus, IconRoute, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { runAccount } from '../account/run-account.ts'
import { SendDialog } from '../account/send-dialog.tsx'
import { SettingsCopy } from '../account/settings-copy.tsx'
import { isRunning, type RunState } from '../run/run-state.ts'
import { verdictOfRun } from '../run/verdict-of-run.ts'
import { navigate } from '../shell/navigation.ts'
import type { AccountTab } from '../shell/route.ts'
import { useMainAction } from '../shell/shortcuts.ts'
import { VerdictMark } from '../shell/verdict.tsx'
import styles from './step.module.css'

type StepDoneProps = {
  readonly view: AccountView
  /** The test of what was stored. */
  readonly run: RunState
  readonly onRestart: () => void
}

const KEPT = {
  keyring: 'Its password is in the key ring.',
  session: 'Its password is kept until the program ends.',
  none: 'No password is kept for it.',
} as const

export function StepDone({ view, run, onRestart }: StepDoneProps) {
  const { account } = view
  const [sendOpen, setSendOpen] = useState(false)
  const open = (tab: AccountTab) => navigate({ page: 'account', id: account.id, tab })
  const verdict = verdictOfRun(run)
  useMainAction(sendOpen ? null : () => setSendOpen(true))
  return (
    <>
      <div className={styles.done}>
        <IconCircleCheck size={26} aria-hidden />
        <div>
          <h2 className={styles.title}>“{account.name}” is saved</h2>
          <p className={styles.words}>
            {KEPT[view.secret]} {isRunning(run) && 'It is being tested once more, from what is stored.'}
            {verdict !== null && (
              <>
                Tested from what is stored: <VerdictMark verdict={verdict} />
              </>
            )}
          </p>
        </div>
      </div>
      <div className={styles.next}>
        <Button leftSection={<IconSend size={16} aria-hidden />} onClick={() => setSendOpen(true)}>
          Send a test email
        </Button>
        <Button variant="default" leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => open('export')}>
          Save an msmtprc
        </Button>
        <Button variant="default" leftSection={<IconRoute size={16} aria-hidden />} onClick={() => open('path')}>
          Open the account
        </Button>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onRestart}>
          Add another
        </Button>
      </div>
      <SettingsCopy account={account} />
      {sendOpen && (
        <SendDialog
          suggested={account.from ?? account.user ?? ''}
          onSend={sendTo => {
            open('path')
            void runAccount({ id: account.id, purpose: 'send', sendTo })
          }}
          onClose={() => setSendOpen(false)}
        />
      )}
    </>
  )
}
