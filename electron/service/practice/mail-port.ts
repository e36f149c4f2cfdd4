import { createServer, type Socket } from 'node:net'
import type { PracticeEndpoint } from '#shared/contract/practice.ts'
import type { Behaviour } from './behaviour.ts'
import { MailServer, type MailServerParts, tlsOptionsFor } from './mail-server.ts'
import { PRACTICE_USER } from './names.ts'
import { listen, LOOPBACK } from './ports.ts'

/** `25`: a relay that asks nobody to sign in; `587`: submission with STARTTLS; `465`: submission with TLS from the start. */
export type MailPortName = 'relay' | 'submission' | 'submissions'

export const MAIL_PORTS: readonly MailPortName[] = ['submission', 'submissions', 'relay']

/** One listening port, which hands its connections to a server that behaves as the faults want it. */
export class MailPort {
  readonly #name: MailPortName
  readonly #parts: MailServerParts
  readonly #listener = createServer({ noDelay: true }, socket => this.#take(socket))
  readonly #sockets = new Set<Socket>()
  readonly #servers = new Set<MailServer>()
  #current: { readonly behaviour: Behaviour; readonly server: MailServer } | null = null
  #port: number

  /** @param wantedPort 0: the system chooses */
  constructor(name: MailPortName, wantedPort: number, parts: MailServerParts) {
    this.#name = name
    this.#port = wantedPort
    this.#parts = parts
    this.#listener.maxConnections = CONNECTION_LIMIT
  }

  get endpoint(): PracticeEndpoint {
    const security = { relay: 'none', submission: 'starttls', submissions: 'tls' } as const
    const user = this.#name === 'relay' ? null : PRACTICE_USER
    return { host: LOOPBACK, port: this.#port, security: security[this.#name], user }
  }

  /** From the next connection on. Opens the port, or closes it where a fault wants that. */
  async behave(behaviour: Behaviour): Promise<void> {
    const rules = {
      behaviour,
      encryptionRequired: this.#name === 'submission' && !behaviour.withholds('STARTTLS'),
      signInRequired: this.#name !== 'relay' && !behaviour.withholds('AUTH') && !behaviour.openRelay,
    }
    const implicitTls = behaviour.beginsWithTls(this.#name === 'submissions')
    const tls = await tlsOptionsFor(behaviour, this.#parts.certificates)
    const server = new MailServer(rules, implicitTls, tls, this.#parts)
    for (const old of this.#servers) if (old.idle) this.#servers.delete(old)
    this.#servers.add(server)
    this.#current = { behaviour, server }
    // A closed port has a number too: it is chosen first.
    if (!this.#listener.listening && !(behaviour.closed && this.#port !== 0))
      this.#port = await listen(this.#listener, this.#port)
    if (behaviour.closed) await this.#close()
  }

  async close(): Promise<void> {
    this.#current = null
    await this.#close()
    this.#servers.clear()
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#listener.close(() => resolve()))
    for (const server of this.#servers) server.cutAll()
    // Those that no server has: they were only said something to.
    for (const socket of this.#sockets) if (!socket.destroyed) socket.destroy()
    await closed
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
    if (!this.#current) return void socket.destroy()
    const { behaviour, server } = this.#current
    if (behaviour.cuts('connect')) socket.end()
    else if (behaviour.foreignWords !== null) {
      socket.write(behaviour.foreignWords)
      socket.resume()
    } else server.accept(socket)
  }
}

/** More than any test opens at once, few enough that a runaway client cannot eat the machine. */
const CONNECTION_LIMIT = 64
