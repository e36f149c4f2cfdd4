import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { SecretInput } from '#shared/contract/run.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { runAccount, runKey } from '../account/run-account.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { verdictOfRun } from '../run/verdict-of-run.ts'
import { clearRun, runOf, startRun, stopRun } from '../run/runs.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import { WizardSteps } from '../shell/wizard-steps.tsx'
import { StepDetails } from './step-details.tsx'
import { StepDone } from './step-done.tsx'
import { StepSignIn } from './step-sign-in.tsx'
import { StepTest } from './step-test.tsx'
import { StepWhere } from './step-where.tsx'
import { WIZARD_STEPS, type WizardState, type WizardStep, wizardSettings } from './wizard-state.ts'
import { wizard } from './wizard-store.ts'

const STEP_NAMES: Readonly<Record<WizardStep, string>> = {
  where: 'Where',
  details: 'Details',
  'sign-in': 'Sign-in',
  test: 'Test',
  done: 'Done',
}

const DRAFT = 'wizard'

/** From a mail address, or nothing at all, to an account that is tested and stored. */
export function AddAccountPage() {
  const state = useStore(wizard)
  const { dispatch } = wizard
  const accounts = useQuery(api.accounts.list.queryOptions())
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const [failure, setFailure] = useState<{ readonly what: string; readonly problem: ProblemData } | null>(null)
  const key = state.created ? runKey(state.created.account.id) : DRAFT
  const run = useStore(runOf(key))
  const body = useStepFocus(state.step)

  const attempt = async <T,>(what: string, call: () => Promise<T>): Promise<T | null> => {
    setFailure(null)
    try {
      return await call()
    } catch (error) {
      setFailure({ what, problem: problemOf(error) })
      return null
    }
  }

  /** Runs what is typed: as a draft, or through the stored account once there is one. */
  const test = async (reuse: string | null) => {
    const now = wizard.get()
    dispatch({ kind: 'go', step: 'test' })
    if (now.created) {
      const view = await attempt('The account was not changed', () => save(now))
      if (view) await runAccount({ id: view.account.id, purpose: 'test', reuse })
      return
    }
    setFailure(null)
    await startRun(DRAFT, {
      purpose: 'test',
      sendTo: null,
      open: signal =>
        client.runs.run(
          {
            target: { kind: 'draft', name: nameOf(now), settings: wizardSettings(now), secret: secretOf(now) },
            purpose: 'test',
            reuse,
          },
          { signal },
        ),
    })
  }

  const finish = async () => {
    const worked = verdictOfRun(run) === 'works'
    const fresh = wizard.get().created === null
    const view = await attempt('The account was not saved', () => save(wizard.get()))
    if (!view) return
    dispatch({ kind: 'stored', view, step: 'done' })
    clearRun(DRAFT)
    await refreshAccounts()
    // Once more from what is stored: it proves that the kept password is the one that worked, and begins the history.
    if (fresh && worked) void runAccount({ id: view.account.id, purpose: 'test' })
  }

  const startPractice = async () => {
    const view = await attempt('The practice server did not start', async () => {
      await client.practice.start()
      return client.practice.createAccount({ endpoint: null })
    })
    if (!view) return
    clearRun(DRAFT)
    dispatch({ kind: 'restart' })
    dispatch({ kind: 'stored', view, step: 'details' })
    await refreshAccounts()
  }

  const taken = (accounts.data ?? []).filter(view => view.account.id !== state.created?.account.id)
  return (
    <Page title="Add account">
      <WizardSteps
        steps={WIZARD_STEPS}
        names={STEP_NAMES}
        step={state.step}
        reached={state.reached}
        onGo={step => {
          setFailure(null)
          dispatch({ kind: 'go', step })
        }}
      />
      <div ref={body} tabIndex={-1} style={{ outline: 'none' }}>
        {failure && <ProblemNote what={failure.what} problem={failure.problem} />}
        {state.step === 'where' && (
          <StepWhere state={state} dispatch={dispatch} lookUp={lookUp} onPractice={startPractice} />
        )}
        {state.step === 'details' && (
          <StepDetails state={state} dispatch={dispatch} taken={taken.map(view => view.account.name)} />
        )}
        {state.step === 'sign-in' && (
          <StepSignIn
            state={state}
            dispatch={dispatch}
            secretStore={info.data?.secretStore ?? null}
            onTest={() => void test(null)}
          />
        )}
        {state.step === 'test' && (
          <StepTest
            state={state}
            run={run}
            onStop={() => stopRun(key, runId => client.runs.stop({ runId }))}
            onTest={() => void test(run.runId)}
            onChange={change => {
              dispatch({ kind: 'change', change })
              void test(run.runId)
            }}
            onSecret={secret => {
              dispatch({ kind: 'secret', secret })
              void test(run.runId)
            }}
            onBack={() => dispatch({ kind: 'go', step: 'sign-in' })}
            onFinish={finish}
          />
        )}
        {state.step === 'done' && state.created && (
          <StepDone view={state.created} run={run} onRestart={() => dispatch({ kind: 'restart' })} />
        )}
      </div>
    </Page>
  )
}

/** Moves the focus to a step when it is come to, so that reading and tabbing go on from there. */
function useStepFocus(step: string) {
  const body = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    body.current?.focus({ preventScroll: true })
    body.current?.closest('main')?.scrollTo({ top: 0 })
  }, [step])
  return body
}

function lookUp(address: string, onlineLookup: boolean, signal: AbortSignal) {
  return client.discover.configure({ address, onlineLookup }, { signal })
}

function save(state: WizardState): Promise<AccountView> {
  const settings = wizardSettings(state)
  const name = nameOf(state)
  return state.created
    ? client.accounts.update({ id: state.created.account.id, name, change: settings, secret: secretOf(state) })
    : client.accounts.create({ name, settings, secret: secretOf(state) })
}

function nameOf(state: WizardState): string {
  return state.name.trim() || 'account'
}

function secretOf(state: WizardState): SecretInput {
  if (state.signIn === 'none' || state.signIn === 'certificate') return { kind: 'forget' }
  if (state.secret === '') return state.created ? { kind: 'keep' } : { kind: 'forget' }
  return state.deriving
    ? { kind: 'derive-ses', region: state.region ?? '', secretKey: state.secret }
    : { kind: 'set', value: state.secret }
}
