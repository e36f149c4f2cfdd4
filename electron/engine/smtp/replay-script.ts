import type { ReplayedStep } from '#shared/contract/console.ts'
import { Problem } from '#shared/problem.ts'
import { fits, type ScriptStep } from '#shared/smtp/console-script.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Secret } from '#engine/sasl/secret.ts'
import type { Answer } from '#engine/smtp/console-record.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'

/** The longest that one answer is waited for, in milliseconds. */
const ANSWER_MS = 60_000

/** Answers in the order in which they came, for a reader that may come later. */
export class AnswerQueue {
  readonly #come: Answer[] = []
  #ended = false
  #wake: () => void = () => {}

  readonly push = (answer: Answer): void => {
    this.#come.push(answer)
    this.#wake()
  }

  readonly end = (): void => {
    this.#ended = true
    this.#wake()
  }

  /** Forgets all but the last of those that nobody took: of an exchange only its end counts. */
  keepLast(): void {
    this.#come.splice(0, Math.max(0, this.#come.length - 1))
  }

  /** Null when the session or the time ended first. */
  async next(deadline: Deadline): Promise<Answer | null> {
    for (;;) {
      const first = this.#come.shift()
      if (first) return first
      if (this.#ended || deadline.signal.aborted) return null
      await new Promise<void>(resolve => {
        this.#wake = resolve
        deadline.signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}

/** For `A:` lines. */
export type ReplayCredentials = {
  /** Null where none was given. */
  readonly secret: Secret | null
  /** Also where others could read it, or the certificate is not trusted. */
  readonly anyway: boolean
}

/**
 * Plays a script in a session and tells how each step went; the first that fails is the last that is played. Safe mode
 * holds here too: a step that it refuses has failed.
 *
 * @returns whether all steps passed
 */
export async function replayScript(
  steps: readonly ScriptStep[],
  session: ConsoleSession,
  answers: AnswerQueue,
  credentials: ReplayCredentials,
  deadline: Deadline,
  tell: (step: ReplayedStep) => void,
): Promise<boolean> {
  let last: Answer | null = null
  let failed = false
  for (const step of steps) {
    const { line } = step
    if (failed) {
      tell({ line, outcome: 'not-reached', detail: null })
      continue
    }
    if (step.kind === 'expect') last = await answers.next(deadline.within(ANSWER_MS))
    const detail = await playStep(step, last, session, credentials)
    if (step.kind === 'sign-in') answers.keepLast()
    failed = detail !== null
    tell({ line, outcome: failed ? 'failed' : 'passed', detail })
  }
  return !failed
}

/** What went wrong; null when the step passed. */
async function playStep(
  step: ScriptStep,
  last: Answer | null,
  session: ConsoleSession,
  { secret, anyway }: ReplayCredentials,
): Promise<string | null> {
  switch (step.kind) {
    case 'send':
      return attempt(() => session.send(step.text))
    case 'sign-in': {
      if (secret === null) return 'a password is needed for this step, and none was given'
      const { mechanism, user } = step
      return attempt(async () => {
        const evidence = await session.signIn({ mechanism, user, secret, anyway })
        if (evidence.kind === 'accepted' || evidence.kind === 'rejected') return
        throw new Problem('not-permitted', `nothing was sent to sign in: ${evidence.kind}`)
      })
    }
    case 'expect':
      if (last === null) return session.ended ? 'the session ended before an answer came' : 'no answer came in time'
      return last.lines.some(line => fits(line, step.pattern)) ? null : `got ${shownOf(last)}`
    case 'also':
      return last?.lines.some(line => fits(line, step.pattern)) === true ? null : 'no line of the answer fits'
    case 'never': {
      const unwanted = last?.lines.find(line => fits(line, step.pattern))
      return unwanted === undefined ? null : `the answer has the line ${unwanted.slice(0, 300)}`
    }
  }
}

/** @returns what the session had against it */
async function attempt(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

function shownOf({ lines }: Answer): string {
  const more = lines.length > 1 ? ` and ${lines.length - 1} more lines` : ''
  return `${(lines[0] ?? '').slice(0, 300)}${more}`
}
