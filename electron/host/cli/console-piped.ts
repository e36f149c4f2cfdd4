import { Problem } from '#shared/problem.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'
import type { AnswerQueue } from '#engine/smtp/replay-script.ts'
import type { CommandIo } from './command.ts'
import { isDotCommand, runDot } from './console-dots.ts'

/** A server that greets does so by then; other protocols wait for the client. */
const GREETING_MS = 10_000
const ANSWER_MS = 60_000
/** How long after the last answer of another protocol a further line may come. */
const QUIET_MS = 500

/** Sends lines one by one, each when the one before was answered. @throws Problem of the session */
export async function sendPiped(
  text: string,
  session: ConsoleSession,
  answers: AnswerQueue,
  io: CommandIo,
): Promise<void> {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  let last = await answers.next(io.deadline.within(GREETING_MS))
  for (const line of lines) {
    if (io.deadline.signal.aborted) return
    if (session.ended) throw new Problem('unavailable', 'the server closed the connection before all lines were sent')
    const message = session.state.mode === 'message'
    if (line === '' && !message) continue
    if (isDotCommand(line, session)) await runDot(line, session, io)
    else await session.send(line)
    if (session.state.waiting > 0 || !message) last = await answerTo(session, answers, io)
  }
  // Other protocols answer with several lines, and nothing tells which is the last.
  while (last?.reply === null && !session.ended) last = await answers.next(io.deadline.within(QUIET_MS))
}

// A line of a message has no answer; a dot command has had its own.
async function answerTo(session: ConsoleSession, answers: AnswerQueue, io: CommandIo) {
  if (session.state.mode === 'message') return null
  return answers.next(io.deadline.within(session.state.waiting > 0 ? ANSWER_MS : QUIET_MS))
}
