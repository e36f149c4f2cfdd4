import { randomInt } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Security } from '#shared/account/account.ts'
import type { BlockObservations, DialRole, DialSeen, TalkSeen } from '#shared/diagnosis/block-observations.ts'
import type { Address, ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import { lookupAddresses } from '#engine/dns/addresses.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { dial } from '#engine/net/dial.ts'
import { lookAtServer, type Look, type LookOptions } from '#engine/smtp/look.ts'
import { looksMangled } from '#engine/smtp/mangled.ts'
import { previewOf } from '#engine/smtp/wire.ts'

export type LocateQuestion = {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** Another host to compare with, on the same port; only where the person allowed it. */
  readonly controlHost: string | null
  readonly inContainer: boolean
}

export type LocateOptions = Omit<LookOptions, 'onEvent' | 'converse' | 'resolved'> & {
  /** The DNS servers themselves, to compare with the system's own way; null where it is the same way. */
  readonly dns: Resolver | null
  /** After each observation, all of them so far. */
  readonly onSeen?: (seen: BlockObservations) => void
}

/** RFC 8314 section 7.3, RFC 6409, RFC 5321, and the port that providers offer where those are blocked. */
const MAIL_PORTS = [465, 587, 2525, 25]

/** Of each family; a provider's name may have dozens of addresses that all behave alike. */
const ADDRESSES_EACH = 1
const CONNECT_MS = 8_000

/** Gathers, beside each other and within the deadline, what tells who keeps a connection from coming about. No credentials. */
export async function observeBlock(question: LocateQuestion, options: LocateOptions): Promise<BlockObservations> {
  const { host, port, security, controlHost, inContainer } = question
  const { deadline, resolver, dns } = options
  const family = options.family ?? null
  const asking: Promise<ResolveEvidence | null> =
    dns === null ? Promise.resolve(null) : lookupAddresses(host, family, dns, deadline)
  const resolve = await lookupAddresses(host, family, resolver, deadline)
  let seen: BlockObservations = {
    host,
    port,
    security,
    inContainer,
    resolve,
    dns: null,
    dials: [],
    talk: null,
    controlHost,
  }
  const tell = (more: Partial<BlockObservations>) => {
    seen = { ...seen, ...more }
    options.onSeen?.(seen)
  }
  tell({})
  const dialing = (role: DialRole, addresses: readonly Address[], ports: readonly number[]) =>
    addresses.flatMap(address =>
      ports.map(each =>
        dialOnce(role, address, each, deadline).then(dialed => tell({ dials: [...seen.dials, dialed] })),
      ),
    )
  const addresses = firstOfEach(resolve)
  const first = addresses.slice(0, 1)
  const others = MAIL_PORTS.filter(each => each !== port)
  await Promise.all([
    asking.then(answer => tell({ dns: answer })),
    ...dialing('asked', addresses, [port]),
    ...dialing('other-port', first, others),
    ...dialing('unused-port', first, [unusedPort()]),
    talkTo(question, addresses, options).then(talk => tell({ talk })),
    ...(controlHost === null
      ? []
      : [dialControl(controlHost, port, options).then(dials => tell({ dials: [...seen.dials, ...dials] }))]),
  ])
  return { ...seen, dials: seen.dials.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)) }
}

const ROLES: readonly DialRole[] = ['asked', 'other-port', 'unused-port', 'control']

async function dialOnce(
  role: DialRole,
  { address, family }: Address,
  port: number,
  deadline: Deadline,
): Promise<DialSeen> {
  const limit = deadline.within(CONNECT_MS)
  const dialed = await dial({ kind: 'address', address, family, port, sourceIp: null }, limit)
  if (dialed.kind === 'failed') return { ...dialed.attempt, role }
  try {
    if (role !== 'unused-port') return { ...dialed.attempt, role }
    return { ...dialed.attempt, role, said: await askForPage(dialed.socket, address, deadline.within(PAGE_MS)) }
  } finally {
    dialed.socket.destroy()
  }
}

const PAGE_MS = 3_000

/** The first line that answers a question for a web page: a captive portal has one for every port. Null: none in time. */
function askForPage(socket: Socket, address: string, { signal }: Deadline): Promise<string | null> {
  const host = address.includes(':') ? `[${address}]` : address
  socket.write(`GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`)
  return new Promise(resolve => {
    const end = () => resolve(null)
    socket.once('data', (octets: Buffer) => {
      const lineEnd = octets.indexOf('\r')
      resolve(previewOf(lineEnd < 0 ? octets : octets.subarray(0, lineEnd)))
    })
    socket.once('close', end)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
  })
}

async function dialControl(
  host: string,
  port: number,
  { deadline, resolver, family }: LocateOptions,
): Promise<readonly DialSeen[]> {
  const addresses = firstOfEach(await lookupAddresses(host, family ?? null, resolver, deadline)).slice(0, 1)
  return Promise.all(addresses.map(address => dialOnce('control', address, port, deadline)))
}

/** Greeting, EHLO and certificate on the port itself: whether it is the server that speaks there. */
async function talkTo(
  { host, port, security }: LocateQuestion,
  addresses: readonly Address[],
  options: LocateOptions,
): Promise<TalkSeen | null> {
  if (addresses.length === 0) return null
  const look = await lookAtServer(
    { host, port, security: security === 'starttls' ? 'if-offered' : security },
    { ...options, insecure: true, limits: { ...options.limits, connectMs: CONNECT_MS } },
  )
  return look.connect?.kind === 'connected' ? talkIn(look) : null
}

function talkIn({ seen }: Look): TalkSeen {
  const [leaf] = seen.tls?.chain ?? []
  return {
    greeting: seen.greeting,
    mangled: seen.plain !== null && looksMangled(seen.plain),
    certificate:
      seen.tls !== null && leaf
        ? { subject: leaf.subject, issuer: leaf.issuer, trusted: seen.tls.trusted, distrust: seen.tls.distrust }
        : null,
  }
}

function firstOfEach(resolved: ResolveEvidence): readonly Address[] {
  const addresses =
    resolved.kind === 'resolved'
      ? resolved.addresses
      : resolved.kind === 'literal' && resolved.address
        ? [resolved.address]
        : []
  return ([4, 6] as const).flatMap(family => addresses.filter(each => each.family === family).slice(0, ADDRESSES_EACH))
}

/** Of the range that IANA assigns to nobody (RFC 6335 section 6); another one each time, so that it is on no list of traps. */
function unusedPort(): number {
  return randomInt(49_152, 65_535)
}
