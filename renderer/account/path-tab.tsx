import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { AccountChange } from '#shared/account/account.ts'
import { type SettingsFix, valuesBefore } from '#shared/fix/apply-fix.ts'
import { beginAttempt, continueAttempt, type Attempt } from '#shared/fix/attempt.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { AfterChange } from '../findings/after-change.tsx'
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
  const [attempt, setAttempt] = useState<Attempt | null>(null)
  const again = { id: account.id, purpose: run.purpose, sendTo: run.sendTo } as const

  const change = async (next: AccountChange): Promise<boolean> => {
    setRefused(null)
    try {
      await client.accounts.update({ id: account.id, change: next })
      await refreshAccounts()
      return true
    } catch (error) {
      setRefused(problemOf(error))
      return false
    }
  }
  const apply = async (next: AccountChange) => {
    const before = valuesBefore(account, next)
    const begun = beginAttempt(run.findings, next, before)
    if (!(await change(next))) return
    offerUndo(`The settings of “${account.name}” were changed`, async () => {
      await change(before)
      setAttempt(null)
    })
    setAttempt(begun)
    await runAccount({ ...again, reuse: run.runId })
  }
  const takeBack = async (next: SettingsFix | null) => {
    if (attempt === null) return
    const back = { ...account, ...attempt.before }
    const before = next && valuesBefore(back, next.change)
    if (!(await change({ ...attempt.before, ...next?.change }))) return
    setAttempt(next && before && continueAttempt(attempt, next, before))
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
      {attempt && run.report && !isRunning(run) && (
        <AfterChange attempt={attempt} findings={run.findings} onTakeBack={next => void takeBack(next)} />
      )}
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
