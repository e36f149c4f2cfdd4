import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ConnectionListener } from './connection.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

export type WebDoor = {
  readonly link: ClientLink<ClientContext>
  /** Tries at once instead of waiting. */
  readonly retry: () => void
}

/** A browser tab: a WebSocket at `/rpc` of the same origin, opened again whenever it is gone. */
export function openWebDoor(report: ConnectionListener): WebDoor {
  let attempt = 0
  let connected = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let current = open()

  function open(): Promise<ClientLink<ClientContext>> {
    clearTimeout(timer)
    timer = undefined
    const socket = new WebSocket(new URL('/rpc', location.href.replace(/^http/, 'ws')))
    const link = new RPCLink<ClientContext>({ websocket: socket })
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => {
        attempt = 0
        connected = true
        report({ kind: 'connected' })
        resolve(link)
      })
      socket.addEventListener('close', () => {
        attempt += 1
        connected = false
        const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1))
        report({
          kind: 'lost',
          attempt,
          nextTryAt: Date.now() + waitMs,
          why: 'The program that serves this page does not answer.',
        })
        reject(new EngineGone())
        timer = setTimeout(retry, waitMs)
      })
    })
  }

  function retry(): void {
    if (connected) return
    current = open()
    // The pages hear of a failure through the connection state; an unheard rejection would only add noise.
    current.catch(() => {})
  }

  current.catch(() => {})
  return {
    link: { call: async (path, input, options) => (await current).call(path, input, options) },
    retry,
  }
}

export class EngineGone extends Error {
  constructor() {
    super('the engine cannot be reached')
    this.name = 'EngineGone'
  }
}
