import { createSocket, type Socket } from 'node:dgram'
import { isIP } from 'node:net'
import { lowerCase, randomizeCase } from '#engine/dns/case.ts'
import { type Abandon, brokenExchange, judgeReceived, malformedExchange, type Settle } from '#engine/dns/exchange.ts'
import type { Query } from '#engine/dns/message.ts'
import { randomUInt16 } from '#engine/dns/random.ts'
import type { Server } from '#engine/dns/server.ts'

/**
 * Questions that one socket carries in its life. Each socket has a random port from the operating system and each
 * question a random id; few questions per port keep a forger guessing (RFC 5452 section 9.2), and not one socket for
 * each question is what makes thousands of questions fast.
 */
const QUESTIONS_PER_SOCKET = 64

/** `plain`: without capitals of ours. */
type Waiting = { readonly query: Query; readonly settle: Settle; id: number; plain: boolean; channel: Channel }
type Channel = {
  readonly server: Server
  readonly socket: Socket
  readonly waiting: Map<number, Waiting>
  readonly onSent: (error: Error | null) => void
  /** What goes out as soon as the socket is connected; null: it is. */
  held: Waiting[] | null
  asked: number
}

/**
 * The datagram sockets of one resolver. A socket is shared by questions that are under way at the same time and closed
 * when none is left, so nothing stays open behind. Being connected, it hears only its server, whose "port unreachable"
 * becomes an error at once instead of a wait.
 */
export class UdpSockets {
  /** The socket that takes the next question to a server. */
  readonly #current = new Map<Server, { channel: Channel | null }>()
  /** Those whose servers answer with other capitals than they were asked with; they are asked plainly from then on. */
  readonly #losesCase = new WeakSet<Server>()
  #outgoing: Waiting[] = []

  put(server: Server, query: Query, settle: Settle): Abandon {
    const plain = this.#losesCase.has(server)
    if (!plain) randomizeCase(query)
    const waiting: Waiting = { query, settle, id: 0, plain, channel: this.#channelTo(server) }
    this.#enter(waiting)
    return () => this.#leave(waiting)
  }

  #enter(waiting: Waiting): void {
    const { channel } = waiting
    waiting.id = freeId(channel.waiting)
    waiting.query.bytes.writeUInt16BE(waiting.id, 0)
    channel.asked++
    channel.waiting.set(waiting.id, waiting)
    // Questions of the same turn go out together: a server that is woken for one finds the others waiting.
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush())
    this.#outgoing.push(waiting)
  }

  #leave(waiting: Waiting): void {
    const { channel, id } = waiting
    if (channel.waiting.get(id) !== waiting) return
    channel.waiting.delete(id)
    if (channel.waiting.size > 0) return
    this.#retire(channel)
    channel.socket.close()
  }

  #flush(): void {
    const outgoing = this.#outgoing
    this.#outgoing = []
    for (const waiting of outgoing) {
      if (waiting.channel.held === null) send(waiting)
      else waiting.channel.held.push(waiting)
    }
  }

  /** An error concerns the server, and so everybody who waits for it. */
  #fail(channel: Channel, error: Error): void {
    // Whoever is told asks again perhaps, over another socket then.
    this.#retire(channel)
    for (const waiting of channel.waiting.values()) {
      this.#leave(waiting)
      waiting.settle(brokenExchange(error))
    }
  }

  #hear(channel: Channel, bytes: Buffer): void {
    const waiting = bytes.length < 2 ? undefined : channel.waiting.get(bytes.readUInt16BE(0))
    if (!waiting) return
    const received = judgeReceived(bytes, waiting.query)
    switch (received.kind) {
      case 'foreign':
        return
      case 'other-case':
        if (!waiting.plain) {
          this.#askPlainly(waiting)
          return
        }
        this.#leave(waiting)
        waiting.settle({ kind: 'reply', message: received.message })
        return
      case 'reply':
        this.#leave(waiting)
        waiting.settle(received)
        return
      case 'malformed':
        this.#leave(waiting)
        waiting.settle(malformedExchange(received.detail))
    }
  }

  /** The server does not keep the case, or somebody guessed everything but that: so once more, under another id. */
  #askPlainly(waiting: Waiting): void {
    const { server } = waiting.channel
    this.#losesCase.add(server)
    this.#leave(waiting)
    lowerCase(waiting.query.bytes, waiting.query)
    waiting.plain = true
    waiting.channel = this.#channelTo(server)
    this.#enter(waiting)
  }

  #channelTo(server: Server): Channel {
    const slot = this.#current.get(server) ?? { channel: null }
    if (slot.channel !== null && slot.channel.asked < QUESTIONS_PER_SOCKET) return slot.channel
    slot.channel = this.#createChannel(server)
    this.#current.set(server, slot)
    return slot.channel
  }

  #retire(channel: Channel): void {
    const slot = this.#current.get(channel.server)
    if (slot?.channel === channel) slot.channel = null
  }

  #createChannel(server: Server): Channel {
    const family = isIP(server.host) === 6 ? 6 : 4
    // The host is an address: handing it back saves a turn through getaddrinfo for every socket.
    const socket = createSocket({ type: `udp${family}`, lookup: (host, _, callback) => callback(null, host, family) })
    const onSent = (error: Error | null) => {
      if (error) this.#fail(channel, error)
    }
    const waiting = new Map<number, Waiting>()
    const channel: Channel = { server, socket, waiting, onSent, held: [], asked: 0 }
    // Stays attached, so that a late error is never unheard.
    socket.on('error', error => this.#fail(channel, error))
    socket.on('message', bytes => this.#hear(channel, bytes))
    socket.connect(server.port, server.host, () => {
      const held = channel.held ?? []
      channel.held = null
      held.forEach(send)
    })
    return channel
  }
}

/** Unless it was abandoned meanwhile: then its socket may be closed. */
function send(waiting: Waiting): void {
  const { channel, id, query } = waiting
  if (channel.waiting.get(id) === waiting) channel.socket.send(query.bytes, channel.onSent)
}

function freeId(waiting: ReadonlyMap<number, unknown>): number {
  for (;;) {
    const id = randomUInt16()
    if (!waiting.has(id)) return id
  }
}
