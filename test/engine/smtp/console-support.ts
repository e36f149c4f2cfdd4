import type { ConsoleLine } from '#shared/contract/console.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { Answer } from '#engine/smtp/console-record.ts'
import type { ConsoleEvent, ConsoleSession } from '#engine/smtp/console-session.ts'
import { openConsole, type ConsoleOptions } from '#engine/smtp/open-console.ts'
import { AnswerQueue } from '#engine/smtp/replay-script.ts'

export type ByHand = {
  readonly session: ConsoleSession
  readonly lines: ConsoleLine[]
  readonly answers: AnswerQueue
  /** The next answer; fails the test when none comes. */
  answer(): Promise<Answer>
  /** How the session ended. */
  readonly ended: Promise<Extract<ConsoleEvent, { kind: 'ended' }>>
  /** The transcript, `C: …`, `S: …` and `-- …`. */
  said(): readonly string[]
}

/** A session with the server on this port of 127.0.0.1. */
export async function openByHand(
  port: number,
  options: Partial<ConsoleOptions> & { readonly tls?: boolean; readonly host?: string } = {},
): Promise<ByHand> {
  const lines: ConsoleLine[] = []
  const answers = new AnswerQueue()
  const { promise: ended, resolve: onEnded } = Promise.withResolvers<Extract<ConsoleEvent, { kind: 'ended' }>>()
  const { tls = false, host = '127.0.0.1', ...rest } = options
  const opened = await openConsole(
    { host, port, tls },
    {
      deadline: new Deadline(10_000),
      resolver: 'system',
      now: () => new Date(),
      safe: true,
      ...rest,
      tell: event => {
        if (event.kind === 'line') lines.push(event.line)
        if (event.kind === 'answer') answers.push(event.answer)
        if (event.kind !== 'ended') return
        answers.end()
        onEnded(event)
      },
    },
  )
  if (opened.kind === 'failed') throw new Error(`not connected: ${JSON.stringify(opened.steps)}`)
  const marks = { client: 'C:', server: 'S:', note: '--' } as const
  return {
    session: opened.session,
    lines,
    answers,
    ended,
    async answer() {
      const answer = await answers.next(new Deadline(5000))
      if (answer === null) throw new Error('no answer came')
      return answer
    },
    said: () => lines.map(({ from, text }) => `${marks[from]} ${text}`),
  }
}
