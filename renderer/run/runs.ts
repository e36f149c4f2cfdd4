import type { RunEvent } from '#shared/contract/run.ts'
import { problemOf } from '../api/problem.ts'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { announce } from '../shell/announcer.tsx'
import { createStore, type Store } from '../shell/store.ts'
import { isRunning, NO_RUN, reduceRun, type RunAction, type RunState } from './run-state.ts'

export type RunStore = Store<RunState, RunAction>

/** Runs outlive the page that started them, so that looking elsewhere does not stop a test. */
const runs = new Map<string, Entry>()

type Stop = (runId: string) => Promise<unknown>

type Entry = {
  readonly store: RunStore
  abort: AbortController | null
  /** Asked for before the engine had named the run. */
  pendingStop: Stop | null
}

/** The run of this account, or of the wizard's draft. */
export function runOf(key: string): RunStore {
  return entryOf(key).store
}

function entryOf(key: string): Entry {
  const known = runs.get(key)
  if (known) return known
  const made: Entry = { store: createStore(reduceRun, NO_RUN), abort: null, pendingStop: null }
  runs.set(key, made)
  return made
}

export type RunCall = {
  readonly purpose: 'test' | 'send'
  readonly sendTo: string | null
  /** Opens the stream of events; the signal ends it. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<RunEvent>>
}

/** Starts a run under this key, ending one that is still on. Resolves when it has ended; `RunState` says how. */
export async function startRun(key: string, call: RunCall): Promise<RunState> {
  const entry = entryOf(key)
  entry.abort?.abort()
  const abort = new AbortController()
  entry.abort = abort
  entry.pendingStop = null
  entry.store.dispatch({ kind: 'begin', purpose: call.purpose, sendTo: call.sendTo, atMs: performance.now() })
  announce(call.purpose === 'send' ? `Sending a test email to ${call.sendTo ?? ''}` : 'Testing the connection')
  try {
    for await (const event of await call.open(abort.signal)) {
      if (abort.signal.aborted) break
      entry.store.dispatch({ kind: 'event', event })
      if (event.kind === 'started' && entry.pendingStop) askToStop(entry, event.runId, entry.pendingStop)
      announceEvent(event)
    }
    if (entry.abort === abort) entry.store.dispatch({ kind: 'closed' })
  } catch (error) {
    if (entry.abort === abort) entry.store.dispatch({ kind: 'broke', problem: problemOf(error) })
  }
  return entry.store.get()
}

/** Asks the engine to end the run, which keeps what is known; as soon as it has a name where it has none yet. */
export function stopRun(key: string, stop: Stop): void {
  const entry = entryOf(key)
  const { runId, phase } = entry.store.get()
  if (phase !== 'running') return
  entry.store.dispatch({ kind: 'stopping' })
  if (runId === null) entry.pendingStop = stop
  else askToStop(entry, runId, stop)
}

function askToStop(entry: Entry, runId: string, stop: Stop): void {
  stop(runId).catch(() => entry.abort?.abort())
}

export function clearRun(key: string): void {
  const entry = entryOf(key)
  if (isRunning(entry.store.get())) entry.abort?.abort()
  entry.abort = null
  entry.store.dispatch({ kind: 'clear' })
}

function announceEvent(event: RunEvent): void {
  if (event.kind === 'step-ended') announce(`${STATION_NAMES[event.step.id]}: ${describeStep(event.step)}`)
  if (event.kind === 'ended') {
    const first = event.report.findings.find(finding => finding.severity === 'error')
    announce(first ? `The run found a problem: ${first.title}` : 'The run has ended')
  }
}
