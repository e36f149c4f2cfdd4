import type { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { askServers } from '#engine/dns/ask-servers.ts'
import type { Reach, Transport } from '#engine/dns/ask.ts'
import { AnswerCache } from '#engine/dns/cache.ts'
import { Gate } from '#engine/dns/gate.ts'
import { CHAIN_LIMIT, judgeReply } from '#engine/dns/judge-reply.ts'
import { parseName, printName } from '#engine/dns/name.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { printServer, type Server, systemServers } from '#engine/dns/server.ts'
import { UdpSockets } from '#engine/dns/udp.ts'

export type ResolverOptions = {
  /** `system`: those of the operating system. Never a public one that nobody asked for. */
  readonly servers: 'system' | readonly Server[]
  /** `udp` unless said otherwise. */
  readonly transport?: Transport
  /** How many answers are remembered; 0 to ask every time. */
  readonly cacheSize?: number
}

export type Resolver = {
  /** `system`, or the `HOST:PORT` list of the servers that were chosen. */
  readonly label: string
  /**
   * Never rejects: "no such name", "no such record" and "nobody answered" are answers.
   * Equal questions that are asked at the same time go out once.
   */
  lookup<T extends RecordType>(name: string, type: T, deadline: Deadline): Promise<Answer<T>>
}

const CACHE_SIZE = 2_000
/** Questions under way at a time: more small datagrams than this do not surely fit a receive buffer of 208 KiB, the usual size. */
const UNDER_WAY_LIMIT = 128

export function createResolver(options: ResolverOptions): Resolver {
  const servers = options.servers === 'system' ? systemServers() : options.servers
  const reach: Reach = { transport: options.transport ?? 'udp', sockets: new UdpSockets() }
  const cache = new AnswerCache(options.cacheSize ?? CACHE_SIZE)
  const gate = new Gate(UNDER_WAY_LIMIT)
  const underWay = new Map<string, Promise<Answer>>()

  async function lookup<T extends RecordType>(name: string, type: T, deadline: Deadline): Promise<Answer<T>> {
    const labels = parseName(name)
    if (!labels.ok) return failedAnswer('BAD-NAME', labels.error, null)
    const key = `${type} ${printName(labels.value).toLowerCase()}`
    for (;;) {
      // Only answers to questions of type T are stored under a key that begins with T.
      const known = (cache.read(key, performance.now()) ?? underWay.get(key)) as
        Answer<T> | Promise<Answer<T>> | undefined
      if (known === undefined) {
        // In a queue behind others our own time may end before it is our turn.
        const queued = gate.full
        const asking = ask(key, labels.value, type, deadline)
        return queued ? untilEnd(asking, deadline) : asking
      }
      const answer = await untilEnd(Promise.resolve(known), deadline)
      // Whoever asked first was stopped or ran out of its time; we were not and did not, so we ask ourselves.
      const cutShort = answer.kind === 'failed' && answer.server === null && /^(?:STOPPED|TIMEOUT)$/.test(answer.code)
      if (!cutShort || deadline.signal.aborted) return answer
    }
  }

  async function ask<T extends RecordType>(key: string, labels: readonly Buffer[], type: T, deadline: Deadline) {
    const asking = gate.pass(() => askWithChain(servers, labels, type, reach, deadline))
    underWay.set(key, asking)
    try {
      const answer = await asking
      cache.keep(key, answer, performance.now())
      return answer
    } finally {
      underWay.delete(key)
    }
  }

  return { label: options.servers === 'system' ? 'system' : servers.map(printServer).join(', '), lookup }
}

async function askWithChain<T extends RecordType>(
  servers: readonly Server[],
  labels: readonly Buffer[],
  type: T,
  reach: Reach,
  deadline: Deadline,
): Promise<Answer<T>> {
  let name = printName(labels).toLowerCase()
  const chain: string[] = []
  let authenticated = true
  let ttlSeconds = Infinity
  for (;;) {
    const asked = parseName(name)
    if (!asked.ok) return failedAnswer('BAD-NAME', `${name}: ${asked.error}`, null)
    const judged = await askServers(servers, { labels: asked.value, type }, reach, deadline, (message, server) =>
      judgeReply(message, name, type, printServer(server)),
    )
    if (judged.kind === 'answer') {
      const { answer } = judged
      if (answer.kind === 'failed') return answer
      return {
        ...answer,
        chain: [...chain, ...answer.chain],
        authenticated: authenticated && answer.authenticated,
        ttlSeconds: Math.min(ttlSeconds, answer.ttlSeconds),
      }
    }
    chain.push(...judged.chain)
    if (new Set(chain).size < chain.length || chain.length > CHAIN_LIMIT) {
      return failedAnswer('CNAME-LOOP', `${printName(labels)} leads in a circle`, null)
    }
    name = judged.name
    authenticated &&= judged.authenticated
    ttlSeconds = Math.min(ttlSeconds, judged.ttlSeconds)
  }
}

/** The answer, or the end of our own time if that comes first. */
async function untilEnd<T extends RecordType>(answer: Promise<Answer<T>>, deadline: Deadline): Promise<Answer<T>> {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>()
  const end = () => resolve(failedAnswer(deadline.stopped ? 'STOPPED' : 'TIMEOUT', null, null))
  if (deadline.signal.aborted) end()
  deadline.signal.addEventListener('abort', end)
  try {
    return await Promise.race([answer, promise])
  } finally {
    deadline.signal.removeEventListener('abort', end)
  }
}
