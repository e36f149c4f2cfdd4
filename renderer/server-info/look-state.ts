import type { LookEvent, PortsEvent, ServerInfo } from '#shared/contract/server-info.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import type { Security } from '#shared/account/account.ts'
import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { type PortTable, NO_TABLE, reducePorts } from './port-table.ts'

export type AskedSecurity = Security | 'auto'

/** One look at a server, as far as it got. */
export type Look = {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly security: AskedSecurity
  /** `performance.now()`, for the running clock. */
  readonly beganAt: number
  readonly startedAt: string | null
  readonly phase: 'running' | 'stopping' | 'ended'
  /** What the engine calls it, once it has begun. */
  readonly lookId: string | null
  readonly current: StepId | null
  readonly steps: readonly Step[]
  readonly lines: readonly TranscriptLine[]
  readonly info: ServerInfo | null
  readonly softwareRestsOn: string | null
  readonly findings: readonly Finding[]
  readonly problem: ProblemData | null
  readonly ports: PortTable
  readonly versions: Versions
  /** Whether the server itself is at risk, where that was asked. */
  readonly checks: Checks
}

export type Versions =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly list: readonly TlsVersion[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly problem: ProblemData }

export type Checks =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly seen: ServerChecks; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly problem: ProblemData }

export type LookState = {
  readonly typed: string
  readonly security: AskedSecurity
  /** Newest first. */
  readonly looks: readonly Look[]
  readonly shown: number | null
  readonly comparedWith: number | null
}

export type LookAction =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'security'; readonly security: AskedSecurity }
  | { readonly kind: 'begin'; readonly look: Pick<Look, 'id' | 'host' | 'port' | 'security' | 'beganAt'> }
  | { readonly kind: 'event'; readonly id: number; readonly event: LookEvent }
  | { readonly kind: 'ports'; readonly id: number; readonly event: PortsEvent }
  | { readonly kind: 'ports-over'; readonly id: number; readonly problem: ProblemData | null }
  | { readonly kind: 'versions'; readonly id: number; readonly versions: Versions }
  | { readonly kind: 'checks'; readonly id: number; readonly checks: Checks }
  | { readonly kind: 'stopping'; readonly id: number }
  | { readonly kind: 'over'; readonly id: number; readonly problem: ProblemData | null }
  | { readonly kind: 'show'; readonly id: number }
  | { readonly kind: 'compare'; readonly id: number | null }

/** Enough to compare with; each may hold a long transcript. */
const MOST_KEPT = 8

export const NO_LOOKS: LookState = { typed: '', security: 'auto', looks: [], shown: null, comparedWith: null }

export function reduceLooks(state: LookState, action: LookAction): LookState {
  switch (action.kind) {
    case 'typed':
      return { ...state, typed: action.text }
    case 'security':
      return { ...state, security: action.security }
    case 'begin':
      return {
        ...state,
        looks: [newLook(action.look), ...state.looks].slice(0, MOST_KEPT),
        shown: action.look.id,
        comparedWith: null,
      }
    case 'show':
      return { ...state, shown: action.id, comparedWith: null }
    case 'compare':
      return { ...state, comparedWith: action.id }
    case 'event':
      return change(state, action.id, look => take(look, action.event))
    case 'ports':
      return change(state, action.id, look => ({ ...look, ports: reducePorts(look.ports, action.event) }))
    case 'ports-over':
      return change(state, action.id, look => ({
        ...look,
        ports: { ...look.ports, running: false, problem: action.problem },
      }))
    case 'versions':
      return change(state, action.id, look => ({ ...look, versions: action.versions }))
    case 'checks':
      return change(state, action.id, look => ({ ...look, checks: action.checks }))
    case 'stopping':
      return change(state, action.id, look => (look.phase === 'running' ? { ...look, phase: 'stopping' } : look))
    case 'over':
      return change(state, action.id, look => ({ ...look, phase: 'ended', current: null, problem: action.problem }))
  }
}

export function shownLook(state: LookState): Look | null {
  return state.looks.find(({ id }) => id === state.shown) ?? null
}

/** Whether anything of it is still under way. */
export function isLooking(look: Look): boolean {
  return (
    look.phase !== 'ended' || look.ports.running || look.versions.kind === 'asking' || look.checks.kind === 'asking'
  )
}

function newLook(begun: Pick<Look, 'id' | 'host' | 'port' | 'security' | 'beganAt'>): Look {
  return {
    ...begun,
    startedAt: null,
    phase: 'running',
    lookId: null,
    current: null,
    steps: [],
    lines: [],
    info: null,
    softwareRestsOn: null,
    findings: [],
    problem: null,
    ports: NO_TABLE,
    versions: { kind: 'none' },
    checks: { kind: 'none' },
  }
}

function change(state: LookState, id: number, apply: (look: Look) => Look): LookState {
  return { ...state, looks: state.looks.map(look => (look.id === id ? apply(look) : look)) }
}

function take(look: Look, event: LookEvent): Look {
  switch (event.kind) {
    case 'started':
      return { ...look, lookId: event.lookId, startedAt: event.startedAt, host: event.host }
    case 'step-started':
      return { ...look, current: event.id }
    case 'transcript':
      return { ...look, lines: [...look.lines, ...event.lines] }
    case 'step-ended':
      return { ...look, current: null, steps: [...look.steps, event.step] }
    case 'ended': {
      const { info, softwareRestsOn, findings, steps } = event
      return { ...look, phase: 'ended', current: null, info, softwareRestsOn, findings, steps }
    }
  }
}
