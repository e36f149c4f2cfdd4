import { type Abandon, type Exchange, malformedExchange, type Settle } from '#engine/dns/exchange.ts'
import type { Query } from '#engine/dns/message.ts'
import type { Server } from '#engine/dns/server.ts'

/** `closed`: the server ended a connection on which it had answered before, as it may at any time (RFC 7766 section 6.2.4). */
export type Carried = Exchange | { readonly kind: 'closed' }

/** Carries many questions at the same time and closes itself when it is idle. */
export interface Connection {
  /** Whether it takes another question. */
  readonly usable: boolean
  put(query: Query, settle: (carried: Carried) => void): Abandon
}

/** RFC 7766 section 6.2.3 has clients close idle connections soon; a handshake for each question would be slow. */
export const IDLE_MS = 5_000

/** The connections of one resolver over one transport, one for each server. */
export class Connections {
  readonly #open = new Map<Server, Connection>()
  readonly #create: (server: Server) => Connection

  constructor(create: (server: Server) => Connection) {
    this.#create = create
  }

  put(server: Server, query: Query, settle: Settle): Abandon {
    let abandon = this.#connectionTo(server).put(query, first => {
      if (first.kind !== 'closed') {
        settle(first)
        return
      }
      // Once more over a fresh connection; if that ends too, it is not because it was idle for too long.
      abandon = this.#connectionTo(server).put(query, second =>
        settle(second.kind === 'closed' ? malformedExchange('the server closes its connections') : second),
      )
    })
    return () => abandon()
  }

  #connectionTo(server: Server): Connection {
    const current = this.#open.get(server)
    if (current?.usable === true) return current
    const connection = this.#create(server)
    this.#open.set(server, connection)
    return connection
  }
}
