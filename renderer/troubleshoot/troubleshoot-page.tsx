import { Button } from '@mantine/core'
import { IconFlask, IconRotate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { openReport } from '#shared/report/open-report.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { DropZone } from '../accounts/drop-zone.tsx'
import type { ProblemData } from '#shared/problem-data.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import { WizardSteps } from '../shell/wizard-steps.tsx'
import { AnswerStep } from './answer-step.tsx'
import { OpenedReport } from './opened-report.tsx'
import { SeeStep } from './see-step.tsx'
import { STEPS, type TroubleshootStep } from './troubleshoot-state.ts'
import { TextAnswer } from './text-answer.tsx'
import { TextStep } from './text-step.tsx'
import { answer, troubleshoot, troubleshootRun } from './troubleshooting.ts'
import styles from './troubleshoot.module.css'
import { WhereStep } from './where-step.tsx'

const STEP_NAMES: Readonly<Record<TroubleshootStep, string>> = {
  see: 'What you see',
  where: 'Where',
  answer: 'What it is',
}

/** The wizard for "it does not work": what you see, where, what it is. */
export function TroubleshootPage() {
  const state = useStore(troubleshoot)
  const run = useStore(troubleshootRun)
  const accounts = useQuery(api.accounts.list.queryOptions())
  const [problem, setProblem] = useState<ProblemData | null>(null)
  const [starting, setStarting] = useState(false)
  const { step, reached, entrance, typed, subject, opened } = state
  const { dispatch } = troubleshoot

  const readReport = (name: string, text: string): boolean => {
    const report = openReport(text)
    if (report.ok) dispatch({ kind: 'open', name, report: report.value })
    return report.ok
  }
  const dropped = async (file: File) => {
    const report = openReport(await file.text())
    if (report.ok) return dispatch({ kind: 'open', name: file.name, report: report.value })
    const remedy = 'Choose "I have an error text" for a log or a bounce.'
    setProblem({ code: 'bad-input', message: report.error, field: null, remedy })
  }
  const practise = async () => {
    setProblem(null)
    setStarting(true)
    try {
      await client.practice.start()
      const { account } = await client.practice.createAccount({ endpoint: null })
      await client.practice.setFaults({ active: ['refuse-password'] })
      await refreshAccounts()
      dispatch({ kind: 'choose', entrance: 'password' })
      dispatch({ kind: 'type', typed: { accountId: account.id } })
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setStarting(false)
    }
  }

  return (
    <Page
      title="Troubleshoot"
      lead="What keeps mail from working, what proves it, how sure that is, and what cures it."
      actions={
        (entrance !== null || opened) && (
          <Button
            variant="default"
            leftSection={<IconRotate size={16} aria-hidden />}
            onClick={() => dispatch({ kind: 'restart' })}
          >
            Start anew
          </Button>
        )
      }
    >
      {problem && <ProblemNote what="That could not be done" problem={problem} />}
      {opened ? (
        <OpenedReport
          name={opened.name}
          opened={opened.report}
          here={run.report}
          onClose={() => dispatch({ kind: 'close-report' })}
        />
      ) : (
        <>
          <WizardSteps
            steps={STEPS}
            names={STEP_NAMES}
            step={step}
            reached={reached}
            onGo={to => dispatch({ kind: 'go', step: to })}
          />
          {(step === 'see' || entrance === null) && (
            <>
              <DropZone onFile={file => void dropped(file)} words="Drop a saved report to open it again" />
              <h2 className={styles.question}>What do you see?</h2>
              <SeeStep
                chosen={entrance}
                onChoose={chosen => {
                  setProblem(null)
                  dispatch({ kind: 'choose', entrance: chosen })
                }}
              />
              <div className={styles.teach}>
                <p>
                  Pick what comes nearest. Each way runs only what its question needs and says beforehand what it sends.
                  A report that was saved as JSON can be dropped here: it is judged again by today's rules.
                </p>
                <p>
                  To try it out, the practice server can refuse every password for you, until you switch that off on its
                  page.
                </p>
                <Button
                  variant="default"
                  leftSection={<IconFlask size={16} aria-hidden />}
                  loading={starting}
                  onClick={() => void practise()}
                >
                  Try it with the practice server
                </Button>
              </div>
            </>
          )}
          {step === 'where' && entrance === 'text' && (
            <TextStep
              typed={typed}
              onType={change => dispatch({ kind: 'type', typed: change })}
              onRead={() => dispatch({ kind: 'ask', subject: null })}
              onReport={readReport}
            />
          )}
          {step === 'where' && entrance !== null && entrance !== 'text' && (
            <WhereStep
              key={entrance}
              entrance={entrance}
              typed={typed}
              accounts={accounts.data ?? []}
              onType={change => dispatch({ kind: 'type', typed: change })}
              onAsk={asked => void answer(entrance, asked, typed.password)}
            />
          )}
          {step === 'answer' && entrance === 'text' && (
            <TextAnswer typed={typed} told={state.told} onTell={means => dispatch({ kind: 'tell', means })} />
          )}
          {step === 'answer' && entrance !== null && entrance !== 'text' && subject !== null && (
            <AnswerStep
              entrance={entrance}
              state={state}
              subject={subject}
              run={run}
              onOther={chosen => dispatch({ kind: 'choose', entrance: chosen })}
            />
          )}
        </>
      )}
    </Page>
  )
}
