import { portOf } from '#shared/account/port-of.ts'
import type { EncryptEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { judgeReply } from '#shared/finding/rules/by-reply.ts'
import { judgeCertificate, judgeExpiry } from '#shared/finding/rules/certificate.ts'
import { judgeGreeting } from '#shared/finding/rules/greeting.ts'
import { judgeHandshake } from '#shared/finding/rules/handshake.ts'
import { judgeAside } from '#shared/finding/rules/certificate-aside.ts'
import { assertNever } from '#shared/result.ts'

export function judgeEncrypt(seen: EncryptEvidence, context: JudgeContext): readonly Judged[] {
  const facts = { port: portOf(context.account) }
  switch (seen.kind) {
    case 'plain':
      return [
        ...judgeHelo(seen.heloOnly, context),
        ...(seen.capabilities.starttls ? [judgePlain(seen.capabilities.lines, context)] : []),
      ]
    case 'encrypted':
      return judgeEncrypted(seen, context)
    case 'starttls-not-offered':
      return [
        // Only the answer to EHLO has lines that name extensions (RFC 5321 section 4.1.1.1); after HELO there are none.
        ...judgeHelo(seen.capabilities.lines.length === 0, context),
        judged(seen.mangled ? 'encrypt-starttls-stripped' : 'encrypt-starttls-not-offered', {
          facts,
          evidence: seen.capabilities.lines,
          confidence: seen.mangled ? 0.85 : 0.95,
        }),
      ]
    case 'starttls-refused':
      return [judgeStarttlsReply(seen, context)]
    case 'handshake-failed':
      return [judgeHandshake(seen, context)]
    case 'untrusted':
      return [
        judgeCertificate(seen.tls, 'error', startOf(context), context),
        ...judgeAside(seen.tls, startOf(context), context),
      ]
    case 'greeting-failed':
      return judgeGreeting(seen.greeting, 'encrypt', context)
    case 'ehlo-refused':
      return [judgeEhloReply(seen, context)]
    case 'no-reply':
      return [
        judged('encrypt-no-reply', {
          facts: { command: seen.command },
          evidence: [
            `${seen.command}: ${seen.fault.cause}${seen.fault.detail === null ? '' : ` (${seen.fault.detail})`}`,
          ],
          confidence: 0.8,
        }),
      ]
    default:
      return assertNever(seen)
  }
}

/** On the machine itself nobody is on the way, so it is only a remark there. */
function judgePlain(lines: readonly string[], { account }: JudgeContext): Judged {
  const severity = isLoopback(account.host) ? 'info' : 'warning'
  return judged('encrypt-not-used', { facts: { port: portOf(account) }, evidence: lines, severity })
}

function judgeEncrypted(
  seen: Extract<EncryptEvidence, { kind: 'encrypted' }>,
  context: JudgeContext,
): readonly Judged[] {
  const { tls, greeting, injectedOctets } = seen
  const atMs = startOf(context)
  // A look goes on behind it, too; a client with these settings would not.
  const severity = context.account.verifyCertificate ? 'error' : 'warning'
  return [
    ...(tls.trusted ? judgeExpiry(tls, atMs) : [judgeCertificate(tls, severity, atMs, context)]),
    ...judgeAside(tls, atMs, context),
    ...(greeting ? judgeGreeting(greeting, 'encrypt', context) : []),
    ...(tls.protocol !== null && /^(?:SSL|TLSv1(?:\.1)?$)/.test(tls.protocol)
      ? [
          judged('encrypt-old-protocol', {
            facts: { protocol: tls.protocol },
            evidence: [`negotiated ${tls.protocol}`],
          }),
        ]
      : []),
    ...(injectedOctets > 0
      ? [
          judged('encrypt-injected-octets', {
            facts: { octets: injectedOctets },
            evidence: [`${injectedOctets} octets before TLS`],
          }),
        ]
      : []),
    ...judgeHelo(seen.heloOnly, context),
  ]
}

/** An error where the settings ask for what HELO cannot give: then it is why STARTTLS or sign-in is missing. */
function judgeHelo(heloOnly: boolean, { account }: JudgeContext): readonly Judged[] {
  if (!heloOnly) return []
  const evidence = ['EHLO refused, HELO accepted']
  if (account.security === 'starttls') {
    return [judged('encrypt-helo-only', { evidence, severity: 'error', class: 'starttls-not-offered' })]
  }
  const signsIn = account.auth !== 'none' && account.user !== null
  return [judged('encrypt-helo-only', { evidence, ...(signsIn && { severity: 'error', class: 'auth-not-offered' }) })]
}

// RFC 3207 section 4: 454 is "TLS not available due to temporary reason", 501 "no parameters allowed".
function judgeStarttlsReply(
  { reply, capabilities }: Extract<EncryptEvidence, { kind: 'starttls-refused' }>,
  context: JudgeContext,
): Judged {
  const base = { step: 'encrypt', stage: 'starttls', reply, otherwise: 'encrypt-starttls-refused' } as const
  const read = judgeReply({ ...base, otherwiseTemporary: 'encrypt-starttls-refused' }, context)
  // It was offered, or STARTTLS would not have been asked for.
  const offered = capabilities.starttls && read.class === 'starttls-not-offered'
  const general = offered || read.class === 'server-temporary-error' || read.class === 'unknown'
  return general ? judged('encrypt-starttls-refused', { evidence: read.evidence }) : read
}

function judgeEhloReply(
  { reply, ehloName }: Extract<EncryptEvidence, { kind: 'ehlo-refused' }>,
  context: JudgeContext,
): Judged {
  return judgeReply(
    {
      step: 'encrypt',
      stage: 'ehlo',
      reply,
      facts: { ehlo: ehloName },
      otherwise: 'encrypt-ehlo-refused',
      otherwiseTemporary: 'encrypt-ehlo-refused',
    },
    context,
  )
}

/** When the step ran: certificates are judged as of then, so that an old report reads the same for ever. */
function startOf({ steps }: JudgeContext): number {
  return Date.parse(stepWith(steps, 'encrypt')?.startedAt ?? '')
}
