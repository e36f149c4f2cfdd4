import { randomUUID } from 'node:crypto'
import type { ConsoleEvent, ConsoleReplay, ConsoleSignIn, ConsoleTarget } from '#shared/contract/console.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { Problem } from '#shared/problem.ts'
import { parseScript } from '#shared/smtp/console-script.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import type { Answer } from '#engine/smtp/console-record.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'
import { ConsoleStream } from '#service/console-stream.ts'
import type { PrepareLook } from '#service/looks/prepare-look.ts'

/** More than anybody keeps an eye on. */
const MOST_SESSIONS = 6

/** A script that waits for a slow server at every step still ends. */
const REPLAY_MS = 10 * 60_000

type Live = { session: ConsoleSession | null; readonly stop: AbortController }

type Hear = { readonly onAnswer: (answer: Answer) => void; readonly onEnd: () => void }

/** SMTP sessions by hand. Each lives as long as its stream; leaving the stream closes the connection. */
export class Consoles {
  readonly #prepare: PrepareLook
  readonly #live = new Map<string, Live>()

  constructor(prepare: PrepareLook) {
    this.#prepare = prepare
  }

  /** What happens in a new session, `ended` last. @throws Problem when it cannot begin */
  async *open(target: ConsoleTarget, signal?: AbortSignal): AsyncGenerator<ConsoleEvent, void, undefined> {
    yield* this.#run(target, signal, { onAnswer: () => {}, onEnd: () => {} }, async () => {})
  }

  /** Plays a script in a session of its own. @throws Problem `bad-input` for a script that cannot be read */
  async *replay(input: ConsoleReplay, signal?: AbortSignal): AsyncGenerator<ConsoleEvent, void, undefined> {
    const script = parseScript(input.script)
    if (!script.ok) {
      const { line, message } = script.error
      throw new Problem('bad-input', `Line ${line}: ${message}.`, { field: 'script' })
    }
    const { AnswerQueue, replayScript } = await import('#engine/smtp/replay-script.ts')
    const answers = new AnswerQueue()
    const secret = input.secret === null ? null : sealSecret(input.secret)
    yield* this.#run(input.target, signal, { onAnswer: answers.push, onEnd: answers.end }, async (session, push) => {
      const deadline = new Deadline(REPLAY_MS)
      const credentials = { secret, anyway: false }
      await replayScript(script.value, session, answers, credentials, deadline, step =>
        push({ kind: 'replayed', step }),
      )
      session.close()
    })
  }

  send(sessionId: string, line: string): Promise<void> {
    return this.#find(sessionId).send(line)
  }

  startTls(sessionId: string, announce: boolean): Promise<void> {
    return this.#find(sessionId).startTls(announce)
  }

  signIn({ sessionId, mechanism, user, secret, anyway }: ConsoleSignIn): Promise<SignInEvidence> {
    return this.#find(sessionId).signIn({ mechanism, user, secret: sealSecret(secret), anyway })
  }

  setSafe(sessionId: string, safe: boolean): void {
    this.#find(sessionId).setSafe(safe)
  }

  /** One that has ended, or never was, needs no closing. */
  closeSession(sessionId: string): void {
    const live = this.#live.get(sessionId)
    live?.session?.close()
    live?.stop.abort()
  }

  close(): void {
    for (const sessionId of this.#live.keys()) this.closeSession(sessionId)
  }

  async *#run(
    target: ConsoleTarget,
    signal: AbortSignal | undefined,
    hear: Hear,
    work: (session: ConsoleSession, push: (event: ConsoleEvent) => void) => Promise<void>,
  ): AsyncGenerator<ConsoleEvent, void, undefined> {
    if (this.#live.size >= MOST_SESSIONS) {
      throw new Problem('conflict', `${MOST_SESSIONS} sessions are open already.`, { remedy: 'Close one of them.' })
    }
    const sessionId = randomUUID()
    const live: Live = { session: null, stop: new AbortController() }
    this.#live.set(sessionId, live)
    const stopped = signal ? AbortSignal.any([signal, live.stop.signal]) : live.stop.signal
    stopped.addEventListener('abort', () => live.session?.close(), { once: true })
    try {
      const { host, options } = await this.#prepare(target, stopped)
      const { openConsole } = await import('#engine/smtp/open-console.ts')
      const stream = new ConsoleStream(() => live.session)
      yield { kind: 'opening', sessionId, startedAt: options.now().toISOString() }
      const opening = openConsole(
        { host, port: target.port, tls: target.tls },
        {
          ...options,
          safe: target.safe,
          tell: event => {
            switch (event.kind) {
              case 'line':
                return stream.addLine(event.line)
              case 'state':
                return stream.changed()
              case 'answer':
                stream.changed()
                return hear.onAnswer(event.answer)
              case 'ended':
                hear.onEnd()
                return stream.end({ because: event.because, detail: event.detail, steps: [] })
            }
          },
        },
      ).then(async opened => {
        if (opened.kind === 'failed') {
          return stream.end({ because: 'not-connected', detail: null, steps: [...opened.steps] })
        }
        live.session = opened.session
        if (stopped.aborted) return opened.session.close()
        stream.changed()
        await work(opened.session, event => stream.push(event))
      })
      opening.catch((error: unknown) => stream.fail(error))
      yield* stream.events
    } finally {
      live.session?.close()
      live.stop.abort()
      this.#live.delete(sessionId)
    }
  }

  #find(sessionId: string): ConsoleSession {
    const live = this.#live.get(sessionId)
    if (!live) throw new Problem('not-found', 'This session has ended.', { remedy: 'Open a new one.' })
    if (live.session === null) throw new Problem('conflict', 'The connection is not there yet.')
    return live.session
  }
}
