import type { TLSSocket } from 'node:tls'
import type { EncryptEvidence, HandshakeFault, NoReply } from '#shared/diagnosis/evidence.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import type { ServerDane, TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import {
  NO_TIMINGS,
  NOTHING_SEEN,
  type EncryptSeen,
  type EncryptTimings,
} from '#engine/diagnosis/steps/encrypt-seen.ts'
import { withDane, withSecondTry, type CompareDane } from '#engine/diagnosis/steps/encrypt-aside.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import { ehloName } from '#engine/smtp/ehlo-name.ts'
import { isTlsRecord } from '#engine/smtp/greeting.ts'
import { looksMangled } from '#engine/smtp/mangled.ts'
import type { Hello, SmtpSession } from '#engine/smtp/session.ts'
import { previewOf } from '#engine/smtp/wire.ts'
import { handshakeFault } from '#engine/tls/fault.ts'
import { handshake } from '#engine/tls/handshake.ts'
import { awaitTicket } from '#engine/tls/ticket.ts'
import type { TlsMaterial } from '#engine/tls/trust-store.ts'

export type EncryptPlan = {
  /** `if-offered`: STARTTLS where the server offers it, else plain text; for looking at a server, never for signing in. */
  readonly security: 'none' | 'starttls' | 'tls' | 'if-offered'
  readonly certificateHost: string
  readonly ehlo: string | null
  readonly goOnUntrusted: boolean
  /** What was dialled, for a second try; null where there is none. */
  readonly target: DialTarget | null
  /** Looked up since before the connection; null where there is no name to ask for. */
  readonly dane: Promise<CompareDane | null>
}

export type Encrypted = StepOutcome<EncryptEvidence> & {
  readonly timings: EncryptTimings
  readonly seen: EncryptSeen
}

/**
 * EHLO, TLS as the plan wants it, and EHLO again behind it.
 *
 * @param onPlain is called with what is offered in plain text, before anything is encrypted
 */
export async function runEncrypt(
  session: SmtpSession,
  plan: EncryptPlan,
  material: TlsMaterial,
  now: () => Date,
  deadline: Deadline,
  onPlain: (offered: Capabilities) => void = () => {},
): Promise<Encrypted> {
  const name = ehloName(plan.ehlo, session.wire.socket.localAddress)
  const step = new EncryptStep(session, plan, name, material, now, deadline, onPlain)
  const first = plan.security === 'tls' ? await step.implicit() : await step.explicit()
  const dane = await step.compareDane()
  const evidence = withDane(await step.tryAgain(first), dane)
  const ok = evidence.kind === 'plain' || evidence.kind === 'encrypted'
  const { seen } = step
  return {
    ok,
    evidence,
    timings: step.timings,
    seen: seen.tls === null ? seen : { ...seen, tls: { ...seen.tls, dane } },
  }
}

class EncryptStep {
  timings: EncryptTimings = NO_TIMINGS
  seen: EncryptSeen = NOTHING_SEEN
  readonly #session: SmtpSession
  readonly #plan: EncryptPlan
  readonly #name: string
  readonly #material: TlsMaterial
  readonly #now: () => Date
  readonly #deadline: Deadline
  readonly #onPlain: (offered: Capabilities) => void

  constructor(
    session: SmtpSession,
    plan: EncryptPlan,
    name: string,
    material: TlsMaterial,
    now: () => Date,
    deadline: Deadline,
    onPlain: (offered: Capabilities) => void,
  ) {
    this.#session = session
    this.#plan = plan
    this.#name = name
    this.#material = material
    this.#now = now
    this.#deadline = deadline
    this.#onPlain = onPlain
  }

