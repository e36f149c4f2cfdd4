import type { Greeting, NoReply } from '#shared/diagnosis/evidence.ts'
import { Problem } from '#shared/problem.ts'
import type { Result } from '#shared/result.ts'
import { NO_CAPABILITIES, parseCapabilities } from '#shared/smtp/parse-capabilities.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { classOf, isPositive } from '#shared/smtp/reply-class.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { PhaseLimits } from '#engine/net/phase-limits.ts'
import { greetingOf, isTlsRecord } from '#engine/smtp/greeting.ts'
import { readReply } from '#engine/smtp/read-reply.ts'
import type { ConnectionRecord } from '#engine/smtp/recorder.ts'
import type { Wire } from '#engine/smtp/wire.ts'

export type Replied = Result<Reply, NoReply>

export type Hello =
  | { readonly kind: 'ready'; readonly reply: Reply; readonly capabilities: Capabilities; readonly heloOnly: boolean }
  | { readonly kind: 'refused'; readonly reply: Reply }
  | { readonly kind: 'no-reply'; readonly command: string; readonly fault: NoReply }

/** A command of six octets leaves at once, unless the other side has stopped reading. */
const FLUSH_LIMIT_MS = 200

export type CommandLine = {
  readonly text: string
  /** What the transcript shows in place of `text`, when that holds a secret. */
  readonly shown?: string
}

/** The client's side of one SMTP or LMTP connection. Each wait draws on the deadline; no outcome of the network is thrown. */
export class SmtpSession {
  readonly wire: Wire
  readonly record: ConnectionRecord
  readonly limits: PhaseLimits
  readonly #protocol: 'smtp' | 'lmtp'

  constructor(wire: Wire, record: ConnectionRecord, limits: PhaseLimits, protocol: 'smtp' | 'lmtp' = 'smtp') {
    this.wire = wire
    this.record = record
    this.limits = limits
    this.#protocol = protocol
  }

  get lmtp(): boolean {
    return this.#protocol === 'lmtp'
  }

  async greeting(deadline: Deadline): Promise<Greeting> {
    const startedAt = performance.now()
    const read = await readReply(this.wire, this.record, deadline.within(this.limits.greetingMs), isTlsRecord)
    return greetingOf(read, performance.now() - startedAt)
  }

  async command(line: string | CommandLine, deadline: Deadline): Promise<Replied> {
    this.#send([line])
    return this.reply(deadline)
  }

  /** RFC 2920: all commands in one packet, then their replies in order. Ends early when a reply does not come. */
  async pipeline(lines: readonly string[], deadline: Deadline): Promise<readonly Replied[]> {
    this.#send(lines)
    const replies: Replied[] = []
    for (const _ of lines) {
      const reply = await this.reply(deadline)
      replies.push(reply)
      if (!reply.ok) break
    }
    return replies
  }

  reply(deadline: Deadline, limitMs: number = this.limits.replyMs): Promise<Replied> {
    return readReply(this.wire, this.record, deadline.within(limitMs))
  }

  /** EHLO, and HELO where the server does not know that (RFC 5321 section 3.2); LHLO in LMTP (RFC 2033). */
  async hello(name: string, deadline: Deadline): Promise<Hello> {
    const verb = this.lmtp ? 'LHLO' : 'EHLO'
    const extended = await this.command(`${verb} ${name}`, deadline)
    if (!extended.ok) return { kind: 'no-reply', command: verb, fault: extended.error }
    if (isPositive(extended.value)) {
      const capabilities = parseCapabilities(extended.value)
      return { kind: 'ready', reply: extended.value, capabilities, heloOnly: false }
    }
    if (this.lmtp || classOf(extended.value) !== 'permanent') return { kind: 'refused', reply: extended.value }
    const plain = await this.command(`HELO ${name}`, deadline)
    // Servers that mean their refusal close at once; then the refusal is the answer, not the silence after it.
    if (!plain.ok) return { kind: 'refused', reply: extended.value }
    if (!isPositive(plain.value)) return { kind: 'refused', reply: plain.value }
    return { kind: 'ready', reply: plain.value, capabilities: NO_CAPABILITIES, heloOnly: true }
  }

  /** Sends octets that are no command, such as the message. `described` stands for them in the transcript. */
  sendOctets(octets: Buffer, described: string): void {
    this.record.client(described, this.wire.encrypted)
    this.wire.send(octets)
  }

  /** Says QUIT and waits at most `waitMs` for the answer, as politeness: the outcome of the session is known by now. */
  async quit(deadline: Deadline, waitMs: number): Promise<void> {
    if (!deadline.signal.aborted) {
      this.#send(['QUIT'])
      if (waitMs > 0) await this.reply(deadline, waitMs)
      else await this.wire.flushed(deadline.within(FLUSH_LIMIT_MS))
    }
    this.wire.close()
  }

  #send(lines: readonly (string | CommandLine)[]): void {
    const commands = lines.map(line => (typeof line === 'string' ? { text: line } : line))
    for (const { text, shown } of commands) {
      // A line end inside a command would be a second command: what CVE reports call SMTP injection.
      if (/[\r\n\0]/.test(text)) throw new Problem('bad-input', 'An SMTP command cannot hold a line end or a NUL.')
      this.record.client(text, this.wire.encrypted, shown)
    }
    this.wire.send(commands.map(({ text }) => `${text}\r\n`).join(''))
  }
}
