import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { AccountChange } from '#shared/account/account.ts'
import { type SettingsFix, valuesBefore } from '#shared/fix/apply-fix.ts'
import { beginAttempt, continueAttempt, outcomeOf, rootOf, type Attempt } from '#shared/fix/attempt.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { SinceItWorked } from '../account/since-it-worked.tsx'
import { problemOf } from '../api/problem.ts'
import { isRunning, type RunState } from '../run/run-state.ts'
import { AfterChange } from '../findings/after-change.tsx'
import { RunView } from '../run/run-view.tsx'
import { offerUndo } from '../shell/offer-undo.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction, useStop } from '../shell/shortcuts.ts'
import { TranscriptDialog } from '../transcript/transcript-dialog.tsx'
import { AllGood } from './all-good.tsx'
import type { EntranceId } from './entrances.ts'
import { LocateView } from './locate-view.tsx'
import { ReportSection } from './report-section.tsx'
import { SpamView } from './spam-view.tsx'
import { Sureness } from './sureness.tsx'
import { ThereSection } from './there-section.tsx'
import {
  answer,
  changeSettings,
  locate,
  saveSecret,
  stopAnswering,
  test,
  testConnection,
  troubleshoot,
  troubleshootRun,
} from './troubleshooting.ts'
import type { Subject, TroubleshootState } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

type AnswerStepProps = {
  readonly entrance: Exclude<EntranceId, 'text'>
  readonly state: TroubleshootState
  readonly subject: Subject
  readonly run: RunState
  readonly onOther: (entrance: EntranceId) => void
}

/** What was found: the cause, how sure, the fix, the test that decides, and a report. */
export function AnswerStep({ entrance, state, subject, run, onOther }: AnswerStepProps) {
  const { locating, applied, typed } = state
  const [refused, setRefused] = useState<ProblemData | null>(null)
  const [shownLine, setShownLine] = useState<number | null>(null)
  const [transcriptOpen, setTranscriptOpen] = useState(false)
  const report = useMemo(() => run.report && { ...run.report, tried: [...state.tried] }, [run.report, state.tried])
  const busy = isRunning(run) || locating.phase === 'running'
  const again = () => void answer(entrance, subject, typed.password)
  useMainAction(busy ? null : again)
  useStop(busy ? stopAnswering : null)

  const testAgain = async (changed: Subject, password: string) => {
    if (entrance !== 'connect') return test(changed, password, run.purpose)
    await Promise.all([testConnection(changed), locate(changed, null)])
  }
  const tryChange = async (changed: Subject, tried: Attempt) => {
    troubleshoot.dispatch({ kind: 'applied', applied: tried })
    await testAgain(changed, typed.password)
    if (tried.cause === null) return
    const outcome = outcomeOf(tried.cause, troubleshootRun.get().findings)
    troubleshoot.dispatch({
      kind: 'tried',
      tried: { label: tried.label, helped: outcome === 'cured' || outcome === 'further' },
    })
  }
  const apply = async (change: AccountChange) => {
    setRefused(null)
    const before = valuesBefore(subject.settings, change)
    const attempt = beginAttempt(run.findings, change, before)
    try {
      const changed = await changeSettings(subject, change)
      offerUndo(`The settings of “${subject.name}” were changed`, async () => {
        await changeSettings(changed, before)
        troubleshoot.dispatch({ kind: 'applied', applied: null })
      })
      await tryChange(changed, attempt)
    } catch (error) {
      setRefused(problemOf(error))
    }
  }
  const takeBack = async (next: SettingsFix | null) => {
    if (applied === null) return
    setRefused(null)
    try {
      const back = await changeSettings(subject, applied.before)
      troubleshoot.dispatch({ kind: 'applied', applied: null })
      if (next === null) return await testAgain(back, typed.password)
      const before = valuesBefore(back.settings, next.change)
      const changed = await changeSettings(back, next.change)
      await tryChange(changed, continueAttempt(applied, next, before))
    } catch (error) {
      setRefused(problemOf(error))
    }
  }

  const setSecret = async (value: string) => {
    setRefused(null)
    try {
      await saveSecret(subject, value)
      await testAgain(subject, value)
    } catch (error) {
      setRefused(problemOf(error))
    }
  }

  if (entrance === 'spam') return <SpamView />
  const cause = isRunning(run) ? null : rootOf(run.findings)
  return (
    <>
      {refused && <ProblemNote what="The change was not made" problem={refused} />}
      {entrance === 'connect' && (
        <LocateView
          locating={locating}
          controlHost={typed.controlHost}
          onControlHost={controlHost => troubleshoot.dispatch({ kind: 'type', typed: { controlHost } })}
          onCompare={host => void locate(subject, host)}
          onStop={stopAnswering}
          onUse={change => void apply(change)}
        />
      )}
      {applied && !isRunning(run) && (
        <AfterChange attempt={applied} findings={run.findings} onTakeBack={fix => void takeBack(fix)} />
      )}
      {cause && <Sureness confidence={cause.confidence} of={cause.title} />}
      <RunView
        run={run}
        settings={subject.settings}
        beside={
          run.report &&
          subject.accountId !== null && (
            <SinceItWorked accountId={subject.accountId} report={run.report} connectionOnly={entrance === 'connect'} />
          )
        }
        onStop={stopAnswering}
        onShowLine={index => {
          setShownLine(index)
          setTranscriptOpen(true)
        }}
        actions={{
          apply: change => void apply(change),
          setSecret: value => void setSecret(value),
          testAgain: () => void testAgain(subject, typed.password),
        }}
        empty={null}
        allGood={<AllGood entrance={entrance} run={run} onOther={onOther} />}
      />
      <div className={styles.bar}>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} disabled={busy} onClick={again}>
          Test again
        </Button>
        {run.lines.length > 0 && (
          <Button variant="default" onClick={() => setTranscriptOpen(true)}>
            Transcript
          </Button>
        )}
      </div>
      <ThereSection
        subject={subject}
        here={run.steps}
        pasted={state.there}
        onPaste={text => troubleshoot.dispatch({ kind: 'there', text })}
      />
      {report && <ReportSection report={report} />}
      {transcriptOpen && (
        <TranscriptDialog
          run={run}
          name={subject.name}
          shownLine={shownLine}
          onClose={() => setTranscriptOpen(false)}
        />
      )}
    </>
  )
}