  /** RFC 8314 section 3.3: TLS from the first octet. */
  async implicit(): Promise<EncryptEvidence> {
    const shaken = await this.#handshake()
    if (shaken.kind === 'failed') return { kind: 'handshake-failed', mode: 'tls', fault: shaken.fault, before: null }
    if (!shaken.tls.trusted && !this.#plan.goOnUntrusted) return { kind: 'untrusted', tls: shaken.tls, before: null }
    const startedAt = performance.now()
    const greeting = await this.#session.greeting(this.#deadline)
    this.timings = { ...this.timings, greetingMs: performance.now() - startedAt }
    this.seen = { ...this.seen, greeting }
    const late = this.#lateFault()
    if (late !== null) return { kind: 'handshake-failed', mode: 'tls', fault: late, before: null }
    if (greeting.kind !== 'ready') return { kind: 'greeting-failed', tls: shaken.tls, greeting }
    const hello = await this.#hello('ehloMs')
    if (hello.kind !== 'ready') return this.#helloFailed(hello)
    const { capabilities: after, heloOnly } = hello
    return { kind: 'encrypted', tls: shaken.tls, before: null, after, greeting, heloOnly, injectedOctets: 0 }
  }

  /** EHLO in the clear, then STARTTLS (RFC 3207) unless the plan does without. */
  async explicit(): Promise<EncryptEvidence> {
    const hello = await this.#hello('ehloMs')
    if (hello.kind !== 'ready') return this.#helloFailed(hello)
    const { capabilities, heloOnly } = hello
    this.seen = { ...this.seen, plain: capabilities }
    this.#onPlain(capabilities)
    const { security } = this.#plan
    if (security === 'none' || (security === 'if-offered' && !capabilities.starttls)) {
      return { kind: 'plain', capabilities, heloOnly }
    }
    if (!capabilities.starttls) {
      return { kind: 'starttls-not-offered', capabilities, mangled: looksMangled(capabilities) }
    }
    return this.#starttls(capabilities)
  }

  /** What a handshake without limits tells about one that failed. */
  tryAgain(evidence: EncryptEvidence): Promise<EncryptEvidence> {
    const { security, certificateHost: host, ehlo, target } = this.#plan
    const protocol = this.#session.lmtp ? 'lmtp' : 'smtp'
    const way = { security: security === 'tls' ? 'tls' : 'starttls', protocol, ehlo } as const
    const { record } = this.#session
    return withSecondTry(evidence, this.#material.limits, { target, way, host }, record, this.#deadline)
  }

  /** Once nothing more is to be said: an answer of the DNS that is late must not hold the server up. */
  async compareDane(): Promise<ServerDane | null> {
    const compare = this.seen.certificates.length === 0 ? null : await this.#plan.dane
    return compare === null ? null : compare(this.seen.certificates)
  }

  async #starttls(before: Capabilities): Promise<EncryptEvidence> {
    const startedAt = performance.now()
    const replied = await this.#session.command('STARTTLS', this.#deadline)
    const starttlsMs = performance.now() - startedAt
    this.timings = { ...this.timings, starttlsMs }
    if (!replied.ok) return { kind: 'no-reply', command: 'STARTTLS', fault: replied.error, encrypted: false }
    if (!isPositive(replied.value)) return { kind: 'starttls-refused', reply: replied.value, capabilities: before }
    const shaken = await this.#handshake()
    if (shaken.kind === 'failed') return { kind: 'handshake-failed', mode: 'starttls', fault: shaken.fault, before }
    if (!shaken.tls.trusted && !this.#plan.goOnUntrusted) return { kind: 'untrusted', tls: shaken.tls, before }
    await awaitTicket(shaken.socket, starttlsMs)
    const again = await this.#hello('secondEhloMs')
    const late = this.#lateFault()
    if (late !== null) return { kind: 'handshake-failed', mode: 'starttls', fault: late, before }
    if (again.kind !== 'ready') return this.#helloFailed(again)
    const { capabilities: after, heloOnly } = again
    const { tls, injectedOctets } = shaken
    return { kind: 'encrypted', tls, before, after, greeting: null, heloOnly, injectedOctets }
  }

  async #handshake(): Promise<
    | {
        readonly kind: 'encrypted'
        readonly socket: TLSSocket
        readonly tls: TlsFacts
        readonly injectedOctets: number
      }
    | { readonly kind: 'failed'; readonly fault: HandshakeFault }
  > {
    const { wire, record, limits } = this.#session
    const { socket: plain, waiting, ended } = wire.detach()
    const early = earlyFault(this.#plan.security, waiting, ended)
    if (early !== null) {
      record.note(early.message)
      plain.destroy()
      return { kind: 'failed', fault: early }
    }
    // RFC 3207 section 4.2: what came in the clear is forgotten. Octets behind the STARTTLS reply, taken for replies of the
    // encrypted session, are how somebody in between speaks in the server's name (CVE-2011-0411).
    if (waiting.length > 0) record.note(`${waiting.length} octets came in plain text before TLS and were thrown away`)
    const limit = this.#deadline.within(limits.handshakeMs)
    const shaken = await handshake(plain, this.#plan.certificateHost, this.#material, limit, this.#now())
    this.timings = { ...this.timings, tlsMs: shaken.ms }
    if (shaken.kind === 'failed') {
      record.note(`TLS handshake failed: ${shaken.fault.message}`)
      return shaken
    }
    const { socket, tls, certificates } = shaken
    this.seen = { ...this.seen, tls, certificates }
    wire.attach(socket)
    record.note(
      `TLS is on: ${tls.protocol} ${tls.cipher}, certificate ${tls.trusted ? 'trusted' : 'not trusted'}`,
      true,
    )
    if (tls.reason !== null) record.note(tls.reason, true)
    return { kind: 'encrypted', socket, tls, injectedOctets: waiting.length }
  }

  async #hello(timing: 'ehloMs' | 'secondEhloMs'): Promise<Hello> {
    const startedAt = performance.now()
    const hello = await this.#session.hello(this.#name, this.#deadline)
    this.timings = { ...this.timings, [timing]: performance.now() - startedAt }
    return hello
  }

  #helloFailed(hello: Exclude<Hello, { kind: 'ready' }>): EncryptEvidence {
    const { encrypted } = this.#session.wire
    if (hello.kind === 'no-reply') return { kind: 'no-reply', command: hello.command, fault: hello.fault, encrypted }
    return { kind: 'ehlo-refused', reply: hello.reply, ehloName: this.#name, encrypted }
  }

  // In TLS 1.3 the client is done first: a server that wants a client certificate says so only to our first read.
  #lateFault(): HandshakeFault | null {
    const { error } = this.#session.wire
    return error?.code?.startsWith('ERR_SSL_') === true ? handshakeFault(error) : null
  }
}

/** What already came before the handshake began, and shows that it cannot work. */
function earlyFault(security: EncryptPlan['security'], waiting: Buffer, ended: NoReply | null): HandshakeFault | null {
  if (security === 'tls' && waiting.length > 0 && !isTlsRecord(waiting)) {
    return { kind: 'plaintext-answer', code: null, message: `plain text in place of TLS: ${previewOf(waiting)}` }
  }
  if (ended === null) return null
  const kind = ended.cause === 'reset' ? 'reset' : 'closed'
  return { kind, code: ended.detail, message: 'the connection ended before the TLS handshake' }
}
