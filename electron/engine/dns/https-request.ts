import type { Agent, request as requestHttps } from 'node:https'
import type { ClientHttp2Session } from 'node:http2'
import type { Readable } from 'node:stream'
import {
  type Abandon,
  brokenExchange,
  type Exchange,
  judgeReceived,
  malformedExchange,
  type Settle,
} from '#engine/dns/exchange.ts'
import type { Query } from '#engine/dns/message.ts'
import type { HttpsServer } from '#shared/domain/dns-server.ts'

/** Puts one question over an open connection. */
export type Ask = (query: Query, settle: Settle) => Abandon

const MEDIA_TYPE = 'application/dns-message'
/** A DNS message has no more (RFC 8484 section 6 says so for this media type). */
const BODY_LIMIT_BYTES = 65_535

/** RFC 8484 section 4.1: POST, and the id 0, which the query carries already: here the connection says which reply is whose. */
export function askHttp2(session: ClientHttp2Session, server: HttpsServer, query: Query, settle: Settle): Abandon {
  const stream = session.request({ ':method': 'POST', ':path': server.path, ...headersFor(query) })
  stream.on('error', error => settle(brokenExchange(error)))
  stream.on('response', headers => {
    readReply(stream, Number(headers[':status']), headers['content-type'], query, settle)
  })
  stream.on('close', () => settle(malformedExchange('the server ended the request without a reply')))
  stream.end(query.bytes)
  return () => stream.destroy()
}

export function askHttp1(
  request: typeof requestHttps,
  agent: Agent,
  server: HttpsServer,
  query: Query,
  settle: Settle,
): Abandon {
  const asked = request({
    agent,
    method: 'POST',
    host: server.host,
    port: server.port,
    path: server.path,
    headers: { host: server.authority, ...headersFor(query) },
  })
  asked.on('error', error => settle(brokenExchange(error)))
  asked.on('response', response => {
    readReply(response, response.statusCode ?? 0, response.headers['content-type'], query, settle)
  })
  asked.end(query.bytes)
  return () => asked.destroy()
}

function headersFor(query: Query) {
  return { accept: MEDIA_TYPE, 'content-type': MEDIA_TYPE, 'content-length': query.bytes.length }
}

/** No redirect is followed: the resolver that was chosen answers, or nobody. */
function readReply(body: Readable, status: number, type: string | undefined, query: Query, settle: Settle): void {
  const refuse = (exchange: Exchange) => {
    settle(exchange)
    body.destroy()
  }
  if (status !== 200) {
    refuse({ kind: 'failed', code: 'UNREACHABLE', detail: `the server answers with the HTTP status ${status}` })
    return
  }
  if (type?.split(';', 1)[0]?.trim().toLowerCase() !== MEDIA_TYPE) {
    refuse(malformedExchange('the reply is no DNS message'))
    return
  }
  const chunks: Buffer[] = []
  let sizeBytes = 0
  body.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length
    if (sizeBytes > BODY_LIMIT_BYTES) refuse(malformedExchange('the reply is longer than a DNS message can be'))
    else chunks.push(chunk)
  })
  body.on('error', error => settle(brokenExchange(error)))
  body.on('end', () => {
    const received = judgeReceived(Buffer.concat(chunks), query)
    switch (received.kind) {
      case 'reply':
      case 'other-case':
        settle({ kind: 'reply', message: received.message })
        return
      case 'malformed':
        settle(malformedExchange(received.detail))
        return
      case 'foreign':
        settle(malformedExchange('a reply to another question'))
    }
  })
}
