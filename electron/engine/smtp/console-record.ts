import type { ConsoleLine } from '#shared/contract/console.ts'
import { escapeControls } from '#shared/escape.ts'
import { verbOf } from '#shared/smtp/console-line.ts'
import { parseReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import { roundMs } from '#engine/net/round-ms.ts'
import { Mask } from '#engine/smtp/mask.ts'
import type { ConnectionRecord } from '#engine/smtp/recorder.ts'

/** A session that somebody reads has some hundred lines; this many fill about 10 MB at most. */
export const MOST_CONSOLE_LINES = 10_000
const LONGEST_TEXT = 1000

/** Lines of one reply that are kept together; a server that goes on is shown line by line. */
const MOST_REPLY_LINES = 500

export type Answer = NonNullable<ConsoleLine['answer']> & { readonly lines: readonly string[] }

type Listener = {
  readonly onLine: (line: ConsoleLine) => void
  readonly onAnswer: (answer: Answer) => void
}

type Asked = { readonly verb: string | null; readonly at: number }

/**
 * What went over the wire in a session by hand, masked, escaped and bounded while it is recorded. Puts the lines of a
 * reply together and tells which command it answers.
 */
export class ConsoleRecord implements ConnectionRecord {
  readonly mask = new Mask()
  /** Whether an AUTH exchange is on: what is sent then is a secret or as good as one. */
  signingIn = false
  /** Whether the server has said anything: its first reply is the greeting, whatever was sent before it. */
  greeted = false
  #asked: Asked[] = []
  #begun: string[] = []
  #count = 0
  readonly #startedAt = performance.now()
  readonly #listener: Listener

  constructor(listener: Listener) {
    this.#listener = listener
  }

  /** How many replies are still to come. */
  get waiting(): number {
    return this.#asked.length
  }

  get full(): boolean {
    return this.#count >= MOST_CONSOLE_LINES
  }

  readonly client = (text: string, encrypted: boolean, shown?: string): void => {
    const verb = this.signingIn ? 'AUTH' : verbOf(text)
    if (verb === 'AUTH') this.signingIn = true
    this.#asked.push({ verb, at: performance.now() })
    this.#add('client', shown ?? text, encrypted, shown !== undefined)
  }

  /** A line of a message: no reply comes to it. */
  content(text: string, encrypted: boolean): void {
    this.#add('client', text, encrypted, false)
  }

  readonly server = (raw: string, encrypted: boolean): void => {
    // Bounded here already: the lines of a reply are held together until its last one.
    const line = cut(escapeControls(this.mask.apply(raw)))
    const answer = this.#answerOf(line)
    this.#add('server', raw, encrypted, false, answer)
    if (answer === null) return
    // RFC 4954 section 4: 334 goes on with the exchange, everything else ends it.
    if (answer.verb === 'AUTH' && answer.reply?.code !== 334) this.signingIn = false
    this.#listener.onAnswer(answer)
  }

  readonly note = (text: string, encrypted = false): void => {
    this.#add('note', text, encrypted, false)
  }

  #answerOf(line: string): Answer | null {
    const continued = /^[2-5]\d\d-/.test(line)
    if (continued && this.#begun.length < MOST_REPLY_LINES) {
      this.#begun.push(line)
      return null
    }
    const lines = [...this.#begun, line]
    this.#begun = []
    const parsed = parseReply(lines)
    return parsed.ok ? this.#answered(parsed.value, lines) : this.#notSmtp(lines)
  }

  #answered(reply: Reply, lines: readonly string[]): Answer {
    const asked = this.greeted ? this.#asked.shift() : undefined
    this.greeted = true
    const tookMs = asked === undefined ? null : roundMs(performance.now() - asked.at)
    return { reply, verb: asked?.verb ?? null, tookMs, lines }
  }

  // Something else than SMTP: how many lines answer a command is not known, so nothing is waited for.
  #notSmtp(lines: readonly string[]): Answer {
    this.#asked = []
    this.greeted = true
    return { reply: null, verb: null, tookMs: null, lines: lines.slice(-1) }
  }

  #add(
    from: ConsoleLine['from'],
    text: string,
    encrypted: boolean,
    masked: boolean,
    answer: Answer | null = null,
  ): void {
    if (this.full) return
    this.#count++
    const visible = this.mask.apply(text)
    this.#listener.onLine({
      atMs: roundMs(performance.now() - this.#startedAt),
      connection: 0,
      from,
      encrypted,
      text: escapeControls(cut(visible)),
      masked: masked || visible !== text,
      answer: answer === null ? null : { reply: answer.reply, verb: answer.verb, tookMs: answer.tookMs },
    })
  }
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT
    ? text
    : `${text.slice(0, LONGEST_TEXT)}… (${text.length - LONGEST_TEXT} more characters)`
}
