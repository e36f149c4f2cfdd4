import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server as TcpServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { Packet } from 'dns2'
import { encodeRecord, type ZoneRecord } from './zone-record.ts'

export type { ZoneRecord } from './zone-record.ts'

/** Names (any case, without the final dot) and what they have. A name that is only part of a longer one exists too. */
export type Zone = Readonly<Record<string, readonly ZoneRecord[]>>

export type ZoneServer = {
  readonly host: string
  readonly port: number
  /** Every question in the order of arrival, in lower case: `A example.com udp`. */
  readonly questions: string[]
  /** From now on, these records. */
  publish(zone: Zone): void
  close(): Promise<void>
}

export type ZoneServerOptions = {
  readonly host?: '127.0.0.1' | '::1'
  /** Sets the AD bit, as a validating resolver does. */
  readonly authenticated?: boolean
  /** Changes the octets on their way out; null sends nothing. */
  readonly tamper?: (reply: Buffer, transport: 'udp' | 'tcp') => Buffer | null
}

/** A DNS server on loopback, over UDP and TCP, that encodes with dns2: another codec than the one under test. */
export async function startZoneServer(zone: Zone, options: ZoneServerOptions = {}): Promise<ZoneServer> {
  const host = options.host ?? '127.0.0.1'
  let names = byLowerCase(zone)
  const questions: string[] = []
  const { udp, tcp, port } = await bindBoth(host)
  const open = new Set<Socket>()

  function replyTo(query: Buffer, transport: 'udp' | 'tcp'): Buffer | null {
    const request = Packet.parse(query)
    const [question] = request.questions
    if (!question) return null
    questions.push(`${TYPE_NAMES.get(question.type) ?? question.type} ${question.name.toLowerCase()} ${transport}`)
    const answer = answerOf(names, question.name.toLowerCase(), question.type)
    if (answer === null) return null
    const reply = composeReply(request, answer, options.authenticated ?? false)
    const limit = transport === 'tcp' ? 65_535 : (request.additionals.find(record => record.type === 41)?.class ?? 512)
    const bytes = reply.length <= limit ? reply : truncatedReply(request)
    return options.tamper ? options.tamper(bytes, transport) : bytes
  }

  udp.on('message', (query, from) => {
    const reply = replyTo(query, 'udp')
    if (reply) udp.send(reply, from.port, from.address)
  })
  tcp.on('connection', socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    let received: Buffer = Buffer.alloc(0)
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0)
        const reply = replyTo(received.subarray(2, end), 'tcp')
        received = received.subarray(end)
        if (!reply) continue
        const length = Buffer.alloc(2)
        length.writeUInt16BE(reply.length)
        socket.write(Buffer.concat([length, reply]))
      }
    })
  })

  return {
    host,
    port,
    questions,
    publish: next => {
      names = byLowerCase(next)
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      udp.close()
      tcp.close()
      await Promise.all([once(udp, 'close'), once(tcp, 'close')])
    },
  }
}

type Answered = { readonly rcode: number; readonly answers: readonly ReturnType<typeof encodeRecord>[] }

const TYPE_NAMES = new Map(
  [...Object.entries(Packet.TYPE), ['TLSA', 52], ['DS', 43]].map(([name, number]) => [Number(number), String(name)]),
)

/** Null: no reply at all. */
function answerOf(zone: ReadonlyMap<string, readonly ZoneRecord[]>, name: string, type: number): Answered | null {
  const answers: ReturnType<typeof encodeRecord>[] = []
  let at = name
  for (let hops = 0; hops < 20; hops++) {
    const records = zone.get(at)
    if (!records) return { rcode: isInnerName(zone, at) ? 0 : 3, answers }
    const failure = records.find(([kind]) => kind === 'RCODE')
    if (failure?.[0] === 'RCODE') return { rcode: failure[1], answers }
    const wanted = records.filter(([kind]) => kind === TYPE_NAMES.get(type))
    if (wanted.length === 0 && records.some(([kind]) => kind === 'TIMEOUT')) return null
    const [cname] = type === 5 ? [] : records.filter(([kind]) => kind === 'CNAME')
    for (const record of wanted.length > 0 ? wanted : cname ? [cname] : []) answers.push(encodeRecord(at, record))
    if (wanted.length > 0 || cname?.[0] !== 'CNAME') return { rcode: 0, answers }
    at = cname[1].toLowerCase()
  }
  return { rcode: 0, answers }
}

function isInnerName(zone: ReadonlyMap<string, unknown>, name: string): boolean {
  return [...zone.keys()].some(key => key.endsWith(`.${name}`))
}

function composeReply(request: Packet, { rcode, answers }: Answered, authenticated: boolean): Buffer {
  const reply = Packet.createResponseFromRequest(request)
  reply.header.ra = 1
  reply.header.rcode = rcode
  Object.assign(reply.header, { ad: authenticated ? 1 : 0 })
  reply.answers.push(...answers)
  return reply.toBuffer()
}

function truncatedReply(request: Packet): Buffer {
  const reply = Packet.createResponseFromRequest(request)
  reply.header.tc = 1
  return reply.toBuffer()
}

function byLowerCase(zone: Zone): ReadonlyMap<string, readonly ZoneRecord[]> {
  return new Map(Object.entries(zone).map(([name, records]) => [name.toLowerCase().replace(/\.$/, ''), records]))
}

/** The same port for both, which only the operating system can find free: so try until both are. */
async function bindBoth(host: string): Promise<{ udp: UdpSocket; tcp: TcpServer; port: number }> {
  for (;;) {
    const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    udp.bind(0, host)
    await once(udp, 'listening')
    const { port } = udp.address()
    const tcp = createServer()
    const bound = await new Promise<boolean>(resolve => {
      tcp.once('error', () => resolve(false))
      tcp.listen(port, host, () => resolve(true))
    })
    if (bound) return { udp, tcp, port }
    udp.close()
  }
}
