import { randomInt } from 'node:crypto'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Asked, Exchange } from '#engine/dns/exchange.ts'
import { composeQuery, type Message } from '#engine/dns/message.ts'
import { printName } from '#engine/dns/name.ts'
import { type RecordType, TYPE_NUMBER } from '#engine/dns/record.ts'
import type { Server } from '#engine/dns/server.ts'
import { exchangeTcp } from '#engine/dns/tcp.ts'
import { exchangeUdp } from '#engine/dns/udp.ts'

/** `udp` goes over to TCP where the reply does not fit; `tcp` never uses UDP. */
export type Transport = 'udp' | 'tcp'

const FORMERR = 1
const NOTIMP = 4

/** One question to one server, until there is a whole reply or a reason why not. */
export async function askServer(
  server: Server,
  labels: readonly Buffer[],
  type: RecordType,
  transport: Transport,
  deadline: Deadline,
): Promise<Exchange> {
  const first = await askOnce(server, labels, type, transport, true, deadline)
  // RFC 6891 section 7: a server from before EDNS answers so; asked without it, it knows the rest.
  const plain =
    first.kind === 'reply' && (first.message.rcode === FORMERR || first.message.rcode === NOTIMP)
      ? await askOnce(server, labels, type, transport, false, deadline)
      : first
  return isTruncated(plain) && transport === 'udp' ? askServer(server, labels, type, 'tcp', deadline) : plain
}

function askOnce(
  server: Server,
  labels: readonly Buffer[],
  type: RecordType,
  transport: Transport,
  edns: boolean,
  deadline: Deadline,
): Promise<Exchange> {
  const id = randomInt(0x10000)
  const question = { name: printName(labels).toLowerCase(), type: TYPE_NUMBER[type] }
  const asked: Asked = { id, question, query: composeQuery(id, labels, type, edns) }
  return transport === 'udp' ? exchangeUdp(server, asked, deadline) : exchangeTcp(server, asked, deadline)
}

function isTruncated(exchange: Exchange): exchange is { readonly kind: 'reply'; readonly message: Message } {
  return exchange.kind === 'reply' && exchange.message.truncated
}
