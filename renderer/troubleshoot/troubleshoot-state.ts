import type { AccountSettings, Security } from '#shared/account/account.ts'
import type { BlockObservations } from '#shared/diagnosis/block-observations.ts'
import type { Attempt } from '#shared/fix/attempt.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import type { OpenedReport } from '#shared/report/open-report.ts'
import type { EntranceId } from './entrances.ts'

export const STEPS = ['see', 'where', 'answer'] as const
export type TroubleshootStep = (typeof STEPS)[number]

/** What a person has typed. It stays when they walk back, and when they choose another entrance. */
export type Typed = {
  /** Null: a server that is typed. */
  readonly accountId: string | null
  readonly server: string
  /** `auto`: TLS from the start on 465, none on 25, else STARTTLS. */
  readonly security: Security | 'auto'
  readonly user: string
  /** Kept in memory only, and only until another server is typed. */
  readonly password: string
  readonly from: string
  readonly recipient: string
  readonly text: string
  readonly fileName: string | null
  /** What the person knows beside the text. */
  readonly textHost: string
  readonly textPort: string
  readonly controlHost: string
}

/** What the answer is about, as it was when it was asked for. */
export type Subject = {
  readonly accountId: string | null
  readonly settings: AccountSettings
  readonly name: string
  readonly recipient: string | null
}

export type Locating = {
  readonly phase: 'none' | 'running' | 'ended' | 'broken'
  readonly beganAt: number
  readonly seen: BlockObservations | null
  readonly problem: ProblemData | null
}

export type Tried = { readonly label: string; readonly helped: boolean }

export type TroubleshootState = {
  readonly step: TroubleshootStep
  readonly reached: TroubleshootStep
  readonly entrance: EntranceId | null
  readonly typed: Typed
  readonly subject: Subject | null
  readonly locating: Locating
  readonly applied: Attempt | null
  /** Every change that was tried since the question was asked, for the report. */
  readonly tried: readonly Tried[]
  /** The answer to the deciding question about a text. */
  readonly told: FailureClass | null
  /** What a tool printed on another machine. */
  readonly there: string
  readonly opened: { readonly name: string; readonly report: OpenedReport } | null
}

export type TroubleshootAction =
  | { readonly kind: 'choose'; readonly entrance: EntranceId }
  | { readonly kind: 'go'; readonly step: TroubleshootStep }
  | { readonly kind: 'type'; readonly typed: Partial<Typed> }
  | { readonly kind: 'ask'; readonly subject: Subject | null }
  | { readonly kind: 'settings'; readonly settings: AccountSettings }
  | { readonly kind: 'locating'; readonly atMs: number }
  | { readonly kind: 'seen'; readonly seen: BlockObservations; readonly ended: boolean }
  | { readonly kind: 'located'; readonly problem: ProblemData | null }
  | { readonly kind: 'applied'; readonly applied: Attempt | null }
  | { readonly kind: 'tried'; readonly tried: Tried }
  | { readonly kind: 'tell'; readonly means: FailureClass | null }
  | { readonly kind: 'there'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly report: OpenedReport }
  | { readonly kind: 'close-report' }
  | { readonly kind: 'restart' }

const NOT_LOCATING: Locating = { phase: 'none', beganAt: 0, seen: null, problem: null }

export const START: TroubleshootState = {
  step: 'see',
  reached: 'see',
  entrance: null,
  typed: {
    accountId: null,
    server: '',
    security: 'auto',
    user: '',
    password: '',
    from: '',
    recipient: '',
    text: '',
    fileName: null,
    textHost: '',
    textPort: '',
    controlHost: '',
  },
  subject: null,
  locating: NOT_LOCATING,
  applied: null,
  tried: [],
  told: null,
  there: '',
  opened: null,
}

export function reduceTroubleshoot(state: TroubleshootState, action: TroubleshootAction): TroubleshootState {
  switch (action.kind) {
    case 'choose': {
      // An answer to another question does not stand behind the new one.
      const same = state.entrance === action.entrance
      return {
        ...state,
        entrance: action.entrance,
        step: 'where',
        reached: same ? furthest(state.reached, 'where') : 'where',
      }
    }
    case 'go':
      return STEPS.indexOf(action.step) <= STEPS.indexOf(state.reached) ? { ...state, step: action.step } : state
    case 'type':
      return typeInto(state, action.typed)
    case 'ask':
      return {
        ...state,
        step: 'answer',
        reached: 'answer',
        subject: action.subject,
        applied: null,
        tried: [],
        told: null,
        locating: NOT_LOCATING,
      }
    case 'settings':
      return state.subject === null ? state : { ...state, subject: { ...state.subject, settings: action.settings } }
    case 'locating':
      return { ...state, locating: { phase: 'running', beganAt: action.atMs, seen: null, problem: null } }
    case 'seen':
      return { ...state, locating: { ...state.locating, seen: action.seen, phase: action.ended ? 'ended' : 'running' } }
    case 'located': {
      const { phase } = state.locating
      if (phase !== 'running') return state
      return {
        ...state,
        locating: { ...state.locating, phase: action.problem ? 'broken' : 'ended', problem: action.problem },
      }
    }
    case 'applied':
      return { ...state, applied: action.applied }
    case 'tried':
      return { ...state, tried: [...state.tried, action.tried] }
    case 'tell':
      return { ...state, told: action.means }
    case 'there':
      return { ...state, there: action.text }
    case 'open':
      return { ...state, opened: { name: action.name, report: action.report } }
    case 'close-report':
      return { ...state, opened: null }
    case 'restart':
      return START
  }
}

function typeInto(state: TroubleshootState, typed: Partial<Typed>): TroubleshootState {
  const next = { ...state.typed, ...typed }
  // A password belongs to the server that it was typed for.
  const elsewhere = typed.server !== undefined && typed.server !== state.typed.server
  const other = typed.text !== undefined && typed.text !== state.typed.text
  return { ...state, typed: elsewhere ? { ...next, password: '' } : next, told: other ? null : state.told }
}

function furthest(a: TroubleshootStep, b: TroubleshootStep): TroubleshootStep {
  return STEPS.indexOf(a) > STEPS.indexOf(b) ? a : b
}
