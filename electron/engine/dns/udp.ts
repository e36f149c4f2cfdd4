import { createSocket } from 'node:dgram'
import type { Deadline } from '#engine/net/deadline.ts'
import { type Asked, brokenExchange, endedExchange, type Exchange, judgeReceived } from '#engine/dns/exchange.ts'
import type { Server } from '#engine/dns/server.ts'

/**
 * Each question has a socket of its own: the operating system gives it a random port, and being connected it hears only
 * this server, whose "port unreachable" becomes an error at once instead of a wait.
 */
export function exchangeUdp(server: Server, asked: Asked, deadline: Deadline): Promise<Exchange> {
  if (deadline.signal.aborted) return Promise.resolve(endedExchange(deadline, null))
  return new Promise(resolve => {
    const socket = createSocket({ type: server.host.includes(':') ? 'udp6' : 'udp4' })
    let foreign = 0
    const settle = (exchange: Exchange) => {
      deadline.signal.removeEventListener('abort', onAbort)
      socket.removeAllListeners('message')
      try {
        socket.close()
      } catch {
        // Closed already: an error came after the reply.
      }
      resolve(exchange)
    }
    const onAbort = () =>
      settle(endedExchange(deadline, foreign === 0 ? null : `${foreign} replies to other questions were ignored`))
    deadline.signal.addEventListener('abort', onAbort, { once: true })
    // Stays attached, so that a late error is never unheard.
    socket.on('error', error => settle(brokenExchange(error)))
    socket.on('message', bytes => {
      const received = judgeReceived(bytes, asked)
      if (received.kind === 'reply') settle(received)
      else if (received.kind === 'malformed') settle({ kind: 'failed', code: 'MALFORMED', detail: received.detail })
      else foreign++
    })
    socket.connect(server.port, server.host, () => {
      socket.send(asked.query, error => {
        if (error) settle(brokenExchange(error))
      })
    })
  })
}
