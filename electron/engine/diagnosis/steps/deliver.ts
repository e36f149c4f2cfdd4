import type { Account } from '#shared/account/account.ts'
import type { DeliverEvidence } from '#shared/diagnosis/evidence.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'
import type { Plan } from '#engine/diagnosis/plan.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import { deliverMessage, type Addresses } from '#engine/message/deliver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, speakEnvelope } from '#engine/smtp/envelope.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

/** What the session is by now. */
export type Reached = {
  readonly offered: Capabilities
  /** Null where nothing is encrypted. */
  readonly trusted: boolean | null
  readonly signedIn: boolean
}

/** With a message: delivers it. Without: speaks the envelope and takes it back with RSET, so that nothing is sent. */
export async function runDeliver(
  session: SmtpSession,
  account: Account,
  plan: Pick<Plan, 'mailFrom' | 'rcptTo'>,
  reached: Reached,
  message: RawMessage | null,
  chunking: boolean,
  deadline: Deadline,
): Promise<StepOutcome<DeliverEvidence>> {
  const { requireTls } = account
  const unworthy = requireTls ? whyNotRequireTls(reached) : null
  if (unworthy !== null) return { ok: false, evidence: { kind: 'needs-requiretls', because: unworthy } }
  const { offered, signedIn } = reached
  const addresses = { ...plan, dsn: account, requireTls }
  const evidence =
    message === null
      ? await tryEnvelope(session, addresses, offered, signedIn, deadline)
      : await deliverMessage(session, addresses, message, { offered, signedIn, chunking }, deadline)
  return { ok: evidence.kind === 'envelope-accepted' || evidence.kind === 'sent', evidence }
}

/** RFC 8689 section 4.2.1: only over TLS, to a server that was verified, and that offers it behind TLS. */
function whyNotRequireTls({ offered, trusted }: Reached) {
  if (trusted === null) return 'not-encrypted'
  if (!trusted) return 'not-trusted'
  return offered.requireTls ? null : 'not-offered'
}

async function tryEnvelope(
  session: SmtpSession,
  addresses: Addresses,
  offered: Capabilities,
  signedIn: boolean,
  deadline: Deadline,
): Promise<DeliverEvidence> {
  const { mailFrom } = addresses
  const envelope = { ...addresses, sizeBytes: null, body: '7bit', utf8Headers: false } as const
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
