import type { DomainLookInput } from '#shared/contract/domain.ts'
import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { announce } from '../shell/announcer.tsx'
import { createStore } from '../shell/store.ts'
import { NO_LOOK, reduceLook } from './look-state.ts'

/** The look outlives the page, so that reading elsewhere does not end it. */
export const look = createStore(reduceLook, NO_LOOK)

let current: AbortController | null = null

/** Starts a look, ending one that is on. */
export async function startLook(asked: DomainLookInput): Promise<void> {
  current?.abort()
  const mine = new AbortController()
  current = mine
  look.dispatch({ kind: 'begin', asked, atMs: performance.now() })
  announce(`Looking at ${asked.domain}`)
  try {
    for await (const event of await client.domain.look(asked, { signal: mine.signal })) {
      if (mine.signal.aborted) return
      look.dispatch({ kind: 'event', event })
      if (event.kind === 'findings') announce(`${event.findings.length} findings about ${asked.domain}`)
    }
  } catch (error) {
    if (current === mine && !mine.signal.aborted) look.dispatch({ kind: 'broke', problem: problemOf(error) })
  }
}

/** Ends the look; what has come stays. */
export function stopLook(): void {
  current?.abort()
  look.dispatch({ kind: 'stopped', atMs: performance.now() })
  announce('Stopped; what was answered until now is shown')
}
