import type { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { askWithChain } from '#engine/dns/ask-chain.ts'
import { Reach } from '#engine/dns/ask.ts'
import { AnswerCache } from '#engine/dns/cache.ts'
import { Gate } from '#engine/dns/gate.ts'
import { normalizeName, parseName } from '#engine/dns/name.ts'
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
  /** How many questions are under way at a time; one of its own unless given. */
  readonly gate?: Gate
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

export function createResolver(options: ResolverOptions): Resolver {
  const servers = options.servers === 'system' ? systemServers() : options.servers
  const reach = new Reach(options.extraCas ?? [])
  const stops = new Stops()
  const cache = new AnswerCache(options.cacheSize ?? CACHE_SIZE)
  const gate = options.gate ?? new Gate()
  const underWay = new RenewedMap<string, Promise<Answer>>()

  function lookup<T extends RecordType>(name: string, type: T, deadline: Deadline): Promise<Answer<T>> {
    const canonical = normalizeName(name)
    if (canonical === null) return Promise.resolve(badName(name))
    const key = `${type} ${canonical}`
    // Only answers to questions of type T are stored under a key that begins with T.
    const known = cache.read(key, performance.now()) as Answer<T> | null
    if (known !== null) return Promise.resolve(known)
    const asking = underWay.get(key) as Promise<Answer<T>> | undefined
    if (asking !== undefined) return share(asking, canonical, type, deadline)
    return ask(key, canonical, type, deadline)
  }

  /** Waits for what another one asks. */
  async function share<T extends RecordType>(asking: Promise<Answer<T>>, name: string, type: T, deadline: Deadline) {
    const answer = await untilEnd(asking, deadline, stops)
    // Whoever asked first was stopped or ran out of its time; we were not and did not, so we ask ourselves.
    const cutShort = answer.kind === 'failed' && answer.server === null && /^(?:STOPPED|TIMEOUT)$/.test(answer.code)
    return !cutShort || deadline.signal.aborted ? answer : lookup(name, type, deadline)
  }

  function ask<T extends RecordType>(key: string, name: string, type: T, deadline: Deadline): Promise<Answer<T>> {
    const { promise, resolve } = Promise.withResolvers<Answer<T>>()
    // Before it begins: where nothing can be asked it ends at once.
    underWay.set(key, promise)
    const end = (answer: Answer<T>) => {
      if (underWay.get(key) === promise) underWay.delete(key)
      resolve(answer)
    }
    const begin = () =>
      askWithChain({ name, type, servers, reach, stops, deadline }, answer => {
        cache.keep(key, answer, performance.now())
        gate.leave()
        end(answer)
      })
    const turn = gate.enter()
    if (turn === undefined) begin()
    else {
      // In the queue our own time may end before it is our turn; then it is left as soon as it comes.
      const unwatch = stops.watch(deadline.signal, () => end(ended(deadline)))
      void turn.then(unwatch).then(begin)
    }
    return promise
  }

  return { label: options.servers === 'system' ? 'system' : servers.map(printServer).join(', '), lookup }
}

function badName(name: string) {
  const labels = parseName(name)
  return failedAnswer('BAD-NAME', labels.ok ? null : labels.error, null)
}

/** The answer, or the end of our own time if that comes first. */
function untilEnd<T extends RecordType>(
  answer: Promise<Answer<T>>,
  deadline: Deadline,
  stops: Stops,
): Promise<Answer<T>> {
  if (deadline.signal.aborted) return Promise.resolve(ended(deadline))
  return new Promise(resolve => {
    const unwatch = stops.watch(deadline.signal, () => resolve(ended(deadline)))
    // It never rejects.
    void answer.then(value => {
      unwatch()
      resolve(value)
    })
  })
}

function ended(deadline: Deadline) {
  return failedAnswer(deadline.stopped ? 'STOPPED' : 'TIMEOUT', null, null)
}
