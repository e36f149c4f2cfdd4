import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ConnectionListener } from './connection.ts'

/**
 * The desktop window: the preload answers `mailwright-ready` with one MessagePort. Only a message that this very
 * page's window posted to itself is believed: another frame or an opener could post one that looks the same.
 */
export function openWindowDoor(report: ConnectionListener): ClientLink<ClientContext> {
  const link = new Promise<ClientLink<ClientContext>>(resolve => {
    const receive = (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      if (event.source !== window || event.origin !== window.origin || !isPortMessage(event.data) || !port) return
      window.removeEventListener('message', receive)
      port.addEventListener('close', () => {
        report({ kind: 'lost', attempt: 0, nextTryAt: null, why: 'The engine has ended.' })
      })
      const opened = new RPCLink<ClientContext>({ port })
      port.start()
      report({ kind: 'connected' })
      resolve(opened)
    }
    window.addEventListener('message', receive)
    window.postMessage({ kind: 'mailwright-ready' }, targetOrigin())
  })
  return { call: async (path, input, options) => (await link).call(path, input, options) }
}

// A page from a file has the origin "null", which postMessage does not take as a target.
function targetOrigin(): string {
  return window.origin === 'null' ? '*' : window.origin
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'mailwright-port'
}
