import type { Agent } from 'node:https'
import type { ClientHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { type Carried, type Connection, IDLE_MS } from '#engine/dns/connections.ts'
import { type Abandon, brokenExchange, malformedExchange } from '#engine/dns/exchange.ts'
import type { Query } from '#engine/dns/message.ts'
import { type Ask, askHttp1, askHttp2 } from '#engine/dns/https-request.ts'
import type { HttpsServer } from '#shared/domain/dns-server.ts'
import { connectTls, distrustOf, tlsOptions } from '#engine/dns/tls.ts'

type Waiting = { readonly query: Query; settle(carried: Carried): void; live: boolean; abandon: Abandon | null }

/** DNS over HTTPS (RFC 8484) to one server: HTTP/2 over one connection, or HTTP/1.1 where the server knows nothing else. */
export function openHttps(server: HttpsServer, extraCas: readonly string[]): Connection {
  return new HttpsConnection(server, extraCas)
}

class HttpsConnection implements Connection {
  readonly #server: HttpsServer
  readonly #extraCas: readonly string[]
  readonly #socket: TLSSocket
  readonly #waiting = new Set<Waiting>()
  readonly #idle: NodeJS.Timeout
  #session: ClientHttp2Session | null = null
  #agent: Agent | null = null
  #ask: Ask | null = null
  #replies = 0
  #ended = false

  constructor(server: HttpsServer, extraCas: readonly string[]) {
    this.#server = server
    this.#extraCas = extraCas
    this.#idle = setTimeout(() => {
      if (this.#waiting.size === 0) this.#end({ kind: 'closed' })
    }, IDLE_MS)
    this.#idle.unref()
    const socket = connectTls(server, extraCas, ['h2', 'http/1.1'])
    this.#socket = socket
    socket.on('error', error => this.#end(distrustOf(socket, error) ?? brokenExchange(error)))
    socket.on('close', () => {
      if (this.#agent === null) this.#end(malformedExchange('the server closed the connection without a whole reply'))
    })
    socket.once('secureConnect', () => {
      if (socket.alpnProtocol === 'h2') void this.#openHttp2()
      else void this.#openHttp1()
    })
  }

  get usable(): boolean {
    return !this.#ended && this.#session?.closed !== true
  }

  put(query: Query, settle: (carried: Carried) => void): Abandon {
    const waiting: Waiting = { query, settle, live: true, abandon: null }
    this.#waiting.add(waiting)
    this.#session?.ref()
    if (this.#ask !== null) this.#start(waiting, this.#ask)
    return () => {
      if (!waiting.live) return
      waiting.abandon?.()
      this.#leave(waiting)
      // It is silent or not even open, and nobody else waits for it: the next question gets a new one.
      if (this.#waiting.size === 0) this.#end({ kind: 'closed' })
    }
  }

  // Loaded only when they are needed: together they take longer to load than a command may take to start.
  async #openHttp2(): Promise<void> {
    const { connect } = await import('node:http2')
    if (this.#ended) return
    const session = connect(`https://${this.#server.authority}`, {
      createConnection: () => this.#socket,
      settings: { enablePush: false },
    })
    session.on('error', error => this.#end(brokenExchange(error)))
    session.on('close', () => this.#end(malformedExchange('the server closed the connection without a whole reply')))
    this.#session = session
    this.#begin((query, settle) => askHttp2(session, this.#server, query, settle))
  }

  async #openHttp1(): Promise<void> {
    const { Agent, request } = await import('node:https')
    if (this.#ended) return
    this.#agent = new Agent({ keepAlive: true, ...tlsOptions(this.#server, this.#extraCas) })
    this.#socket.destroy()
    const agent = this.#agent
    this.#begin((query, settle) => askHttp1(request, agent, this.#server, query, settle))
  }

  #begin(ask: Ask): void {
    this.#ask = ask
    for (const waiting of this.#waiting) this.#start(waiting, ask)
  }

  #start(waiting: Waiting, ask: Ask): void {
    waiting.abandon = ask(waiting.query, exchange => {
      if (!waiting.live) return
      const lost = exchange.kind === 'failed' && exchange.code === 'UNREACHABLE' && this.#session?.closed === true
      if (exchange.kind === 'reply') this.#replies++
      this.#leave(waiting)
      waiting.settle(lost && this.#replies > 0 ? { kind: 'closed' } : exchange)
    })
  }

  #leave(waiting: Waiting): void {
    waiting.live = false
    this.#waiting.delete(waiting)
    if (this.#waiting.size > 0) return
    this.#session?.unref()
    this.#idle.refresh()
  }

  #end(carried: Carried): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#idle)
    this.#session?.destroy()
    this.#agent?.destroy()
    this.#socket.destroy()
    const reused = this.#replies > 0 && carried.kind === 'failed' && carried.code !== 'UNTRUSTED'
    for (const waiting of this.#waiting) {
      this.#leave(waiting)
      waiting.settle(reused ? { kind: 'closed' } : carried)
    }
  }
}
