import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { InboxMessage } from '#shared/contract/practice.ts'
import type { Inbox } from './inbox.ts'
import { printInbox, printMessage, STYLE } from './inbox-html.ts'
import { listen, LOOPBACK } from './ports.ts'

export type InboxPage = { readonly port: number; readonly url: string; close(): Promise<void> }

/**
 * The inbox as a small page for those who run the practice server from the command line, and as JSON for
 * `Accept: application/json`. Read only.
 * @param token a secret part of the address: other users of this machine can reach the port, and must not read along
 */
export async function createInboxPage(inbox: Inbox, wantedPort: number, token: string): Promise<InboxPage> {
  const server = createServer((request, response) => answer(request, response, inbox, token, port))
  server.requestTimeout = 10_000
  server.maxConnections = 50
  const port = await listen(server, wantedPort)
  return {
    port,
    url: `http://${LOOPBACK}:${port}/${token}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

function answer(request: IncomingMessage, response: ServerResponse, inbox: Inbox, token: string, port: number): void {
  const refuse = (status: number, why: string) => send(response, status, 'text/plain', `${why}\n`)
  // DNS rebinding: a page elsewhere that makes its own name point here still sends that name.
  if (!isOurHost(request.headers.host, port)) return refuse(421, 'This address is not served here.')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered.')
  const [, given = '', kind = '', id = ''] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? []
  if (!isSame(given, token)) return refuse(404, 'Nothing here. The address that was printed at the start is complete.')
  if (kind === 'style.css') return send(response, 200, 'text/css', STYLE)
  const asJson = prefersJson(request)
  if (kind === '') {
    const messages = inbox.messages()
    if (asJson) return send(response, 200, 'application/json', JSON.stringify(messages))
    return send(response, 200, 'text/html', printInbox(inbox.entries()))
  }
  const message = kind === 'message' ? find(inbox, id) : null
  if (!message) return refuse(404, 'This message is not in the inbox any more.')
  if (asJson) return send(response, 200, 'application/json', JSON.stringify(message))
  send(response, 200, 'text/html', printMessage(message))
}

function find(inbox: Inbox, id: string): InboxMessage | null {
  return inbox.messages().find(message => message.id === id) ?? null
}

function isOurHost(host: string | undefined, port: number): boolean {
  return host === `${LOOPBACK}:${port}` || host === `localhost:${port}`
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function prefersJson(request: IncomingMessage): boolean {
  const accept = request.headers.accept ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': `${type}; charset=utf-8` })
  response.end(body)
}
