import type DNS from 'dns2'
import { createTCPServer, createUDPServer, Packet } from 'dns2'
import type { Server, Socket } from 'node:net'
import { isTaken, listenOn, LOOPBACK } from './ports.ts'
import { answerFrom, type ZoneAnswer, type ZoneRecord } from './zone.ts'

type DnsPacket = InstanceType<typeof Packet>

/** How the server answers now; asked for at every question, so a fault works at once. */
export type DnsState = { readonly records: readonly ZoneRecord[]; readonly answer: 'zone' | 'none' | 'servfail' }

export type DnsServer = { readonly port: number; close(): Promise<void> }

// RFC 1035 section 4.1.1; dns2 knows these numbers and does not declare them.
const RCODE = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const
const TTL_SECONDS = 5
const PORT_TRIES = 20

/** UDP and TCP on one loopback port. @param wantedPort 0: the system chooses */
export async function createDnsServer(wantedPort: number, state: () => DnsState): Promise<DnsServer> {
  const sockets = new Set<Socket>()
  const tcp = createTCPServer((request, send) => {
    const reply = composeReply(request, state())
    if (reply) void send(reply)
  })
  tcp.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const udp = createUDPServer((request, send) => {
    const reply = composeReply(request, state())
    // A datagram that cannot be sent back (a forged source port) is lost, as on any network.
    if (reply) void send(reply).catch(() => undefined)
  })
  udp.on('error', () => undefined)
  const port = await bindBoth(tcp, udp, wantedPort)
  return {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise<void>(resolve => tcp.close(() => resolve())),
        new Promise<void>(resolve => udp.close(() => resolve())),
      ])
    },
  }
}

/** RFC 6698 section 7.1, which dns2 does not know. */
const TLSA = 52

const TYPE_NAMES = new Map<number, string>([
  ...Object.entries(Packet.TYPE).map(([name, number]) => [number, name] as const),
  [TLSA, 'TLSA'],
])

function composeReply(request: DnsPacket, state: DnsState): Buffer | null {
  if (state.answer === 'none') return null
  const question = request.questions[0]
  const header = {
    id: request.header.id,
    qr: 1,
    aa: 1,
    rd: request.header.rd,
    opcode: request.header.opcode,
    qdcount: question ? 1 : 0,
  } as const
  if (!question || request.header.opcode !== 0 || state.answer === 'servfail')
    return encode({ ...header, rcode: RCODE.SERVFAIL }, question, [])
  const type = TYPE_NAMES.get(question.type) ?? ''
  const answer = answerFrom(state.records, question.name, type)
  switch (answer.kind) {
    case 'records':
      // Only signed records count for DANE, so for them the server speaks as a resolver that has checked.
      return encode(
        { ...header, rcode: RCODE.NOERROR, ad: type === 'TLSA' ? 1 : 0 },
        question,
        answer.records.map(resourceOf),
      )
    case 'refused':
      return encode({ ...header, rcode: RCODE.REFUSED }, question, [])
    case 'nodata':
    case 'nxdomain':
      return encode({ ...header, rcode: rcodeOf(answer) }, question, [], [startOfAuthority(answer.zone)])
  }
}

function rcodeOf(answer: ZoneAnswer): number {
  return answer.kind === 'nxdomain' ? RCODE.NXDOMAIN : RCODE.NOERROR
}

/** dns2 writes data of types that it does not know as they are, which its types do not say. */
type Resource = Omit<Partial<DNS.Packet.Resource>, 'data'> & {
  readonly name: string
  readonly type: number
  readonly data?: string | Buffer
}

/** Nor do they know the bit for "checked" (RFC 4035 section 3.1.6), which it writes. */
type Header = Partial<DNS.Packet.Header> & { readonly ad?: 0 | 1 }

function resourceOf(record: ZoneRecord): Resource {
  const base = { name: record.name, class: Packet.CLASS.IN, ttl: TTL_SECONDS }
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return { ...base, type: Packet.TYPE[record.type], address: record.address }
    case 'MX':
      return { ...base, type: Packet.TYPE.MX, priority: record.priority, exchange: record.exchange }
    case 'TXT':
      return { ...base, type: Packet.TYPE.TXT, data: record.text }
    case 'NS':
      return { ...base, type: Packet.TYPE.NS, ns: record.target }
    case 'PTR':
      return { ...base, type: Packet.TYPE.PTR, domain: record.target }
    case 'TLSA':
      // Usage 3, selector 1, matching type 1.
      return { ...base, type: TLSA, data: Buffer.concat([Buffer.of(3, 1, 1), Buffer.from(record.digest, 'hex')]) }
    case 'SRV':
      return { ...base, type: Packet.TYPE.SRV, priority: 0, weight: 1, port: record.port, target: record.target }
  }
}

function startOfAuthority(zone: string): Resource {
  const times = { serial: 1, refresh: 3600, retry: 600, expiration: 86_400, minimum: TTL_SECONDS }
  const base = { name: zone, type: Packet.TYPE.SOA, class: Packet.CLASS.IN, ttl: TTL_SECONDS }
  return { ...base, primary: `ns.${zone}`, admin: `hostmaster.${zone}`, ...times }
}

/** Each part on its own, so that no name is compressed: c-ares refuses a compressed SRV target (RFC 2782). */
function encode(
  header: Header,
  question: DNS.Packet.Question | undefined,
  answers: readonly Resource[],
  authorities: readonly Resource[] = [],
): Buffer {
  const counts = { ancount: answers.length, nscount: authorities.length, arcount: 0 }
  return Buffer.concat([
    new Packet.Header({ ...header, ...counts }).toBuffer(),
    ...(question ? [Packet.Question.encode(question)] : []),
    ...[...answers, ...authorities].map(record =>
      // Its type leaves out the octets that it takes.
      Packet.Resource.encode(new Packet.Resource(record as Partial<DNS.Packet.Resource>)),
    ),
  ])
}

/** UDP has to have the port that TCP got; where somebody else has it, both try another. */
async function bindBoth(tcp: Server, udp: DNS.UDPServer, wantedPort: number): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      const port = await listenOn(tcp, tries === 1 ? wantedPort : 0)
      await bindUdp(udp, port)
      return port
    } catch (error) {
      if (tcp.listening) await new Promise(resolve => tcp.close(resolve))
      if (!isTaken(error) || tries === PORT_TRIES) throw error
    }
  }
}

function bindUdp(udp: DNS.UDPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    udp.once('error', reject)
    udp.bind({ port, address: LOOPBACK, exclusive: true }, () => {
      udp.off('error', reject)
      resolve()
    })
  })
}
