import { connect, type Socket } from 'node:net'
import { type Carried, type Connection, IDLE_MS } from '#engine/dns/connections.ts'
import { type Abandon, brokenExchange, judgeReceived, malformedExchange } from '#engine/dns/exchange.ts'
import type { Query } from '#engine/dns/message.ts'
import { randomUInt16 } from '#engine/dns/random.ts'
import type { Server } from '#engine/dns/server.ts'
import { connectTls, distrustOf } from '#engine/dns/tls.ts'
import type { TlsServer } from '#shared/domain/dns-server.ts'

/** Ids of one connection must stay apart, so that it is left for a new one long before they run out. */
const QUESTIONS_PER_CONNECTION = 10_000

/** `live`: false once it was abandoned; its id stays taken until its late reply or the end of the connection. */
type Waiting = { readonly query: Query; settle(carried: Carried): void; live: boolean }

/** DNS over TCP (RFC 7766). */
export function openTcp(server: Server): Connection {
  return new StreamConnection(connect({ host: server.host, port: server.port, noDelay: true }), 'connect')
}

/** DNS over TLS (RFC 7858). @param extraCas PEM, trusted beside the system's */
export function openTls(server: TlsServer, extraCas: readonly string[]): Connection {
  return new StreamConnection(connectTls(server, extraCas, []), 'secureConnect')
}

/** Messages behind two octets of length (RFC 1035 section 4.2.2), answered in any order. */
class StreamConnection implements Connection {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #idle: NodeJS.Timeout
  #received: Buffer = Buffer.alloc(0)
  #live = 0
  #asked = 0
  #replies = 0
  #ended = false

  /** @param ready the event after which the socket carries questions */
  constructor(socket: Socket, ready: 'connect' | 'secureConnect') {
    this.#socket = socket
    this.#idle = setTimeout(() => {
      if (this.#live === 0) this.#end({ kind: 'closed' })
    }, IDLE_MS)
    this.#idle.unref()
    // Over TLS a question that was written earlier could reach a server whose certificate is not accepted.
    socket.cork()
    socket.once(ready, () => socket.uncork())
    socket.on('error', error => this.#end(distrustOf(socket, error) ?? brokenExchange(error)))
    socket.on('close', () => this.#end(malformedExchange('the server closed the connection without a whole reply')))
    socket.on('data', chunk => this.#hear(chunk))
  }

  get usable(): boolean {
    return !this.#ended && this.#asked < QUESTIONS_PER_CONNECTION
  }

  put(query: Query, settle: (carried: Carried) => void): Abandon {
    const waiting: Waiting = { query, settle, live: true }
    const id = this.#freeId()
    query.bytes.writeUInt16BE(id, 0)
    this.#waiting.set(id, waiting)
    this.#asked++
    this.#live++
    this.#socket.ref()
    const length = Buffer.alloc(2)
    length.writeUInt16BE(query.bytes.length)
    this.#socket.write(Buffer.concat([length, query.bytes]))
    return () => {
      if (!waiting.live) return
      waiting.live = false
      this.#live--
      // It is silent or not even open, and nobody else waits for it: the next question gets a new one.
      if (this.#live === 0) this.#end({ kind: 'closed' })
    }
  }

  #hear(chunk: Buffer): void {
    // Bounded by the length field: at most 2 + 65535 octets and one chunk are kept.
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    while (!this.#ended && this.#received.length >= 2) {
      const end = 2 + this.#received.readUInt16BE(0)
      if (this.#received.length < end) return
      const message = this.#received.subarray(2, end)
      this.#received = this.#received.subarray(end)
      this.#take(message)
    }
  }

  #take(message: Buffer): void {
    const id = message.length < 2 ? -1 : message.readUInt16BE(0)
    const waiting = this.#waiting.get(id)
    const received = waiting === undefined ? null : judgeReceived(message, waiting.query)
    // Nobody but the server can put something here, so it is the server that is out of order.
    if (!waiting || received === null || received.kind === 'foreign') {
      this.#end(malformedExchange('a reply to another question'))
      return
    }
    this.#waiting.delete(id)
    this.#replies++
    if (!waiting.live) return
    waiting.live = false
    this.#live--
    if (this.#live === 0) this.#rest()
    waiting.settle(
      received.kind === 'malformed' ? malformedExchange(received.detail) : { kind: 'reply', message: received.message },
    )
  }

  /** Nobody waits: it stays open a while, without keeping the process alive. */
  #rest(): void {
    this.#socket.unref()
    this.#idle.refresh()
  }

  #end(carried: Carried): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#idle)
    this.#socket.destroy()
    const reused = this.#replies > 0 && carried.kind === 'failed' && carried.code !== 'UNTRUSTED'
    for (const waiting of this.#waiting.values()) {
      if (!waiting.live) continue
      waiting.live = false
      waiting.settle(reused ? { kind: 'closed' } : carried)
    }
    this.#waiting.clear()
  }

  #freeId(): number {
    for (;;) {
      const id = randomUInt16()
      if (!this.#waiting.has(id)) return id
    }
  }
}
