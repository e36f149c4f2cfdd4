import { once } from 'node:events'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Identity } from './certificates.ts'

export type EncryptedDns = {
  readonly port: number
  /** Connections that finished their handshake. */
  readonly connections: () => number
  /** Ends the connections that are open, as a server does that has waited long enough. */
  drop(): void
  close(): Promise<void>
}

/** Carries DNS over TLS to a server that speaks TCP on loopback. */
export async function startDnsOverTls(target: number, identity: Identity): Promise<EncryptedDns> {
  const server = createServer({ key: identity.key, cert: identity.cert }, socket => {
    const upstream = connect({ port: target, host: '127.0.0.1' })
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
    socket.pipe(upstream).pipe(socket)
  })
  return listening(server)
}

export type HttpsAnswer = { readonly status: number; readonly type: string; readonly body: Buffer }

/** DNS over HTTPS: what `answer` makes of each body. With `http1` nothing newer is spoken. */
export async function startDnsOverHttps(
  identity: Identity,
  answer: (query: Buffer, path: string) => Promise<HttpsAnswer>,
  options: { readonly http1?: boolean } = {},
): Promise<EncryptedDns> {
  const { key, cert } = identity
  const server = createSecureServer({
    key,
    cert,
    allowHTTP1: true,
    ...(options.http1 === true ? { ALPNProtocols: ['http/1.1'] } : {}),
  })
  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
      const { status, type, body } = await answer(Buffer.concat(chunks), `${request.method} ${request.url}`)
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })()
  })
  return listening(server)
}

/** Puts a message to a server over TCP and gives back its answer. */
export async function relayOverTcp(port: number, query: Buffer): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1' })
  const length = Buffer.alloc(2)
  length.writeUInt16BE(query.length)
  socket.write(Buffer.concat([length, query]))
  let received: Buffer = Buffer.alloc(0)
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer]) // no encoding is set
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) break
  }
  return received.subarray(2)
}

async function listening(server: NetServer): Promise<EncryptedDns> {
  const open = new Set<Socket>()
  let count = 0
  server.on('secureConnection', (socket: Socket) => {
    count++
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    // A TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    drop,
    close: async () => {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
