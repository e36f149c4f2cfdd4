import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline'
import { Problem } from '#shared/problem.ts'
import { completeCommand, lastWords } from '#shared/smtp/complete-command.ts'
import { maskedForm } from '#shared/smtp/console-line.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'
import type { AnswerQueue } from '#engine/smtp/replay-script.ts'
import type { CommandIo } from './command.ts'
import { DOT_COMMANDS, isDotCommand, runDot } from './console-dots.ts'

/**
 * Reads lines at a terminal until the session ends.
 *
 * @param onShow gets the function that prints a line above the prompt
 */
export async function typeByHand(
  session: ConsoleSession,
  answers: AnswerQueue,
  io: CommandIo,
  onShow: (show: (line: string) => void) => void,
): Promise<void> {
  const terminal = new Terminal(session)
  onShow(line => terminal.show(() => io.print(line)))
  const ended = endOf(answers, io).then(() => null)
  try {
    while (!session.ended) {
      const line = await Promise.race([terminal.next(), ended])
      if (line === null) break
      try {
        if (isDotCommand(line, session)) {
          // The terminal is let go of before anything asks for a password on it.
          terminal.close()
          await runDot(line, session, io)
        } else if (line !== '' || session.state.mode === 'message') await session.send(line)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        const { code, message, remedy } = error
        terminal.show(() =>
          io.note(code === 'not-permitted' ? `${message} .safe off lets it through.` : `${message} ${remedy ?? ''}`),
        )
      }
    }
  } finally {
    terminal.close()
  }
}

/** Lines of the keyboard, with history and completion, and a prompt that stays below what is shown. */
class Terminal {
  readonly #session: ConsoleSession
  #reader: Interface | null = null
  #history: string[] = []
  /** Several lines may come at once, when they are pasted. */
  #lines: string[] = []
  #ended = false
  #wake: () => void = () => {}

  constructor(session: ConsoleSession) {
    this.#session = session
  }

  /** Null at the end of input. */
  async next(): Promise<string | null> {
    for (;;) {
      const line = this.#lines.shift()
      if (line !== undefined) return line
      if (this.#ended) return null
      this.#reader ??= this.#open()
      this.#reader.setPrompt(this.#session.state.encrypted ? '~> ' : '-> ')
      this.#reader.prompt()
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  show(print: () => void): void {
    if (this.#reader !== null) {
      clearLine(process.stdout, 0)
      cursorTo(process.stdout, 0)
    }
    print()
    this.#reader?.prompt(true)
  }

  close(): void {
    const reader = this.#reader
    this.#reader = null
    if (reader === null) return
    // A prompt at which nothing stands goes; what was begun stays, on a line of its own.
    if (reader.line !== '') process.stdout.write('\n')
    else {
      clearLine(process.stdout, 0)
      cursorTo(process.stdout, 0)
    }
    reader.close()
  }

  #open(): Interface {
    const { stdin: input, stdout: output } = process
    const completer = (begun: string) => completeWord(begun, this.#session)
    const reader = createInterface({
      input,
      output,
      terminal: true,
      history: this.#history,
      historySize: 200,
      completer,
    })
    reader.on('line', line => {
      this.#lines.push(line)
      this.#wake()
    })
    reader.on('history', lines => this.#remember(lines))
    // main listens for the signal: one way to stop, whoever reads the keyboard.
    reader.on('SIGINT', () => void process.kill(process.pid, 'SIGINT'))
    reader.on('close', () => {
      // Closed from here, to let something else read: not the end of input.
      if (this.#reader !== reader) return
      this.#ended = true
      this.#wake()
    })
    return reader
  }

  // What is typed into a sign-in is a secret or as good as one: the arrow keys must not bring it back.
  #remember(lines: string[]): void {
    const masked = maskedForm(lines[0] ?? '')
    if (this.#session.state.mode === 'sign-in') lines.shift()
    else if (masked !== null) lines[0] = masked.shown.replace(/ \*{3}$/, '')
    this.#history = [...lines]
  }
}

/** What the last word could become, and as much of it as stands there: readline puts one in the place of the other. */
function completeWord(begun: string, session: ConsoleSession): [words: string[], word: string] {
  const lines = isDotCommand(begun, session)
    ? DOT_COMMANDS.filter(command => command.startsWith(begun.toLowerCase()) && command !== begun)
    : completeCommand(begun, session.state.offers)
  const last = lastWords(begun, lines)
  return [[...last.words], last.begun]
}

/** Resolves when the session has ended; the answers themselves are shown as their lines come. */
async function endOf(answers: AnswerQueue, io: CommandIo): Promise<void> {
  while ((await answers.next(io.deadline)) !== null);
}
