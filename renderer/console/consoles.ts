import type { ConsoleEvent, ConsoleSignIn } from '#shared/contract/console.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { announce } from '../shell/announcer.tsx'
import { createStore } from '../shell/store.ts'
import { NO_CONSOLE, type PageAction, type PageState, reduceConsole } from './console-state.ts'

/** Outlives the page: looking elsewhere neither ends the session nor loses what was said. */
export const consoleStore = createStore<PageState, PageAction>(reduceConsole, NO_CONSOLE)

const { dispatch } = consoleStore
let current: AbortController | null = null

export type Target = { readonly host: string; readonly port: number; readonly tls: boolean }

/** Opens a session, closing the one before. */
export function openSession(target: Target): Promise<void> {
  const { safe } = consoleStore.get()
  return follow(target, false, signal => client.console.open({ ...target, safe }, { signal }))
}

/** Plays the script in a session of its own, closing the one before. */
export function replay(target: Target, script: string, secret: string | null): Promise<void> {
  const { safe } = consoleStore.get()
  return follow(target, true, signal =>
    client.console.replay({ target: { ...target, safe }, script, secret }, { signal }),
  )
}

async function follow(
  target: Target,
  replayed: boolean,
  open: (signal: AbortSignal) => Promise<AsyncIterable<ConsoleEvent>>,
): Promise<void> {
  current?.abort()
  const mine = new AbortController()
  current = mine
  dispatch({ kind: 'begin', session: { ...target, beganAt: performance.now() }, replay: replayed })
  announce(`Connecting to ${target.host}`)
  try {
    for await (const event of await open(mine.signal)) {
      if (current !== mine) return
      dispatch({ kind: 'event', event })
      tell(event)
    }
    if (current === mine) dispatch({ kind: 'over', problem: null })
  } catch (error) {
    if (current === mine) dispatch({ kind: 'over', problem: mine.signal.aborted ? null : problemOf(error) })
  }
}

/** Sends what was typed. After a refusal, such as safe mode's, the line stands at the prompt again. */
export async function sendLine(line: string): Promise<void> {
  const sessionId = consoleStore.get().session?.sessionId
  if (!sessionId) return
  dispatch({ kind: 'sent', line })
  try {
    await client.console.send({ sessionId, line })
  } catch (error) {
    if (consoleStore.get().prompt === '') dispatch({ kind: 'prompt', text: line })
    dispatch({ kind: 'problem', problem: problemOf(error) })
  }
}

export async function startTls(announced: boolean): Promise<void> {
  const sessionId = consoleStore.get().session?.sessionId
  if (sessionId) await attempt(() => client.console.startTls({ sessionId, announce: announced }))
}

export async function setSafe(safe: boolean): Promise<void> {
  dispatch({ kind: 'safe', safe })
  const { session } = consoleStore.get()
  if (session?.sessionId && session.phase === 'open') {
    const { sessionId } = session
    await attempt(() => client.console.setSafe({ sessionId, safe }))
  }
}

/** @throws what the call threw */
export async function signIn(asked: Omit<ConsoleSignIn, 'sessionId'>): Promise<SignInEvidence | null> {
  const sessionId = consoleStore.get().session?.sessionId
  if (!sessionId) return null
  return (await client.console.signIn({ ...asked, sessionId })).evidence
}

/** Closes the connection; what was said stays. */
export function closeSession(): void {
  const { session } = consoleStore.get()
  if (session?.sessionId) client.console.close({ sessionId: session.sessionId }).catch(() => current?.abort())
  else current?.abort()
}

async function attempt(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
    dispatch({ kind: 'problem', problem: null })
  } catch (error) {
    dispatch({ kind: 'problem', problem: problemOf(error) })
  }
}

function tell(event: ConsoleEvent): void {
  if (event.kind === 'lines') {
    const answer = event.lines.findLast(line => line.from === 'server')
    if (answer) announce(answer.text)
  }
  if (event.kind === 'ended') announce('The session has ended')
}
