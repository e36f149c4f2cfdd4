import type { ConsoleLine, ConsoleState } from '#shared/contract/console.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { Problem } from '#shared/problem.ts'
import { holdsLineEnd, maskedForm, whyUnsafe } from '#shared/smtp/console-line.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import type { Answer, ConsoleRecord } from '#engine/smtp/console-record.ts'
import { ConsoleContent } from '#engine/smtp/console-content.ts'
import { signInByHand, type SignInByHand } from '#engine/smtp/console-sign-in.ts'
import { SmtpSession } from '#engine/smtp/session.ts'
import { decodeLine, type Wire } from '#engine/smtp/wire.ts'
import { handshake } from '#engine/tls/handshake.ts'
import type { TlsMaterial } from '#engine/tls/trust-store.ts'

export type ConsoleEvent =
  | { readonly kind: 'line'; readonly line: ConsoleLine }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'state' }
  | { readonly kind: 'ended'; readonly because: EndCause; readonly detail: string | null }

export type EndCause = 'closed-by-server' | 'closed' | 'idle' | 'too-much' | 'handshake-failed'

export type ConsoleParts = {
  readonly host: string
  readonly port: number
  readonly address: string
  readonly wire: Wire
  readonly record: ConsoleRecord
  readonly tls: TlsFacts | null
  readonly material: TlsMaterial
  readonly ehlo: string | null
  readonly now: () => Date
  readonly safe: boolean
  /** Ends when the person did nothing for this long, in milliseconds. */
  readonly idleMs: number
  readonly tell: (event: ConsoleEvent) => void
}

/** How often the reader looks up: to show a line that was begun and not ended, and to see whether somebody is still there. */
const LOOK_UP_MS = 500

/** The longest that STARTTLS or a sign-in may take, waits for replies included. */
const OPERATION_MS = 60_000

/** How long replies that are under way, and the greeting, are waited for before something that needs the line for itself. */
const SETTLE_MS = 15_000

/** More commands than any PIPELINING client has under way. */
const MOST_WAITING = 100

/** An SMTP session by hand. What the server says is shown as it comes, also where it is no SMTP at all. */
export class ConsoleSession {
  readonly #parts: ConsoleParts
  readonly #session: SmtpSession
  readonly #content = new ConsoleContent()
  readonly #stop = new AbortController()
  #reading: { readonly stop: AbortController; readonly done: Promise<void> } | null = null
  #busy = false
  #ended = false
  #tls: TlsFacts | null
  #safe: boolean
  #offers: readonly string[] = []
  /** When the person last did something. What the server says keeps no session open. */
  #lastSaidAt = performance.now()
  #onHeard: () => void = () => {}

  constructor(parts: ConsoleParts) {
    this.#parts = parts
    this.#session = new SmtpSession(parts.wire, parts.record, PHASE_LIMITS)
    this.#tls = parts.tls
    this.#safe = parts.safe
    this.#read()
  }

