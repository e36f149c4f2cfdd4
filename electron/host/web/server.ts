import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import type { Router } from '#service/api.ts'
import { Problem } from '#shared/problem.ts'
import { createGuard, type Seen } from './guard.ts'
import { readPage } from './pages.ts'

export type WebServer = { readonly port: number; readonly link: string; close(): Promise<void> }

// A configuration file is the largest thing that a page sends: 16 MiB as base64, and the JSON around it.
const MAX_MESSAGE_BYTES = 23_000_000
const MAX_HEADER_BYTES = 16_384

// The page's own policy stands in its <meta>; these directives only work, or also hold, as a header.
const HEADERS = {
  'Content-Security-Policy':
    "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** Serves the pages and the engine to this machine only. Throws `Problem` when the port is taken. */
export async function createWebServer(options: {
  readonly router: Router
  readonly folder: string
  readonly port: number
}): Promise<WebServer> {
  const guard = createGuard()
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 10_000 },
    (request, response) => void answer(request, response),
  )
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const handler = new RPCHandler(options.router)
  const port = await listen(server, options.port)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = guard.judge(seenIn(request), port)
    if (verdict.kind === 'enter') {
      response
        .writeHead(303, { ...HEADERS, Location: '/', 'Set-Cookie': verdict.setCookie, 'Cache-Control': 'no-store' })
        .end()
      return
    }
    if (verdict.kind === 'refused') {
      response
        .writeHead(verdict.status, {
          ...HEADERS,
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
        })
        .end(refusalPage(verdict.why, request.headers['sec-fetch-site'] === 'cross-site'))
      return
    }
    const page = await readPage(options.folder, new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    if (page === null) {
      response
        .writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
        .end('There is no such page.\n')
      return
    }
    const cache = page.immutable ? 'private, max-age=31536000, immutable' : 'no-store'
    response.writeHead(200, {
      ...HEADERS,
      'Content-Type': page.type,
      'Content-Length': page.body.length,
      'Cache-Control': cache,
    })
    response.end(request.method === 'HEAD' ? undefined : page.body)
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const verdict = guard.judgeUpgrade(seenIn(request), port)
    if (verdict.kind !== 'allowed' || request.url !== '/rpc') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, client => {
      client.on('error', () => client.terminate())
      void handler.upgrade(client, { context: {} })
    })
  })

  return {
    port,
    link: `http://127.0.0.1:${port}/?token=${guard.token}`,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function seenIn(request: IncomingMessage): Seen {
  const { host, origin, cookie } = request.headers
  return { method: request.method ?? '', url: request.url ?? '/', host, origin, cookie }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        new Problem(
          'unavailable',
          taken ? `port ${port} is in use` : `cannot listen on port ${port}: ${error.code ?? error.message}`,
          {
            field: '--port',
            remedy: 'choose another one, or 0 for a free one',
          },
        ),
      )
    })
    // Loopback only: remote use goes through `ssh -L`.
    server.listen({ host: '127.0.0.1', port }, () => {
      // A TCP server that listens on a port always has an AddressInfo.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function refusalPage(why: string, fromElsewhere: boolean): string {
  const words: Readonly<Record<string, string>> = {
    token:
      'This link has been used already, or is not the one that Mailwright printed. Start <code>mailwright ui</code> again for a new one.',
    cookie: 'Open the link that Mailwright printed when it started. If you just did, <a href="/">continue</a>.',
    host: 'Mailwright answers only under 127.0.0.1, localhost and [::1]. Over the network, use <code>ssh -L</code>.',
    origin: 'This request came from another web site.',
  }
  // A Strict cookie is not sent on a navigation that began elsewhere, such as in the file that opened the link:
  // one reload, begun by this page, sends it.
  const again = why === 'cookie' && fromElsewhere ? '<meta http-equiv="refresh" content="0;url=/">' : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8">${again}<title>Mailwright</title><h1>Not let in</h1><p>${words[why] ?? 'This request is not understood.'}</p></html>`
}
