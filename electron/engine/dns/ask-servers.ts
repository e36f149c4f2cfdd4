import type { Deadline } from '#engine/net/deadline.ts'
import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { type Asked, askServer, type Reach } from '#engine/dns/ask.ts'
import type { Judged } from '#engine/dns/judge-reply.ts'
import type { Message } from '#engine/dns/message.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { printServer, type Server } from '#engine/dns/server.ts'

/** A lost datagram is asked again, or the next server is asked, after this. Earlier questions stay open: a slow answer still counts. */
const PATIENCE_MS = 1_500
/** After the last question. One silent server is told after 5 s in all, two after 8 s. */
const LAST_WAIT_MS = 2_000
const ROUNDS = 2

type Outcome<T extends RecordType> = {
  readonly attempt: number
  readonly server: Server
  /** null: abandoned. */
  readonly judged: Judged<T> | null
}
type Failure = Extract<Answer<never>, { kind: 'failed' }>

/**
 * Asks each server in turn, twice around, until one gives an answer. A server that refuses, fails or cannot be
 * understood is left at once and not asked again; when none answers, its word counts more than a silence.
 */
export async function askServers<T extends RecordType>(
  servers: readonly Server[],
  asked: Asked,
  reach: Reach,
  deadline: Deadline,
  judge: (message: Message, server: Server) => Judged<T>,
): Promise<Judged<T>> {
  const ended = new AbortController()
  const end = () => ended.abort(ENDED)
  const open = new Map<number, Promise<Outcome<T>>>()
  const refusals = new Map<Server, Failure>()
  let attempts = 0

  async function start(attempt: number, server: Server): Promise<Outcome<T>> {
    const exchange = await askServer(server, asked, reach, ended.signal)
    switch (exchange.kind) {
      case 'reply':
        return { attempt, server, judged: judge(exchange.message, server) }
      case 'failed': {
        const answer = failedAnswer(exchange.code, exchange.detail, printServer(server))
        return { attempt, server, judged: { kind: 'answer', answer } }
      }
      case 'abandoned':
        return { attempt, server, judged: null }
    }
  }

  /** The first answer within the time, or null: go on to the next server. */
  async function waitMs(patienceMs: number): Promise<Judged<T> | null> {
    const timer = startTimer(patienceMs)
    try {
      while (open.size > 0) {
        const first = await Promise.race([timer.over, ...open.values()])
        if (first?.judged == null) return null
        open.delete(first.attempt)
        const { judged } = first
        if (judged.kind === 'follow' || judged.answer.kind !== 'failed') return judged
        refusals.set(first.server, judged.answer)
        if (first.attempt === attempts) return null
      }
      return null
    } finally {
      timer.clear()
    }
  }

  deadline.signal.addEventListener('abort', end)
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
    deadline.signal.removeEventListener('abort', end)
    // Frees the questions that nobody waits for any more.
    end()
  }
}

/** Given as the reason, because without one each abort builds an exception with its stack. */
const ENDED = 'the question has ended'

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
