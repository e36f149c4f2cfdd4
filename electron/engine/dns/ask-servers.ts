import type { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { type Asked, askServer, type Reach } from '#engine/dns/ask.ts'
import type { Abandon, Exchange } from '#engine/dns/exchange.ts'
import { type Judged, judgeReply } from '#engine/dns/judge-reply.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { printServer, type Server } from '#engine/dns/server.ts'
import type { Stops } from '#engine/dns/stops.ts'

/** A lost datagram is asked again, or the next server is asked, after this. Earlier questions stay open: a slow answer still counts. */
const PATIENCE_MS = 1_500
/** After the last question. One silent server is told after 5 s in all, two after 8 s. */
const LAST_WAIT_MS = 2_000
const ROUNDS = 2

type Failure = Extract<Answer<never>, { kind: 'failed' }>

export type Question<T extends RecordType> = Asked<T> & {
  readonly servers: readonly Server[]
  readonly reach: Reach
  readonly deadline: Deadline
  readonly stops: Stops
}

/**
 * Asks each server in turn, twice around, until one gives an answer. A server that refuses, fails or cannot be
 * understood is left at once and not asked again; when none answers, its word counts more than a silence.
 */
export function askServers<T extends RecordType>(question: Question<T>, done: (judged: Judged<T>) => void): void {
  new Attempts(question, done).next()
}

/** Callbacks and no promises inside: a batch asks hundreds of thousands of questions. */
class Attempts<T extends RecordType> {
  readonly #question: Question<T>
  readonly #done: (judged: Judged<T>) => void
  /** What is under way; hardly ever more than one or two. */
  readonly #open: Abandon[] = []
  readonly #refusals: { readonly server: Server; readonly failure: Failure }[] = []
  readonly #unwatch: () => void
  #asked = 0
  #timer: NodeJS.Timeout | undefined
  #ended = false

  constructor(question: Question<T>, done: (judged: Judged<T>) => void) {
    this.#question = question
    this.#done = done
    this.#unwatch = question.stops.watch(question.deadline.signal, () => this.#giveUp())
  }

  /** Asks the next server that has not refused; after the last one it waits, if anything is still under way. */
  next(): void {
    if (this.#question.deadline.signal.aborted) {
      this.#giveUp()
      return
    }
    const server = this.#nextServer()
    if (server !== null) this.#ask(server)
    else if (this.#open.length === 0) this.#giveUp()
    else this.#waitMs(LAST_WAIT_MS, () => this.#giveUp())
  }

  #nextServer(): Server | null {
    const { servers } = this.#question
    while (this.#asked < ROUNDS * servers.length) {
      const server = servers[this.#asked++ % servers.length]
      if (server !== undefined && !this.#refusals.some(refusal => refusal.server === server)) return server
    }
    return null
  }

  #ask(server: Server): void {
    const attempt = this.#asked
    const abandon = askServer(server, this.#question, this.#question.reach, exchange => {
      this.#open.splice(this.#open.indexOf(abandon), 1)
      this.#hear(server, attempt, exchange)
    })
    this.#open.push(abandon)
    this.#waitMs(PATIENCE_MS, () => this.next())
  }

  #hear(server: Server, attempt: number, exchange: Exchange): void {
    if (this.#ended) return
    const { name, type } = this.#question
    const judged: Judged<T> =
      exchange.kind === 'reply'
        ? judgeReply(exchange.message, name, type, printServer(server))
        : { kind: 'answer', answer: failedAnswer(exchange.code, exchange.detail, printServer(server)) }
    if (judged.kind === 'follow' || judged.answer.kind !== 'failed') {
      this.#end(judged)
      return
    }
    this.#refusals.push({ server, failure: judged.answer })
    // The others are waited for as long as they have, unless it was the newest or nobody is left.
    if (attempt === this.#asked || this.#open.length === 0) this.next()
  }

  #giveUp(): void {
    const { servers, deadline } = this.#question
    const refusals = this.#refusals.map(({ failure }) => failure)
    this.#end({ kind: 'answer', answer: lastWord(servers, refusals, deadline) })
  }

  #end(judged: Judged<T>): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#timer)
    this.#unwatch()
    for (const abandon of this.#open) abandon()
    this.#done(judged)
  }

  #waitMs(ms: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, ms)
  }
}

function lastWord(servers: readonly Server[], refusals: readonly Failure[], deadline: Deadline): Failure {
  if (deadline.signal.aborted) return failedAnswer(deadline.stopped ? 'STOPPED' : 'TIMEOUT', null, null)
  const word = refusals.find(refusal => refusal.code !== 'UNREACHABLE') ?? refusals[0]
  const all = servers.map(printServer).join(', ')
  return word ?? failedAnswer('TIMEOUT', all === '' ? 'no server is configured' : `no answer from ${all}`, all)
}
