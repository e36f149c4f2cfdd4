import { onTestFinished } from 'vitest'
import type { ConsoleLine } from '#shared/contract/console.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { Answer } from '#engine/smtp/console-record.ts'
import type { ConsoleEvent, ConsoleSession } from '#engine/smtp/console-session.ts'
import { openConsole, type ConsoleOptions } from '#engine/smtp/open-console.ts'
import { AnswerQueue } from '#engine/smtp/replay-script.ts'
import { playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'

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

type Options = Partial<ConsoleOptions> & { readonly tls?: boolean; readonly host?: string }

/** What a server of these tests answers. */
export const ANSWERS = {
  EHLO: ['250-mail.lab.test', '250-SIZE 1000', '250-AUTH PLAIN LOGIN', '250 STARTTLS'],
  NOOP: ['250 2.0.0 fine'],
  QUIT: ['221 bye'],
}

/** A session with a server that plays this part; both end with the test. */
export async function visit(
  part: (connection: PlayedConnection) => Promise<void> | void,
  options: Options = {},
): Promise<ByHand & { readonly server: PlayedServer }> {
  const server = await playServer(part)
  onTestFinished(() => server.stop())
  const hand = await openByHand(server.port, options)
  onTestFinished(() => hand.session.close())
  return { ...hand, server }
}

/** A session with the server on this port of 127.0.0.1. */
export async function openByHand(port: number, options: Options = {}): Promise<ByHand> {
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
