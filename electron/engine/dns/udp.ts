import { randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { isIP } from 'node:net'
import { ABANDONED, brokenExchange, type Exchange, judgeReceived, type Query } from '#engine/dns/exchange.ts'
import type { Server } from '#engine/dns/server.ts'

/**
 * Questions that one socket carries in its life. Each socket has a random port from the operating system and each
 * question a random id; few questions per port keep a forger guessing (RFC 5452 section 9.2), and not one socket for
 * each question is what makes thousands of questions fast.
 */
const QUESTIONS_PER_SOCKET = 64

type Waiting = { readonly query: Query; settle(exchange: Exchange): void }
type Channel = { readonly socket: Socket; readonly waiting: Map<number, Waiting>; asked: number; connected: boolean }

/**
 * The datagram sockets of one resolver. A socket is shared by questions that are under way at the same time and closed
 * when none is left, so nothing stays open behind. Being connected, it hears only its server, whose "port unreachable"
 * becomes an error at once instead of a wait.
 */
export class UdpSockets {
  readonly #open = new Map<Server, Channel>()

  exchange(server: Server, query: Query, signal: AbortSignal): Promise<Exchange> {
    if (signal.aborted) return Promise.resolve(ABANDONED)
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    const channel = this.#channelTo(server)
    const id = freeId(channel.waiting)
    const settle = (exchange: Exchange) => {
      signal.removeEventListener('abort', abandon)
      channel.waiting.delete(id)
      if (channel.waiting.size === 0) this.#close(server, channel)
      resolve(exchange)
    }
    const abandon = () => settle(ABANDONED)
    signal.addEventListener('abort', abandon)
    channel.asked++
    channel.waiting.set(id, { query, settle })
    if (channel.connected) send(channel, id, query)
    return promise
  }

  #channelTo(server: Server): Channel {
    const current = this.#open.get(server)
    if (current && current.asked < QUESTIONS_PER_SOCKET) return current
    const channel = createChannel(server)
    this.#open.set(server, channel)
    return channel
  }

  #close(server: Server, channel: Channel): void {
    if (this.#open.get(server) === channel) this.#open.delete(server)
    channel.socket.close()
  }
}

function createChannel(server: Server): Channel {
  const family = isIP(server.host) === 6 ? 6 : 4
  // The host is an address: handing it back saves a turn through getaddrinfo for every socket.
  const socket = createSocket({ type: `udp${family}`, lookup: (host, _, callback) => callback(null, host, family) })
  const channel: Channel = { socket, waiting: new Map<number, Waiting>(), asked: 0, connected: false }
  // Stays attached, so that a late error is never unheard. It concerns the server, and so everybody who waits for it.
  socket.on('error', error => {
    for (const waiting of channel.waiting.values()) waiting.settle(brokenExchange(error))
  })
  socket.on('message', bytes => {
    const id = bytes.length < 2 ? -1 : bytes.readUInt16BE(0)
    const waiting = channel.waiting.get(id)
    if (!waiting) return
    const received = judgeReceived(bytes, id, waiting.query.question)
    if (received.kind === 'reply') waiting.settle(received)
    if (received.kind === 'malformed') waiting.settle({ kind: 'failed', code: 'MALFORMED', detail: received.detail })
  })
  socket.connect(server.port, server.host, () => {
    channel.connected = true
    for (const [id, { query }] of channel.waiting) send(channel, id, query)
  })
  return channel
}

function send(channel: Channel, id: number, query: Query): void {
  channel.socket.send(query.compose(id), error => {
    if (error) channel.waiting.get(id)?.settle(brokenExchange(error))
  })
}

function freeId(waiting: ReadonlyMap<number, unknown>): number {
  for (;;) {
    const id = randomInt(0x10000)
    if (!waiting.has(id)) return id
  }
}
