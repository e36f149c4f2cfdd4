import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { RunState } from '../run/run-state.ts'
import { isRunning } from '../run/run-state.ts'

export const STATION_NAMES: Readonly<Record<StepId, string>> = {
  resolve: 'Resolve',
  connect: 'Connect',
  encrypt: 'Encrypt',
  'sign-in': 'Sign in',
  deliver: 'Deliver',
  domain: 'Domain',
}

/** What each station answers, for those who do not know its word. */
export const STATION_QUESTIONS: Readonly<Record<StepId, string>> = {
  resolve: 'Which address has the server?',
  connect: 'Does it answer there?',
  encrypt: 'Is the connection private, and is it the right server?',
  'sign-in': 'Does it know me?',
  deliver: 'Does it take the message?',
  domain: 'Will receivers trust the sender?',
}

/** What a station does while it runs. */
export const STATION_DOINGS: Readonly<Record<StepId, string>> = {
  resolve: 'Looking up the name',
  connect: 'Connecting',
  encrypt: 'Encrypting the connection',
  'sign-in': 'Signing in',
  deliver: 'Offering the message',
  domain: 'Looking at the sending domain',
}

const ORDER: readonly StepId[] = ['resolve', 'connect', 'encrypt', 'sign-in', 'deliver', 'domain']

export type StationState = 'untested' | 'waiting' | 'running' | 'done' | 'warning' | 'failed' | 'skipped' | 'cancelled'

export type Station = { readonly id: StepId; readonly state: StationState; readonly step: Step | null }

/** The six stations in the order of the path, with the state that each is in. "Not tested" never looks like "passed". */
export function stationsOf(run: Pick<RunState, 'phase' | 'current' | 'steps' | 'findings'>): readonly Station[] {
  return ORDER.map(id => {
    const step = run.steps.find(candidate => candidate.id === id) ?? null
    if (step) return { id, step, state: endedState(step, run.findings) }
    if (run.current === id) return { id, step, state: 'running' }
    return { id, step, state: isRunning(run) ? 'waiting' : 'untested' }
  })
}

function endedState(step: Step, findings: readonly Finding[]): StationState {
  if (step.state !== 'done') return step.state
  return findings.some(finding => finding.step === step.id && finding.severity !== 'info') ? 'warning' : 'done'
}
