import type { RunEvent } from '#shared/contract/run.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import type { Report } from '#shared/report/report.ts'

/** A run as the pages show it: waiting for its first, while it streams, stopped in the middle, or whole. */
export type RunState = {
  readonly phase: 'none' | 'running' | 'stopping' | 'ended' | 'broken'
  readonly runId: string | null
  readonly purpose: 'test' | 'send'
  readonly sendTo: string | null
  /** `performance.now()` when it was asked for. */
  readonly beganAt: number
  readonly startedAt: string | null
  readonly totalMs: number | null
  readonly current: StepId | null
  readonly steps: readonly Step[]
  readonly findings: readonly Finding[]
  readonly lines: readonly TranscriptLine[]
  /** The whole of it, once it has ended. */
  readonly report: Report | null
  /** Why it could not be carried out; not what the server said, which is a finding. */
  readonly problem: ProblemData | null
}

export type RunAction =
  | { readonly kind: 'begin'; readonly purpose: 'test' | 'send'; readonly sendTo: string | null; readonly atMs: number }
  | { readonly kind: 'event'; readonly event: RunEvent }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'broke'; readonly problem: ProblemData }
  | { readonly kind: 'closed' }
  | { readonly kind: 'clear' }

export const NO_RUN: RunState = {
  phase: 'none',
  runId: null,
  purpose: 'test',
  sendTo: null,
  beganAt: 0,
  startedAt: null,
  totalMs: null,
  current: null,
  steps: [],
  findings: [],
  lines: [],
  report: null,
  problem: null,
}

export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.kind) {
    case 'begin':
      return { ...NO_RUN, phase: 'running', purpose: action.purpose, sendTo: action.sendTo, beganAt: action.atMs }
    case 'event':
      return applyEvent(state, action.event)
    case 'stopping':
      return state.phase === 'running' ? { ...state, phase: 'stopping' } : state
    case 'broke':
      return { ...state, phase: 'broken', current: null, problem: action.problem }
    case 'closed':
      // The stream ended without its last event: what is known stays, and is not taken for a whole run.
      return isRunning(state) ? { ...state, phase: 'broken', current: null, problem: CUT_SHORT } : state
    case 'clear':
      return NO_RUN
  }
}

const CUT_SHORT: ProblemData = {
  code: 'unavailable',
  message: 'The engine ended the run before its result came.',
  field: null,
  remedy: 'What is shown was seen until then. Test again.',
}

function applyEvent(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'started':
      return { ...state, runId: event.runId, startedAt: event.startedAt }
    case 'step-started':
      return { ...state, current: event.id }
    case 'transcript':
      return { ...state, lines: [...state.lines, ...event.lines] }
    case 'step-ended':
      return {
        ...state,
        current: state.current === event.step.id ? null : state.current,
        steps: [...state.steps.filter(step => step.id !== event.step.id), event.step],
        findings: [...state.findings, ...event.findings],
      }
    case 'ended':
      return { ...stateOfReport(event.report), beganAt: state.beganAt }
  }
}

/** A stored run, shown as if it had just ended. */
export function stateOfReport(report: Report): RunState {
  return {
    ...NO_RUN,
    phase: 'ended',
    runId: report.id,
    purpose: report.purpose,
    sendTo: report.sendTo,
    startedAt: report.startedAt,
    totalMs: report.totalMs,
    steps: report.steps,
    findings: report.findings,
    lines: report.transcript,
    report,
  }
}

export function isRunning(state: Pick<RunState, 'phase'>): boolean {
  return state.phase === 'running' || state.phase === 'stopping'
}
