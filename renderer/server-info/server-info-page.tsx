import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useState } from 'react'
import type { Security } from '#shared/account/account.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { prefillWizard, wizardHoldsWork } from '../add-account/prefill.ts'
import { problemOf } from '../api/problem.ts'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStop } from '../shell/shortcuts.ts'
import { useStore } from '../shell/store.ts'
import { Teach } from '../shell/teach.tsx'
import { LookForm } from './look-form.tsx'
import { isLooking, shownLook } from './look-state.ts'
import { LookView } from './look-view.tsx'
import { checkRisks, lookAtPractice, looks, startLook, stopLook } from './looks.ts'
import { practiceAccount } from './practice-account.ts'
import { ReplaceDialog } from './replace-dialog.tsx'

type Way = { readonly host: string; readonly port: number; readonly security: Security }

/** Host in, everything out: what a mail server offers, on which ports, with which certificate. */
export function ServerInfoPage() {
  const state = useStore(looks)
  const look = shownLook(state)
  const [replacing, setReplacing] = useState<Way | null>(null)
  const [problem, setProblem] = useState<ProblemData | null>(null)
  const [starting, setStarting] = useState(false)
  useStop(look && isLooking(look) ? () => stopLook(look.id) : null)

  const fill = (way: Way) => {
    prefillWizard(way)
    navigate({ page: 'add' })
  }
  const use = async (way: Way) => {
    setProblem(null)
    try {
      const made = await practiceAccount(way)
      if (made !== null) return navigate({ page: 'account', id: made, tab: 'path' })
      if (wizardHoldsWork()) setReplacing(way)
      else fill(way)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  const practise = async () => {
    setProblem(null)
    setStarting(true)
    try {
      await lookAtPractice()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setStarting(false)
    }
  }

  return (
    <Page
      title="Server info"
      wide
      lead="What a mail server offers, on which ports, and with which certificate. No password and no message is sent."
    >
      <LookForm
        typed={state.typed}
        security={state.security}
        dispatch={looks.dispatch}
        onLook={asked => void startLook(asked)}
      />
      {problem && <ProblemNote what="That was not done" problem={problem} />}
      {look === null ? (
        <Teach>
          <p>
            Type the name of a mail server, such as the one in the settings of your mail program. Every usual port is
            tried with and without encryption over IPv4 and IPv6, and the port you name is looked at closely: what the
            server offers before and behind TLS, its certificates, and where the time goes.
          </p>
          <Button
            variant="default"
            leftSection={<IconFlask size={16} aria-hidden />}
            loading={starting}
            onClick={() => void practise()}
          >
            Try it with the practice server
          </Button>
        </Teach>
      ) : (
        <LookView
          key={look.id}
          look={look}
          all={state.looks}
          comparedWith={state.comparedWith}
          dispatch={looks.dispatch}
          onStop={() => stopLook(look.id)}
          onLook={asked => void startLook(asked)}
          onCheck={asked => void checkRisks(look, asked)}
          onUse={way => void use(way)}
        />
      )}
      {replacing && <ReplaceDialog onReplace={() => fill(replacing)} onClose={() => setReplacing(null)} />}
    </Page>
  )
}
