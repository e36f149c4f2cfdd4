import { parseAddress } from '#shared/account/address.ts'
import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
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
      return [withFromLine(judgeRefusal('data', seen.reply, facts, 'deliver-refused', context), seen.fromLine)]
    }
    case 'too-large': {
      const { sizeBytes, limitBytes } = seen
      return [judged('deliver-too-large', { facts: { sizeBytes, limitBytes }, evidence: [`SIZE ${limitBytes}`] })]
    }
    case 'needs-smtputf8':
      return [
        judged('deliver-needs-smtputf8', { facts: { address: seen.address }, evidence: ['SMTPUTF8 is not offered'] }),
      ]
    case 'needs-requiretls':
      return [
        judged('deliver-needs-requiretls', {
          facts: { because: WHY_NOT[seen.because] },
          evidence: [REQUIRETLS_EVIDENCE[seen.because]],
        }),
      ]
    case 'too-many-recipients': {
      const { recipients, limit, limits } = seen
      return [judged('deliver-too-many-recipients', { facts: { recipients, limit }, evidence: [`LIMITS ${limits}`] })]
    }
    case 'no-reply': {
      const command = seen.command === 'message' ? 'the message' : seen.command
      return [
        // RFC 5321 section 4.5.3.2.6: whoever gets no reply to the end of data does not know whether it was taken.
        judged(seen.command === 'message' ? 'deliver-unknown-after-data' : 'deliver-connection-lost', {
          facts: { command },
          evidence: [
            `${command}: ${seen.fault.cause}${seen.fault.detail === null ? '' : ` (${seen.fault.detail})`}`,
            ...(seen.sentTo === undefined ? [] : [`already taken for ${seen.sentTo.join(', ')}`]),
          ],
        }),
      ]
    }
    default:
      return assertNever(seen)
  }
}

const WHY_NOT = {
  'not-offered': 'the server does not offer REQUIRETLS',
  'not-encrypted': 'this connection is not encrypted',
  'not-trusted': "the server's certificate is not trusted",
} as const

const REQUIRETLS_EVIDENCE = {
  'not-offered': 'REQUIRETLS is not offered behind TLS',
  'not-encrypted': 'the connection is in plain text',
  'not-trusted': 'the certificate is not trusted',
} as const

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
  if (DENIED.test(read.evidence.join(' '))) return judgeDenied(read, couldSignIn && offersSignIn(steps))
  // Some servers answer "authentication required" to a recipient that only takes internal mail.
  if (read.class === 'auth-required' && signedIn) return { ...read, confidence: Math.min(read.confidence, 0.6) }
  return read
}

/** Postfix says so where a list of restrictions ends in "reject": of whom does not matter, nobody there was let in. */
const DENIED = /(?:client host|recipient address) rejected: access denied/i

/** RFC 5248 and Exchange Online: 5.1.x and 5.4.1 say that it is the recipient. */
const ABOUT_RECIPIENT = /\b5\.(?:1\.\d+|4\.1)\b/

function judgeDenied(read: Judged, couldSignIn: boolean): Judged {
  const { facts, evidence } = read
  const said = evidence.join(' ')
  if (ABOUT_RECIPIENT.test(said)) return read
  // Submission services let in whoever has signed in, and nobody else.
  if (couldSignIn) return judged('deliver-sign-in-required', { facts, evidence, confidence: 0.75 })
  return /client host/i.test(said) ? judged('deliver-address-refused', { facts, evidence, confidence: 0.8 }) : read
}

function offersSignIn(steps: JudgeContext['steps']): boolean {
  const seen = stepWith(steps, 'encrypt')?.evidence
  if (seen?.kind === 'plain') return seen.capabilities.auth.length > 0 || seen.capabilities.starttls
  return seen?.kind === 'encrypted' && seen.after.auth.length > 0
}

/** The From line is the evidence where the server complains of it. */
function withFromLine(read: Judged, fromLine: string | null | undefined): Judged {
  if (read.id !== 'deliver-from-header' || fromLine === undefined) return read
  const fine = fromLine !== null && parseAddress(fromLine).ok
  return {
    ...read,
    facts: { ...read.facts, oneAddress: fine ? 'yes' : undefined },
    evidence: [...read.evidence, fromLine === null ? 'the message has no From line' : `From: ${fromLine}`],
  }
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
