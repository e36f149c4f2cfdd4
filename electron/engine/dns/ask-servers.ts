import { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { askServer, type Transport } from '#engine/dns/ask.ts'
import type { Judged } from '#engine/dns/judge-reply.ts'
import type { Message } from '#engine/dns/message.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { printServer, type Server } from '#engine/dns/server.ts'

/** A lost datagram is asked again, or the next server is asked, after this. Earlier questions stay open: a slow answer still counts. */
const PATIENCE_MS = 1_500
/** After the last question. One silent server is told after 5 s in all, two after 8 s. */
const LAST_WAIT_MS = 2_000
const ROUNDS = 2

type Outcome<T extends RecordType> = { readonly server: Server; readonly judged: Judged<T> }
type Failure = Extract<Answer<never>, { kind: 'failed' }>

/**
 * Asks each server in turn, twice around, until one gives an answer. A server that refuses, fails or cannot be
 * understood is left at once and not asked again; when none answers, its word counts more than a silence.
 */
export async function askServers<T extends RecordType>(
  servers: readonly Server[],
  labels: readonly Buffer[],
  type: T,
  transport: Transport,
  deadline: Deadline,
  judge: (message: Message, server: Server) => Judged<T>,
): Promise<Judged<T>> {
  const answered = new AbortController()
  const budget = new Deadline(Infinity, AbortSignal.any([deadline.signal, answered.signal]))
  const open = new Map<number, Promise<Outcome<T> & { readonly attempt: number }>>()
  const refusals = new Map<Server, Failure>()

  async function start(attempt: number, server: Server) {
    const exchange = await askServer(server, labels, type, transport, budget)
    const judged: Judged<T> =
      exchange.kind === 'reply'
        ? judge(exchange.message, server)
        : { kind: 'answer', answer: failedAnswer(exchange.code, exchange.detail, printServer(server)) }
    return { attempt, server, judged }
  }

  /** The first answer within the time, or null: go on to the next server. */
  async function waitMs(patienceMs: number): Promise<Judged<T> | null> {
    const timer = startTimer(patienceMs)
    try {
      while (open.size > 0) {
        const first = await Promise.race([timer.over, ...open.values()])
        if (first === null) return null
        open.delete(first.attempt)
        const { judged } = first
        if (judged.kind === 'follow' || judged.answer.kind !== 'failed') return judged
        if (deadline.signal.aborted) return null
        refusals.set(first.server, judged.answer)
        if (first.attempt === attempts) return null
      }
      return null
    } finally {
      timer.clear()
    }
  }

  let attempts = 0
  try {
    for (const server of Array.from({ length: ROUNDS }, () => servers).flat()) {
      if (refusals.has(server) || deadline.signal.aborted) continue
      attempts++
      open.set(attempts, start(attempts, server))
      const judged = await waitMs(PATIENCE_MS)
      if (judged) return judged
    }
    attempts++
    const judged = deadline.signal.aborted ? null : await waitMs(LAST_WAIT_MS)
    return judged ?? { kind: 'answer', answer: lastWord(servers, [...refusals.values()], deadline) }
  } finally {
    // Closes the sockets of the questions that nobody waits for any more.
    answered.abort()
  }
}

function lastWord(servers: readonly Server[], refusals: readonly Failure[], deadline: Deadline): Failure {
  if (deadline.signal.aborted) return failedAnswer(deadline.stopped ? 'STOPPED' : 'TIMEOUT', null, null)
  const word = refusals.find(refusal => refusal.code !== 'UNREACHABLE') ?? refusals[0]
  const all = servers.map(printServer).join(', ')
  return word ?? failedAnswer('TIMEOUT', all === '' ? 'no server is configured' : `no answer from ${all}`, all)
}

function startTimer(ms: number): { readonly over: Promise<null>; clear(): void } {
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(resolve, ms, null)
  return { over: promise, clear: () => clearTimeout(timer) }
}
