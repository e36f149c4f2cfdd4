import type { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { askServers, type Question } from '#engine/dns/ask-servers.ts'
import { type Asked, Reach } from '#engine/dns/ask.ts'
import { AnswerCache } from '#engine/dns/cache.ts'
import { Gate } from '#engine/dns/gate.ts'
import { CHAIN_LIMIT, judgeReply } from '#engine/dns/judge-reply.ts'
import type { Message } from '#engine/dns/message.ts'
import { parseName, printName } from '#engine/dns/name.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { RenewedMap } from '#engine/dns/renewed-map.ts'
import { printServer, type Server, systemServers } from '#engine/dns/server.ts'
import { Stops } from '#engine/dns/stops.ts'

export type ResolverOptions = {
  /** `system`: those of the operating system. Never a public one that nobody asked for. */
  readonly servers: 'system' | readonly Server[]
  /** PEM of CAs that are trusted beside the system's, for servers that are asked over TLS or HTTPS. */
  readonly extraCas?: readonly string[]
  /** How many answers are remembered; 0 to ask every time. */
  readonly cacheSize?: number
  /** How many questions are under way at a time; fewer where several resolvers ask the same servers. */
  readonly atATime?: number
}

export type Resolver = {
  /** `system`, or the list of the servers that were chosen, as `parseServer` reads them. */
  readonly label: string
  /**
   * Never rejects: "no such name", "no such record" and "nobody answered" are answers.
   * Equal questions that are asked at the same time go out once.
   */
  lookup<T extends RecordType>(name: string, type: T, deadline: Deadline): Promise<Answer<T>>
}

const CACHE_SIZE = 2_000
/** More small datagrams than this do not surely fit a receive buffer of 208 KiB, the usual size. */
const UNDER_WAY_LIMIT = 128

export function createResolver(options: ResolverOptions): Resolver {
  const servers = options.servers === 'system' ? systemServers() : options.servers
  const reach = new Reach(options.extraCas ?? [])
  const stops = new Stops()
  const cache = new AnswerCache(options.cacheSize ?? CACHE_SIZE)
  const gate = new Gate(options.atATime ?? UNDER_WAY_LIMIT)
  const underWay = new RenewedMap<string, Promise<Answer>>()

  async function lookup<T extends RecordType>(name: string, type: T, deadline: Deadline): Promise<Answer<T>> {
    const labels = parseName(name)
    if (!labels.ok) return failedAnswer('BAD-NAME', labels.error, null)
    const canonical = printName(labels.value).toLowerCase()
    const key = `${type} ${canonical}`
    for (;;) {
      // Only answers to questions of type T are stored under a key that begins with T.
      const known = (cache.read(key, performance.now()) ?? underWay.get(key)) as
        Answer<T> | Promise<Answer<T>> | undefined
      if (known === undefined) {
        // In a queue behind others our own time may end before it is our turn.
        const queued = gate.full
        const asking = ask(key, { labels: labels.value, type }, canonical, deadline)
        underWay.set(key, asking)
        return queued ? untilEnd(asking, deadline, stops) : asking
      }
      if (!(known instanceof Promise)) return known
      const answer = await untilEnd(known, deadline, stops)
      // Whoever asked first was stopped or ran out of its time; we were not and did not, so we ask ourselves.
      const cutShort = answer.kind === 'failed' && answer.server === null && /^(?:STOPPED|TIMEOUT)$/.test(answer.code)
      if (!cutShort || deadline.signal.aborted) return answer
    }
  }

  async function ask<T extends RecordType>(key: string, asked: Asked<T>, name: string, deadline: Deadline) {
    await gate.enter()
    try {
      const answer = await askWithChain(asked, name, { servers, reach, stops, deadline })
      cache.keep(key, answer, performance.now())
      return answer
    } finally {
      gate.leave()
      underWay.delete(key)
    }
  }

  return { label: options.servers === 'system' ? 'system' : servers.map(printServer).join(', '), lookup }
}

/** @param first the question as it stands @param canonical its name, normalized */
async function askWithChain<T extends RecordType>(
  first: Asked<T>,
  canonical: string,
  means: Pick<Question<T>, 'servers' | 'reach' | 'stops' | 'deadline'>,
): Promise<Answer<T>> {
  const { type } = first
  let [asked, name] = [first, canonical]
  const chain: string[] = []
  let authenticated = true
  let ttlSeconds = Infinity
  for (;;) {
    const judge = (message: Message, server: Server) => judgeReply(message, name, type, printServer(server))
    const judged = await askServers({ ...means, asked, judge })
    if (judged.kind === 'answer') {
      const { answer } = judged
      if (answer.kind === 'failed' || chain.length === 0) return answer
      return {
        ...answer,
        chain: [...chain, ...answer.chain],
        authenticated: authenticated && answer.authenticated,
        ttlSeconds: Math.min(ttlSeconds, answer.ttlSeconds),
      }
    }
    chain.push(...judged.chain)
    if (new Set(chain).size < chain.length || chain.length > CHAIN_LIMIT) {
      return failedAnswer('CNAME-LOOP', `${canonical} leads in a circle`, null)
    }
    name = judged.name
    authenticated &&= judged.authenticated
    ttlSeconds = Math.min(ttlSeconds, judged.ttlSeconds)
    const labels = parseName(name)
    if (!labels.ok) return failedAnswer('BAD-NAME', `${name}: ${labels.error}`, null)
    asked = { labels: labels.value, type }
  }
}

/** The answer, or the end of our own time if that comes first. */
function untilEnd<T extends RecordType>(
  answer: Promise<Answer<T>>,
  deadline: Deadline,
  stops: Stops,
): Promise<Answer<T>> {
  const ended = () => failedAnswer(deadline.stopped ? 'STOPPED' : 'TIMEOUT', null, null)
  if (deadline.signal.aborted) return Promise.resolve(ended())
  return new Promise((resolve, reject) => {
    const unwatch = stops.watch(deadline.signal, () => resolve(ended()))
    answer.then(resolve, reject).finally(unwatch)
  })
}
