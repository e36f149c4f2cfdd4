import type { ConsoleEnd, ConsoleEvent, ConsoleLine } from '#shared/contract/console.ts'
import { EventQueue } from '#engine/diagnosis/event-queue.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'

/** Gathers what comes in one turn of the event loop, so that a reader can keep up with a chatty server. */
export class ConsoleStream {
  readonly events = new EventQueue<ConsoleEvent>()
  #lines: ConsoleLine[] = []
  #flushing = false
  readonly #session: () => ConsoleSession | null

  /** @param session null until it is open */
  constructor(session: () => ConsoleSession | null) {
    this.#session = session
  }

  addLine(line: ConsoleLine): void {
    this.#lines.push(line)
    this.changed()
  }

  /** Something of the session's state is another: tells it once this turn is over. */
  changed(): void {
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.#flush()
      const now = this.#session()
      if (now && !now.ended) this.events.push({ kind: 'state', state: now.state })
    })
  }

  push(event: ConsoleEvent): void {
    this.#flush()
    this.events.push(event)
  }

  end(end: ConsoleEnd): void {
    this.push({ kind: 'ended', end })
    this.events.close()
  }

  fail(error: unknown): void {
    this.#flush()
    this.events.fail(error)
  }

  #flush(): void {
    if (this.#lines.length === 0) return
    this.events.push({ kind: 'lines', lines: this.#lines })
    this.#lines = []
  }
}
