import { randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { ABANDONED, brokenExchange, type Exchange, judgeReceived, type Query } from '#engine/dns/exchange.ts'
import type { Server } from '#engine/dns/server.ts'

/** RFC 7766: the message behind two octets of length, on a connection of its own. */
export function exchangeTcp(server: Server, query: Query, signal: AbortSignal): Promise<Exchange> {
  if (signal.aborted) return Promise.resolve(ABANDONED)
  return new Promise(resolve => {
    const id = randomInt(0x10000)
    const socket = connect({ host: server.host, port: server.port, noDelay: true })
    let received: Buffer = Buffer.alloc(0)
    const settle = (exchange: Exchange) => {
      signal.removeEventListener('abort', abandon)
      socket.destroy()
      resolve(exchange)
    }
    const abandon = () => settle(ABANDONED)
    signal.addEventListener('abort', abandon)
    socket.on('error', error => settle(brokenExchange(error)))
    socket.on('close', () =>
      settle({ kind: 'failed', code: 'MALFORMED', detail: 'the server closed the connection without a whole reply' }),
    )
    socket.on('connect', () => {
      const message = query.compose(id)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(message.length)
      socket.write(Buffer.concat([length, message]))
    })
    socket.on('data', chunk => {
      // Bounded by the length field: at most 2 + 65535 octets and one chunk are kept.
      received = Buffer.concat([received, chunk])
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return
      const reply = judgeReceived(received.subarray(2, 2 + received.readUInt16BE(0)), id, query.question)
      if (reply.kind === 'reply') settle(reply)
      else if (reply.kind === 'malformed') settle({ kind: 'failed', code: 'MALFORMED', detail: reply.detail })
      else settle({ kind: 'failed', code: 'MALFORMED', detail: 'a reply to another question' })
    })
  })
}
