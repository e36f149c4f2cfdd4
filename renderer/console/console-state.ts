import type { ConsoleEnd, ConsoleEvent, ConsoleLine, ConsoleState, ReplayedStep } from '#shared/contract/console.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { maskedForm } from '#shared/smtp/console-line.ts'

/** The page's side of a session by hand. */
export type Session = {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** `performance.now()`, for the running clock. */
  readonly beganAt: number
  readonly startedAt: string | null
  readonly phase: 'opening' | 'open' | 'ended'
  readonly sessionId: string | null
  readonly lines: readonly ConsoleLine[]
  readonly state: ConsoleState | null
  readonly end: ConsoleEnd | null
  /** A replay shows how each step went. */
  readonly replayed: readonly ReplayedStep[] | null
}

export type PageState = {
  readonly typedHost: string
  readonly tls: boolean
  readonly safe: boolean
  /** What stands at the prompt. */
  readonly prompt: string
  readonly history: readonly string[]
  /** Where the arrow keys are in the history, from its end; 0 is what is being typed. */
  readonly back: number
  /** What was being typed before the arrow keys. */
  readonly kept: string
  readonly session: Session | null
  readonly script: string
  /** What was refused: a line in safe mode, a call that failed. */
  readonly problem: ProblemData | null
}

export type PageAction =
  | { readonly kind: 'host'; readonly text: string }
  | { readonly kind: 'tls'; readonly tls: boolean }
  | { readonly kind: 'safe'; readonly safe: boolean }
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'older' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'sent'; readonly line: string }
  | {
      readonly kind: 'begin'
      readonly session: Pick<Session, 'host' | 'port' | 'tls' | 'beganAt'>
      readonly replay: boolean
    }
  | { readonly kind: 'event'; readonly event: ConsoleEvent }
  | { readonly kind: 'over'; readonly problem: ProblemData | null }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: ProblemData | null }

const MOST_HISTORY = 200

export const NO_CONSOLE: PageState = {
  typedHost: '',
  tls: false,
  safe: true,
  prompt: '',
  history: [],
  back: 0,
  kept: '',
  session: null,
  script: '',
  problem: null,
}

export function reduceConsole(state: PageState, action: PageAction): PageState {
  switch (action.kind) {
    case 'host':
      return { ...state, typedHost: action.text }
    case 'tls':
      return { ...state, tls: action.tls }
    case 'safe':
      return { ...state, safe: action.safe }
    case 'prompt':
      return { ...state, prompt: action.text, back: 0, problem: null }
    case 'older':
      return walk(state, state.back + 1)
    case 'newer':
      return walk(state, state.back - 1)
    case 'sent':
      return { ...state, prompt: '', back: 0, kept: '', problem: null, history: remember(state, action.line) }
    case 'begin':
      return { ...state, session: newSession(action.session, action.replay), problem: null, prompt: '' }
    case 'event':
      return state.session === null ? state : { ...state, session: take(state.session, action.event) }
    case 'over':
      return {
        ...state,
        problem: action.problem ?? state.problem,
        session: state.session && { ...state.session, phase: 'ended' },
      }
    case 'script':
      return { ...state, script: action.text }
    case 'problem':
      return { ...state, problem: action.problem }
  }
}

function walk(state: PageState, wanted: number): PageState {
  const back = Math.max(0, Math.min(wanted, state.history.length))
  if (back === state.back) return state
  const kept = state.back === 0 ? state.prompt : state.kept
  return { ...state, back, kept, prompt: back === 0 ? kept : (state.history.at(-back) ?? '') }
}

// What is typed into a sign-in is a secret or as good as one: the history holds its command at most.
function remember({ history, session }: PageState, line: string): readonly string[] {
  if (session?.state?.mode === 'sign-in' || session?.state?.mode === 'message' || line.trim() === '') return history
  const shown = maskedForm(line)?.shown.replace(/ \*{3}$/, '') ?? line
  return history.at(-1) === shown ? history : [...history, shown].slice(-MOST_HISTORY)
}

function newSession(begun: Pick<Session, 'host' | 'port' | 'tls' | 'beganAt'>, replay: boolean): Session {
  return {
    ...begun,
    startedAt: null,
    phase: 'opening',
    sessionId: null,
    lines: [],
    state: null,
    end: null,
    replayed: replay ? [] : null,
  }
}

function take(session: Session, event: ConsoleEvent): Session {
  switch (event.kind) {
    case 'opening':
      return { ...session, sessionId: event.sessionId, startedAt: event.startedAt }
    case 'lines':
      return { ...session, lines: [...session.lines, ...event.lines] }
    case 'state':
      return { ...session, phase: 'open', state: event.state }
    case 'replayed':
      return { ...session, replayed: [...(session.replayed ?? []), event.step] }
    case 'ended':
      return { ...session, phase: 'ended', end: event.end }
  }
}