  get state(): ConsoleState {
    const { record, address } = this.#parts
    const open = this.#content.open ? 'message' : record.signingIn ? 'sign-in' : 'commands'
    return {
      address,
      greeted: record.greeted,
      encrypted: this.#session.wire.encrypted,
      tls: this.#tls,
      offers: [...this.#offers],
      waiting: record.waiting,
      mode: this.#busy ? 'busy' : open,
      safe: this.#safe,
    }
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Must be called for every answer that the record puts together, before anybody else hears of it. */
  heard(answer: Answer): void {
    this.#content.heard(answer)
    this.#onHeard()
    const { reply, verb } = answer
    if (reply === null || !isPositive(reply)) return
    if (verb === 'EHLO' || verb === 'LHLO') this.#offers = reply.text.slice(1)
    if (verb === 'HELO') this.#offers = []
  }

  setSafe(safe: boolean): void {
    this.#safe = safe
    this.#parts.tell({ kind: 'state' })
  }

  /**
   * Sends a line as it was typed; STARTTLS upgrades the connection when the server agrees.
   *
   * @throws Problem `not-permitted` for what safe mode refuses
   */
  async send(line: string): Promise<void> {
    this.#requireIdle()
    if (holdsLineEnd(line)) throw new Problem('bad-input', 'A line cannot hold a line end or a NUL.', { field: 'line' })
    const { record, wire } = this.#parts
    this.#lastSaidAt = performance.now()
    if (this.#content.open) return this.#sendContent(line)
    this.#requireSafe(whyUnsafe(line))
    if (record.waiting >= MOST_WAITING) {
      throw new Problem('conflict', `${MOST_WAITING} replies are still to come: wait for them first.`)
    }
    if (/^\s*STARTTLS\s*$/i.test(line) && !record.signingIn) return this.startTls(true)
    this.#record(line)
    this.#content.asked(line)
    wire.send(Buffer.from(`${line}\r\n`, 'utf8'))
    this.#parts.tell({ kind: 'state' })
  }

  /** @param announce says STARTTLS first (RFC 3207); without, the handshake begins at once */
  async startTls(announce: boolean): Promise<void> {
    this.#requireIdle()
    if (this.#session.wire.encrypted) throw new Problem('conflict', 'TLS is on already.')
    await this.#alone(announce, async deadline => {
      if (announce) {
        const replied = await this.#session.command('STARTTLS', deadline)
        if (!replied.ok || !isPositive(replied.value)) return
      }
      await this.#handshake(deadline)
    })
  }

  /** Signs in with a secret that is never shown. One attempt; what came of it is the answer. */
  async signIn(asked: SignInByHand): Promise<SignInEvidence> {
    this.#requireIdle()
    if (this.#content.open) throw new Problem('conflict', 'A message is being typed: end it first.')
    const { host, port, ehlo } = this.#parts
    let evidence: SignInEvidence | null = null
    await this.#alone(true, async deadline => {
      const server = { host, port, ehlo, offers: this.#offers, trusted: this.#tls?.trusted ?? null }
      evidence = await signInByHand(this.#session, server, asked, deadline)
    })
    return (
      evidence ?? { kind: 'no-reply', mechanism: asked.mechanism ?? 'AUTO', fault: { cause: 'closed', detail: null } }
    )
  }

  close(): void {
    this.#end('closed', null)
  }

  #sendContent(line: string): void {
    const { record, wire } = this.#parts
    // Switched on again in the middle of a message: nothing of it goes out any more.
    this.#requireSafe('a message is being typed')
    const ends = this.#content.typed(line)
    if (ends) record.client(line, wire.encrypted)
    else record.content(line, wire.encrypted)
    wire.send(Buffer.from(`${line}\r\n`, 'utf8'))
    this.#parts.tell({ kind: 'state' })
  }

  // What is typed into an AUTH exchange, or behind a mechanism's name, is hidden; also where the server repeats it.
  #record(line: string): void {
    const { record, wire } = this.#parts
    if (record.signingIn && line !== '*') {
      record.mask.hide([line, Buffer.from(line, 'base64').toString('utf8')])
      record.client(line, wire.encrypted, '***')
      return
    }
    const masked = maskedForm(line)
    if (masked !== null) record.mask.hide([masked.hidden])
    record.client(line, wire.encrypted, masked?.shown)
  }

  /** Runs something that reads replies itself, once those that are under way have come. */
  async #alone(settled: boolean, work: (deadline: Deadline) => Promise<void>): Promise<void> {
    const deadline = new Deadline(OPERATION_MS, this.#stop.signal)
    this.#busy = true
    this.#parts.tell({ kind: 'state' })
    try {
      if (settled) await this.#settled(deadline.within(SETTLE_MS))
      this.#reading?.stop.abort()
      await this.#reading?.done
      if (!this.#ended) await work(deadline)
    } finally {
      this.#busy = false
      this.#lastSaidAt = performance.now()
      if (!this.#ended) this.#read()
      this.#parts.tell({ kind: 'state' })
    }
  }

  // A reply that is still to come would be taken for the reply to what is said next.
  async #settled(deadline: Deadline): Promise<void> {
    const { record } = this.#parts
    while ((record.waiting > 0 || !record.greeted) && !this.#ended && !deadline.signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#onHeard = resolve
      deadline.signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
    }
    if (record.waiting > 0 && !this.#ended) {
      throw new Problem('conflict', 'The server has not answered what was sent before.')
    }
  }

  async #handshake(deadline: Deadline): Promise<void> {
    const { wire, record } = this.#session
    const { socket, waiting } = wire.detach()
    // RFC 3207 section 6, CVE-2011-0411: octets in plain text behind the reply must not count as encrypted ones.
    if (waiting.length > 0) record.note(`${waiting.length} octets came in plain text before TLS and were thrown away`)
    const { host, material, now } = this.#parts
    const shaken = await handshake(socket, host, material, deadline.within(PHASE_LIMITS.handshakeMs), now())
    if (shaken.kind === 'failed') {
      record.note(`TLS handshake failed: ${shaken.fault.message}`)
      this.#end('handshake-failed', shaken.fault.message)
      return
    }
    wire.attach(shaken.socket)
    this.#tls = shaken.tls
    // RFC 3207 section 4.2: what was learnt before TLS must be forgotten.
    this.#offers = []
    record.note(tlsNote(shaken.tls), true)
    if (shaken.tls.reason !== null) record.note(shaken.tls.reason, true)
  }

  #read(): void {
    const stop = new AbortController()
    this.#reading = { stop, done: this.#readOn(stop.signal) }
  }

  async #readOn(stop: AbortSignal): Promise<void> {
    const { wire, record } = this.#session
    let begun: string | null = null
    while (!stop.aborted && !this.#stop.signal.aborted) {
      const read = await wire.line(new Deadline(LOOK_UP_MS, AbortSignal.any([stop, this.#stop.signal])))
      if (read.ok || read.error.cause === 'too-long') {
        record.server(decodeLine(read.ok ? read.value : wire.take()), wire.encrypted)
        begun = null
        if (this.#parts.record.full) return this.#end('too-much', null)
        continue
      }
      const { cause, detail } = read.error
      if (cause !== 'timed-out') {
        if (detail !== null) record.note(detail, wire.encrypted)
        return this.#end('closed-by-server', detail)
      }
      if (detail !== null && detail !== begun && !stop.aborted) record.note(detail, wire.encrypted)
      begun = detail
      if (performance.now() - this.#lastSaidAt > this.#parts.idleMs) return this.#end('idle', null)
    }
  }

  #end(because: EndCause, detail: string | null): void {
    if (this.#ended) return
    this.#ended = true
    this.#stop.abort()
    this.#onHeard()
    this.#session.wire.close()
    this.#parts.tell({ kind: 'ended', because, detail })
  }

  #requireIdle(): void {
    if (this.#ended) throw new Problem('unavailable', 'This session has ended.', { remedy: 'Open a new one.' })
    if (this.#busy) throw new Problem('conflict', 'The server is still being waited for.')
  }

  #requireSafe(why: string | null): void {
    if (why === null || !this.#safe) return
    throw new Problem('not-permitted', `Safe mode is on, and ${why}.`, {
      field: 'line',
      remedy: 'Switch safe mode off to send it all the same.',
    })
  }
}

export function tlsNote({ protocol, cipher, trusted }: TlsFacts): string {
  return `TLS is on: ${protocol} ${cipher}, certificate ${trusted ? 'trusted' : 'not trusted'}`
}
