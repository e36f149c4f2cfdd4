import { connect } from 'node:net'
import type { Deadline } from '#engine/net/deadline.ts'
import { type Asked, brokenExchange, endedExchange, type Exchange, judgeReceived } from '#engine/dns/exchange.ts'
import type { Server } from '#engine/dns/server.ts'

/** RFC 7766: the message behind two octets of length, on a connection of its own. */
export function exchangeTcp(server: Server, asked: Asked, deadline: Deadline): Promise<Exchange> {
  if (deadline.signal.aborted) return Promise.resolve(endedExchange(deadline, null))
  return new Promise(resolve => {
    const socket = connect({ host: server.host, port: server.port, noDelay: true })
    let received: Buffer = Buffer.alloc(0)
    const settle = (exchange: Exchange) => {
      deadline.signal.removeEventListener('abort', onAbort)
      socket.destroy()
      resolve(exchange)
    }
    const onAbort = () => settle(endedExchange(deadline, null))
    deadline.signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', error => settle(brokenExchange(error)))
    socket.on('close', () =>
      settle({ kind: 'failed', code: 'MALFORMED', detail: 'the server closed the connection without a whole reply' }),
    )
    socket.on('connect', () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(asked.query.length)
      socket.write(Buffer.concat([length, asked.query]))
    })
    socket.on('data', chunk => {
      // Bounded by the length field: at most 2 + 65535 octets and one chunk are kept.
      received = Buffer.concat([received, chunk])
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return
      const reply = judgeReceived(received.subarray(2, 2 + received.readUInt16BE(0)), asked)
      if (reply.kind === 'reply') settle(reply)
      else
        settle({
          kind: 'failed',
          code: 'MALFORMED',
          detail: reply.kind === 'malformed' ? reply.detail : 'a reply to another question',
        })
    })
  })
}
