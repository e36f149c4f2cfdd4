import type { Account } from '#shared/account/account.ts'
import type { DeliverEvidence } from '#shared/diagnosis/evidence.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'
import type { Plan } from '#engine/diagnosis/plan.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import { deliverMessage } from '#engine/message/deliver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, speakEnvelope } from '#engine/smtp/envelope.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

/** With a message: delivers it. Without: speaks the envelope and takes it back with RSET, so that nothing is sent. */
export async function runDeliver(
  session: SmtpSession,
  account: Account,
  plan: Pick<Plan, 'mailFrom' | 'rcptTo'>,
  offered: Capabilities,
  signedIn: boolean,
  message: RawMessage | null,
  deadline: Deadline,
): Promise<StepOutcome<DeliverEvidence>> {
  const evidence =
    message === null
      ? await tryEnvelope(session, account, plan, offered, signedIn, deadline)
      : await deliverMessage(session, { ...plan, dsn: account }, message, offered, signedIn, deadline)
  return { ok: evidence.kind === 'envelope-accepted' || evidence.kind === 'sent', evidence }
}

async function tryEnvelope(
  session: SmtpSession,
  account: Account,
  { mailFrom, rcptTo }: Pick<Plan, 'mailFrom' | 'rcptTo'>,
  offered: Capabilities,
  signedIn: boolean,
  deadline: Deadline,
): Promise<DeliverEvidence> {
  const envelope = { mailFrom, rcptTo, sizeBytes: null, eightBit: false, utf8Headers: false, dsn: account }
  const commands = composeEnvelope(envelope, offered)
  if (!commands.ok) return commands.error
  const spoken = await speakEnvelope(session, envelope, commands.value, signedIn, offered.pipelining, deadline)
  if (spoken.kind !== 'spoken') return spoken
  const recipients = [...spoken.recipients]
  const refused = recipients.some(({ reply }) => !isPositive(reply))
  const reset = await session.command('RSET', deadline)
  if (refused) return { kind: 'rcpt-refused', mailFrom, recipients, signedIn }
  // What was asked is known; a connection that ends now takes the envelope back as well.
  if (!reset.ok && reset.error.cause === 'timed-out') return { kind: 'no-reply', command: 'RSET', fault: reset.error }
  return { kind: 'envelope-accepted', mailFrom, recipients }
}
