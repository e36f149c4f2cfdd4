import type { Account } from '#shared/account/account.ts'
import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'
import { readFromLine } from '#engine/message/raw-message.ts'
import { transferMessage } from '#engine/message/transfer.ts'
import { chooseTransfer, toWireForm, type Transfer, type WireForm } from '#engine/message/wire-form.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, speakEnvelope } from '#engine/smtp/envelope.ts'
import { groupRecipients } from '#engine/smtp/recipient-groups.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

export type Addresses = {
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  readonly requireTls: boolean
  readonly dsn: Pick<Account, 'dsnNotify' | 'dsnReturn'>
}

export type Way = {
  readonly offered: Capabilities
  readonly signedIn: boolean
  /** Chunks are asked for. */
  readonly chunking: boolean
}

/**
 * Sends a message over a session that is signed in or needs no sign-in: MAIL, RCPT, and DATA or BDAT. It goes to the
 * recipients that were accepted, if any were; in several transactions where the server limits their number (RFC 9422).
 */
export async function deliverMessage(
  session: SmtpSession,
  addresses: Addresses,
  message: RawMessage,
  way: Way,
  deadline: Deadline,
): Promise<DeliverEvidence> {
  const { rcptTo } = addresses
  const groups = groupRecipients(rcptTo, way.offered)
  if (!groups.ok) return { kind: 'too-many-recipients', recipients: rcptTo.length, ...groups.error }
  const transfer = chooseTransfer(message.raw, way.offered, way.chunking)
  const form = toWireForm(message.raw, transfer)
  const told = new Told()
  for (const group of groups.value) {
    const seen = await deliverOnce(session, { ...addresses, rcptTo: group }, message, form, transfer, way, deadline)
    if (!told.hear(seen, group)) break
    // RFC 5321 section 4.1.1.5: an envelope that came to nothing is taken back before the next.
    if (seen.kind !== 'sent' && groups.value.length > 1) await session.command('RSET', deadline)
  }
  return told.outcome
}

/** Puts together what came of the transactions of one message. */
class Told {
  #sent: Extract<DeliverEvidence, { kind: 'sent' }> | null = null
  #last: DeliverEvidence | null = null
  readonly #recipients: RecipientReply[] = []

  /** @returns whether the next transaction may begin */
  hear(seen: DeliverEvidence, group: readonly string[]): boolean {
    this.#last = seen
    switch (seen.kind) {
      case 'sent':
        this.#sent ??= seen
        this.#recipients.push(...seen.recipients)
        return true
      case 'rcpt-refused':
        this.#recipients.push(...seen.recipients)
        return true
      case 'mail-refused':
      case 'data-refused':
        // Nobody else has it yet, so this is what there is to say; else it is what became of this group.
        if (this.#sent === null) return false
        this.#recipients.push(...group.map(address => ({ address, reply: seen.reply })))
        return true
      case 'envelope-accepted':
      case 'too-large':
      case 'too-many-recipients':
      case 'needs-smtputf8':
      case 'needs-requiretls':
      case 'no-reply':
        return false
    }
  }

  get outcome(): DeliverEvidence {
    const last = this.#last
    if (last === null) throw new Error('a message has at least one recipient')
    const sentTo = this.#recipients.filter(({ reply }) => isPositive(reply)).map(({ address }) => address)
    if (last.kind === 'no-reply' && this.#sent !== null) return { ...last, sentTo }
    if (this.#sent !== null) return { ...this.#sent, recipients: this.#recipients }
    return last.kind === 'rcpt-refused' ? { ...last, recipients: this.#recipients } : last
  }
}

async function deliverOnce(
  session: SmtpSession,
  addresses: Addresses,
  message: RawMessage,
  form: WireForm,
  transfer: Transfer,
  { offered, signedIn }: Way,
  deadline: Deadline,
): Promise<DeliverEvidence> {
  const { mailFrom } = addresses
  const { sizeBytes, body, utf8Headers } = form
  const envelope = { ...addresses, sizeBytes, body, utf8Headers }
  const commands = composeEnvelope(envelope, offered)
  if (!commands.ok) return commands.error
  const spoken = await speakEnvelope(session, envelope, commands.value, signedIn, offered.pipelining, deadline)
  if (spoken.kind !== 'spoken') return spoken
  const recipients = [...spoken.recipients]
  const accepted = recipients.filter(({ reply }) => isPositive(reply))
  if (accepted.length === 0) return { kind: 'rcpt-refused', mailFrom, recipients, signedIn }

  const transferred = await transferMessage(session, form, transfer, accepted, deadline)
  const refused = (reply: Reply): DeliverEvidence => {
    return { kind: 'data-refused', mailFrom, reply, sizeBytes, signedIn, fromLine: readFromLine(message.raw) }
  }
  if (transferred.kind === 'no-reply') return transferred
  if (transferred.kind === 'refused') return refused(transferred.reply)
  const { replies } = transferred
  const best = replies.find(({ reply }) => isPositive(reply)) ?? replies[0]
  if (!best) throw new Error('a message that was accepted for somebody has a reply')
  if (!isPositive(best.reply)) return refused(best.reply)
  const outcome = new Map(replies.map(each => [each.address, each]))
  const settled = session.lmtp ? recipients.map(each => outcome.get(each.address) ?? each) : recipients
  const { messageId } = message
  return { kind: 'sent', mailFrom, recipients: settled, reply: best.reply, messageId, sizeBytes }
}
