import type { Account } from '#shared/account/account.ts'
import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'
import { readFromLine } from '#engine/message/raw-message.ts'
import { toWireForm } from '#engine/message/wire-form.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, speakEnvelope } from '#engine/smtp/envelope.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

export type Addresses = {
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  readonly dsn: Pick<Account, 'dsnNotify' | 'dsnReturn'>
}

/**
 * Sends a message over a session that is signed in or needs no sign-in: MAIL, RCPT, DATA. It goes to the recipients that
 * were accepted, if any were.
 */
export async function deliverMessage(
  session: SmtpSession,
  { mailFrom, rcptTo, dsn }: Addresses,
  message: RawMessage,
  offered: Capabilities,
  signedIn: boolean,
  deadline: Deadline,
): Promise<DeliverEvidence> {
  const form = toWireForm(message.raw)
  const { sizeBytes } = form
  const envelope = { mailFrom, rcptTo, dsn, sizeBytes, eightBit: form.eightBit, utf8Headers: form.utf8Headers }
  const commands = composeEnvelope(envelope, offered)
  if (!commands.ok) return commands.error
  const spoken = await speakEnvelope(session, envelope, commands.value, signedIn, offered.pipelining, deadline)
  if (spoken.kind !== 'spoken') return spoken
  const recipients = [...spoken.recipients]
  const accepted = recipients.filter(({ reply }) => isPositive(reply))
  if (accepted.length === 0) return { kind: 'rcpt-refused', mailFrom, recipients, signedIn }

  const data = await session.command('DATA', deadline)
  if (!data.ok) return { kind: 'no-reply', command: 'DATA', fault: data.error }
  const refused = (reply: Reply): DeliverEvidence => {
    return { kind: 'data-refused', mailFrom, reply, sizeBytes, signedIn, fromLine: readFromLine(message.raw) }
  }
  if (data.value.code !== 354) return refused(data.value)
  session.sendOctets(form.octets, `(the message, ${sizeBytes} octets)`)
  const flushed = await session.wire.flushed(deadline.within(session.limits.messageMs))
  // A server that refuses the message in the middle says so before it closes: that reply is still to be read.
  if (!flushed.ok && flushed.error.cause === 'timed-out') {
    return { kind: 'no-reply', command: 'message', fault: flushed.error }
  }
  const final = await readOutcome(session, accepted, deadline)
  if (!final.ok) return { kind: 'no-reply', command: 'message', fault: final.error }
  const outcome = new Map(final.value.map(each => [each.address, each]))
  const best = final.value.find(({ reply }) => isPositive(reply)) ?? final.value[0]
  if (!best || !isPositive(best.reply)) return refused(best?.reply ?? data.value)
  const settled = session.lmtp ? recipients.map(each => outcome.get(each.address) ?? each) : recipients
  const { messageId } = message
  return { kind: 'sent', mailFrom, recipients: settled, reply: best.reply, messageId, sizeBytes }
}

type Outcome =
  | { readonly ok: true; readonly value: readonly RecipientReply[] }
  | { readonly ok: false; readonly error: Extract<DeliverEvidence, { kind: 'no-reply' }>['fault'] }

/** One reply for the message; in LMTP one for each accepted recipient, in their order (RFC 2033 section 4.2). */
async function readOutcome(
  session: SmtpSession,
  accepted: readonly RecipientReply[],
  deadline: Deadline,
): Promise<Outcome> {
  const asked = session.lmtp ? accepted : accepted.slice(0, 1)
  const replies: RecipientReply[] = []
  for (const { address } of asked) {
    const replied = await session.reply(deadline, session.limits.messageMs)
    if (!replied.ok) return { ok: false, error: replied.error }
    replies.push({ address, reply: replied.value })
  }
  return { ok: true, value: replies }
}
