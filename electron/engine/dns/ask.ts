import type { Exchange, Query } from '#engine/dns/exchange.ts'
import { composeQuery } from '#engine/dns/message.ts'
import { printName } from '#engine/dns/name.ts'
import { type RecordType, TYPE_NUMBER } from '#engine/dns/record.ts'
import type { Server } from '#engine/dns/server.ts'
import { exchangeTcp } from '#engine/dns/tcp.ts'
import type { UdpSockets } from '#engine/dns/udp.ts'

/** `udp` goes over to TCP where the reply does not fit; `tcp` never uses UDP. */
export type Transport = 'udp' | 'tcp'

/** How a resolver reaches its servers. */
export type Reach = { readonly transport: Transport; readonly sockets: UdpSockets }

export type Asked = { readonly labels: readonly Buffer[]; readonly type: RecordType }

const FORMERR = 1
const NOTIMP = 4

/** One question to one server, until there is a whole reply or a reason why not. */
export async function askServer(server: Server, asked: Asked, reach: Reach, signal: AbortSignal): Promise<Exchange> {
  const first = await askOnce(server, asked, true, reach, signal)
  if (first.kind !== 'reply') return first
  // RFC 6891 section 7: a server from before EDNS answers so; asked without it, it knows the rest.
  const old = first.message.rcode === FORMERR || first.message.rcode === NOTIMP
  const plain = old ? await askOnce(server, asked, false, reach, signal) : first
  const truncated = plain.kind === 'reply' && plain.message.truncated && reach.transport === 'udp'
  if (!truncated) return plain
  const whole = await askServer(server, asked, { ...reach, transport: 'tcp' }, signal)
  if (whole.kind !== 'failed') return whole
  return { kind: 'failed', code: 'TRUNCATED', detail: `too large for UDP, and over TCP: ${whole.detail ?? whole.code}` }
}

function askOnce(
  server: Server,
  { labels, type }: Asked,
  edns: boolean,
  { transport, sockets }: Reach,
  signal: AbortSignal,
): Promise<Exchange> {
  const query: Query = {
    question: { name: printName(labels).toLowerCase(), type: TYPE_NUMBER[type] },
    compose: id => composeQuery(id, labels, type, edns),
  }
  return transport === 'udp' ? sockets.exchange(server, query, signal) : exchangeTcp(server, query, signal)
}
