import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Exchange } from '#engine/sasl/mechanism.ts'
import type { Replied, SmtpSession } from '#engine/smtp/session.ts'

/** RFC 4954 section 4: a command line with an initial response that is longer than this is sent without it. */
const LONGEST_COMMAND_OCTETS = 512

/** No mechanism that we speak needs more; a server that goes on asking would hold us for ever. */
const MOST_CHALLENGES = 5

/** AUTH (RFC 4954), one attempt. Everything that we send behind the mechanism's name is masked in the transcript. */
export async function authenticate(
  session: SmtpSession,
  exchange: Exchange,
  deadline: Deadline,
): Promise<SignInEvidence> {
  const mechanism = exchange.name
  const first = firstCommand(exchange)
  let replied = await session.command(first.line, deadline)
  let pending = first.pending
  let told: string | null = null
  for (let asked = 0; ; asked++) {
    if (!replied.ok) return { kind: 'no-reply', mechanism, fault: replied.error }
    const { value: reply } = replied
    if (reply.code !== 334) {
      if (!isPositive(reply)) return { kind: 'rejected', mechanism, reply, challenge: told }
      return exchange.complete() ? { kind: 'accepted', mechanism, reply } : { kind: 'server-not-proved', mechanism }
    }
    const challenge = Buffer.from(reply.text.join(''), 'base64')
    const meaning = challenge.length > 0 ? exchange.describe(challenge) : null
    told = meaning === null ? null : escapeControls(meaning)
    if (told !== null) session.record.note(`the challenge says: ${told}`, session.wire.encrypted)
    const response = pending !== null ? { ok: true as const, value: pending } : exchange.respond(challenge)
    pending = null
    if (!response.ok || asked >= MOST_CHALLENGES) {
      const cancelled = await cancel(session, deadline)
      if (!response.ok && response.error.kind === 'server-not-proved') return { kind: 'server-not-proved', mechanism }
      if (cancelled.ok && !isPositive(cancelled.value))
        return { kind: 'rejected', mechanism, reply: cancelled.value, challenge: told }
      const detail = response.ok ? 'the server goes on asking' : response.error.detail
      return { kind: 'no-reply', mechanism, fault: { cause: 'malformed', detail } }
    }
    replied = await session.command({ text: response.value.toString('base64'), shown: '***' }, deadline)
  }
}

type FirstCommand = {
  readonly line: { readonly text: string; readonly shown?: string }
  /** An initial response that did not fit: sent after the first, empty challenge. */
  readonly pending: Buffer | null
}

function firstCommand({ name, initial }: Exchange): FirstCommand {
  if (initial === null) return { line: { text: `AUTH ${name}` }, pending: null }
  // RFC 4954 section 4: an initial response of no octets is written as a single "=".
  const response = initial.length === 0 ? '=' : initial.toString('base64')
  const text = `AUTH ${name} ${response}`
  if (text.length + 2 > LONGEST_COMMAND_OCTETS) return { line: { text: `AUTH ${name}` }, pending: initial }
  return { line: { text, shown: `AUTH ${name} ***` }, pending: null }
}

// RFC 4954 section 4: a client ends the exchange with a line that holds a single "*".
function cancel(session: SmtpSession, deadline: Deadline): Promise<Replied> {
  return session.command('*', deadline)
}
