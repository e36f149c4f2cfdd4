import { Connections } from '#engine/dns/connections.ts'
import type { Abandon, Exchange, Settle } from '#engine/dns/exchange.ts'
import { openHttps } from '#engine/dns/https.ts'
import { composeQuery, type Query } from '#engine/dns/message.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { printServer, type Server } from '#engine/dns/server.ts'
import { openTcp, openTls } from '#engine/dns/stream.ts'
import { UdpSockets } from '#engine/dns/udp.ts'

/** `name`: normalized. */
export type Asked<T extends RecordType = RecordType> = { readonly name: string; readonly type: T }

/** How a resolver reaches its servers. */
export class Reach {
  readonly #udp = new UdpSockets()
  readonly #tcp = new Connections(server => openTcp(server))
  readonly #encrypted: Connections

  /** @param extraCas PEM, trusted beside the system's for DNS over TLS and HTTPS */
  constructor(extraCas: readonly string[]) {
    this.#encrypted = new Connections(server => {
      if (server.transport === 'tls') return openTls(server, extraCas)
      if (server.transport === 'https') return openHttps(server, extraCas)
      throw new Error(`${printServer(server)} is asked in the clear`)
    })
  }

  /** @param whole not over UDP, where an answer may not fit */
  put(server: Server, whole: boolean, query: Query, settle: Settle): Abandon {
    const { transport } = server
    if (transport === 'tls' || transport === 'https') return this.#encrypted.put(server, query, settle)
    return whole || transport === 'tcp' ? this.#tcp.put(server, query, settle) : this.#udp.put(server, query, settle)
  }
}

const FORMERR = 1
const NOTIMP = 4

/** One question to one server, until there is a whole reply or a reason why not. */
export function askServer(server: Server, asked: Asked, reach: Reach, settle: Settle): Abandon {
  let [edns, whole] = [true, false]
  let abandon = put()
  return () => abandon()

  function put(): Abandon {
    return reach.put(server, whole, composeQuery(asked.name, asked.type, edns), heard)
  }

  function heard(exchange: Exchange): void {
    const rcode = exchange.kind === 'reply' ? exchange.message.rcode : 0
    if (edns && (rcode === FORMERR || rcode === NOTIMP)) {
      // RFC 6891 section 7: a server from before EDNS answers so; asked without it, it knows the rest.
      edns = false
      abandon = put()
    } else if (exchange.kind === 'reply' && exchange.message.truncated && !whole && isDatagram(server)) {
      whole = true
      abandon = put()
    } else settle(whole ? saidInFull(exchange) : exchange)
  }
}

function isDatagram({ transport }: Server): boolean {
  return transport === undefined || transport === 'udp'
}

/** What came over TCP because it did not fit a datagram. */
function saidInFull(exchange: Exchange): Exchange {
  if (exchange.kind !== 'failed') return exchange
  const detail = `too large for UDP, and over TCP: ${exchange.detail ?? exchange.code}`
  return { kind: 'failed', code: 'TRUNCATED', detail }
}
