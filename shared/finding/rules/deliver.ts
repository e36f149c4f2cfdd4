import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judged, type Facts, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { judgeReply, linesOf } from '#shared/finding/rules/by-reply.ts'
import { assertNever } from '#shared/result.ts'
import type { Reply } from '#shared/smtp/reply.ts'

export function judgeDeliver(seen: DeliverEvidence, context: JudgeContext): readonly Judged[] {
  switch (seen.kind) {
    case 'envelope-accepted':
    case 'sent':
      return [...judgeSomeRefused(seen.recipients), ...judgeReceipts(context)]
    case 'mail-refused':
      return [judgeRefusal('mail', seen.reply, factsOf(seen.mailFrom, context), 'deliver-sender-refused', context)]
    case 'rcpt-refused':
      return judgeRecipients(seen, context)
    case 'data-refused': {
      const facts = { ...factsOf(seen.mailFrom, context), sizeBytes: seen.sizeBytes ?? undefined }
      return [judgeRefusal('data', seen.reply, facts, 'deliver-refused', context)]
    }
    case 'too-large': {
      const { sizeBytes, limitBytes } = seen
      return [judged('deliver-too-large', { facts: { sizeBytes, limitBytes }, evidence: [`SIZE ${limitBytes}`] })]
    }
    case 'needs-smtputf8':
      return [
        judged('deliver-needs-smtputf8', { facts: { address: seen.address }, evidence: ['SMTPUTF8 is not offered'] }),
      ]
    case 'no-reply': {
      const command = seen.command === 'message' ? 'the message' : seen.command
      return [
        // RFC 5321 section 4.5.3.2.6: whoever gets no reply to the end of data does not know whether it was taken.
        judged(seen.command === 'message' ? 'deliver-unknown-after-data' : 'deliver-connection-lost', {
          facts: { command },
          evidence: [`${command}: ${seen.fault.cause}${seen.fault.detail === null ? '' : ` (${seen.fault.detail})`}`],
        }),
      ]
    }
    default:
      return assertNever(seen)
  }
}

function factsOf(mailFrom: string, context: JudgeContext): Facts {
  const { account, provider } = context
  return { mailFrom, user: account.user ?? undefined, provider: provider?.name, ehlo: account.ehlo ?? undefined }
}

function judgeRefusal(
  stage: 'mail' | 'rcpt' | 'data',
  reply: Reply,
  facts: Facts,
  otherwise: FindingId,
  context: JudgeContext,
): Judged {
  const read = judgeReply(
    { step: 'deliver', stage, reply, facts, otherwise, otherwiseTemporary: 'deliver-temporary-error' },
    context,
  )
  return judgeBySession(read, context)
}

/** What was said is read together with what was done: nobody had signed in, or the line was not encrypted. */
function judgeBySession(read: Judged, { account, steps }: JudgeContext): Judged {
  const signedIn = stepWith(steps, 'sign-in')?.state === 'done'
  // "Relay denied" to somebody who could have signed in, and did not, asks for just that.
  const couldSignIn = !signedIn && account.user === null && account.auth !== 'none'
  if (read.class === 'relay-denied' && couldSignIn) return { ...read, facts: { ...read.facts, notSignedIn: 'yes' } }
  // Some servers answer "authentication required" to a recipient that only takes internal mail.
  if (read.class === 'auth-required' && signedIn) return { ...read, confidence: Math.min(read.confidence, 0.6) }
  return read
}

function judgeRecipients(
  { recipients, mailFrom }: Extract<DeliverEvidence, { kind: 'rcpt-refused' }>,
  context: JudgeContext,
): readonly Judged[] {
  const refused = recipients.filter(({ reply }) => reply.code >= 400)
  const judgedEach = refused.map(({ address, reply }) =>
    judgeRefusal(
      'rcpt',
      reply,
      { ...factsOf(mailFrom, context), recipient: address },
      'deliver-recipient-refused',
      context,
    ),
  )
  // A hundred recipients refused for one reason are one finding.
  const first = judgedEach.filter((each, index) => judgedEach.findIndex(other => other.id === each.id) === index)
  return refused.length < recipients.length ? [...first, ...judgeSomeRefused(recipients)] : first
}

/** RFC 3461 section 4: what asks for receipts may only be sent to a server that offers DSN; msmtp refuses to send then. */
function judgeReceipts({ account, steps }: JudgeContext): readonly Judged[] {
  if (account.dsnNotify === null && account.dsnReturn === null) return []
  const seen = stepWith(steps, 'encrypt')?.evidence
  const offered = seen?.kind === 'plain' ? seen.capabilities : seen?.kind === 'encrypted' ? seen.after : null
  if (offered === null || offered.dsn) return []
  return [judged('deliver-dsn-unsupported', { evidence: ['DSN is not offered'], severity: 'warning' })]
}

function judgeSomeRefused(recipients: readonly RecipientReply[]): readonly Judged[] {
  const refused = recipients.filter(({ reply }) => reply.code >= 400)
  if (refused.length === 0 || refused.length === recipients.length) return []
  return [
    judged('deliver-some-recipients-refused', {
      facts: { refused: refused.length, total: recipients.length },
      evidence: refused.slice(0, 20).flatMap(({ address, reply }) => linesOf(reply).map(line => `${address}: ${line}`)),
    }),
  ]
}
