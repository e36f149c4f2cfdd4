import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { AccountChange } from '#shared/account/account.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { RunView } from '../run/run-view.tsx'
import { isRunning, type RunState } from '../run/run-state.ts'
import { offerUndo } from '../shell/offer-undo.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ReportDownload } from './report-download.tsx'
import { runAccount } from './run-account.ts'
import { SinceItWorked } from './since-it-worked.tsx'
import styles from './path-tab.module.css'

type PathTabProps = {
  readonly view: AccountView
  readonly run: RunState
  readonly onStop: () => void
  readonly onShowLine: (index: number) => void
  readonly onSend: () => void
}

export function PathTab({ view, run, onStop, onShowLine, onSend }: PathTabProps) {
  const { account } = view
  const [refused, setRefused] = useState<ProblemData | null>(null)
  const again = { id: account.id, purpose: run.purpose, sendTo: run.sendTo } as const

  const apply = async (change: AccountChange) => {
    setRefused(null)
    const before: AccountChange = Object.fromEntries(
      Object.keys(change).map(key => [key, account[key as keyof typeof account]]), // the keys of a change are settings
    )
    try {
      await client.accounts.update({ id: account.id, change })
    } catch (error) {
      return setRefused(problemOf(error))
    }
    await refreshAccounts()
    offerUndo(`The settings of “${account.name}” were changed`, async () => {
      await client.accounts.update({ id: account.id, change: before })
      await refreshAccounts()
    })
    await runAccount({ ...again, reuse: run.runId })
  }
  const setSecret = async (value: string) => {
    setRefused(null)
    try {
      await client.accounts.update({ id: account.id, secret: { kind: 'set', value } })
    } catch (error) {
      return setRefused(problemOf(error))
    }
    await refreshAccounts()
    await runAccount({ ...again, reuse: run.runId })
  }

  return (
    <>
      {refused && <ProblemNote what="The change was not made" problem={refused} />}
      <RunView
        run={run}
        settings={account}
        beside={run.report && <SinceItWorked accountId={account.id} report={run.report} />}
        onStop={onStop}
        onShowLine={onShowLine}
        actions={{
          apply: change => void apply(change),
          setSecret: value => void setSecret(value),
          testAgain: () => void runAccount(again),
        }}
        empty={
          <p className={styles.teach}>
            <strong>Test connection</strong> walks the way of a message: it looks up the server, connects, encrypts,
            signs in, and offers sender and recipient, then takes the offer back. No message is sent.
          </p>
        }
        allGood={
          run.purpose === 'test' && !isRunning(run) ? (
            <p className={styles.good}>
              <IconCircleCheck size={18} aria-hidden /> The server would take mail from this account.
              <Button size="compact-sm" variant="default" onClick={onSend}>
                Send a test email
              </Button>
            </p>
          ) : (
            <p className={styles.good}>
              <IconCircleCheck size={18} aria-hidden /> The server took the message for {run.sendTo}. Look into that
              mailbox.
            </p>
          )
        }
      />
      {run.report && <ReportDownload report={run.report} />}
    </>
  )
}
