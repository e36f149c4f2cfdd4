import { portOf } from '#shared/account/port-of.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judged, type Facts, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { judgeReply, linesOf } from '#shared/finding/rules/by-reply.ts'
import { judgeScramError } from '#shared/finding/rules/scram-error.ts'
import { assertNever } from '#shared/result.ts'
import type { Reply } from '#shared/smtp/reply.ts'

const NO_SECRET: Readonly<Record<Extract<SignInEvidence, { kind: 'no-secret' }>['because'], string>> = {
  'none-stored': 'none is stored',
  'keyring-unavailable': 'the key ring cannot be opened',
  'not-asked': 'nobody was there to type it',
  'command-not-run': 'it comes from a command, and this program runs no commands',
}

export function judgeSignIn(seen: SignInEvidence, context: JudgeContext): readonly Judged[] {
  const { account } = context
  const facts: Facts = { port: portOf(account), user: account.user ?? undefined, provider: context.provider?.name }
  switch (seen.kind) {
    case 'accepted':
      return judgeAccepted(seen.mechanism, context)
    case 'rejected':
      return [judgeRejected(seen, facts, context)]
    case 'not-offered':
      // RFC 4954 section 4: a server may offer AUTH only once TLS is active.
      if (!seen.encrypted && (seen.starttlsOffered || account.security === 'none')) {
        const sure = seen.starttlsOffered ? 0.95 : 0.6
        return [
          judged('sign-in-needs-encryption', {
            facts,
            evidence: offerOf(context),
            confidence: sure,
            class: seen.starttlsOffered ? 'starttls-required' : 'auth-not-offered',
          }),
        ]
      }
      return [judged('sign-in-not-offered', { facts, evidence: offerOf(context) })]
    case 'no-shared-mechanism':
      return [judgeNoShared(seen, facts)]
    case 'withheld':
      return [
        judged(seen.because === 'untrusted' ? 'sign-in-certificate-not-trusted' : 'sign-in-needs-encryption', {
          facts: { ...facts, mechanism: seen.mechanism },
          evidence: [`AUTH ${seen.mechanism.toUpperCase()} was not sent`],
        }),
      ]
    case 'no-secret':
      return [
        judged('sign-in-no-secret', {
          facts: { ...facts, because: NO_SECRET[seen.because] },
          evidence: ['AUTH was not sent'],
        }),
      ]
    case 'server-not-proved':
      return [
        judged('sign-in-server-not-proved', {
          facts: { ...facts, mechanism: seen.mechanism.toUpperCase() },
          evidence: [`AUTH ${seen.mechanism.toUpperCase()}: the server's proof does not fit the password`],
        }),
      ]
    case 'no-reply':
      return [
        judged('sign-in-no-reply', {
          facts: { ...facts, mechanism: seen.mechanism.toUpperCase() },
          evidence: [`AUTH ${seen.mechanism.toUpperCase()}: ${seen.fault.cause}`],
          confidence: 0.75,
        }),
      ]
    default:
      return assertNever(seen)
  }
}

/** Those that need a token or a certificate, so that no choice by itself takes them. */
const CHOSEN_ONLY = ['XOAUTH2', 'OAUTHBEARER', 'EXTERNAL']

/** Offered, and still not to be had: by what it is of, in the words of a finding. */
const NOT_SPOKEN: readonly (readonly [mechanism: RegExp, because: string])[] = [
  [
    /^(?:GSSAPI|GS2-KRB5|GSS-SPNEGO)/,
    'it takes a Kerberos ticket of this machine, which this program does not use. msmtp does, where it was built with it (auth gssapi)',
  ],
  [/-PLUS$/, 'it binds the sign-in to an encrypted connection, and this one gives nothing to bind to'],
]

function judgeNoShared({ wanted, offered }: NoShared, facts: Facts): Judged {
  const names = offered.join(', ')
  const more = { ...facts, wanted: wanted.toUpperCase(), offered: names === '' ? undefined : names }
  const evidence = [`AUTH ${offered.join(' ')}`]
  const asked = wanted === 'AUTO' ? offered : offered.filter(name => name === wanted)
  const reasons = asked.map(name => NOT_SPOKEN.find(([mechanism]) => mechanism.test(name))?.[1])
  if (asked.length > 0 && reasons.every(reason => reason !== undefined)) {
    return judged('sign-in-not-spoken', {
      facts: { ...more, unspoken: asked.join(', '), because: reasons[0] },
      evidence,
    })
  }
  const choosable = wanted === 'AUTO' && offered.some(name => CHOSEN_ONLY.includes(name))
  return judged(choosable ? 'sign-in-must-be-chosen' : 'sign-in-mechanism-unsupported', { facts: more, evidence })
}

type NoShared = Extract<SignInEvidence, { kind: 'no-shared-mechanism' }>

/** Mechanisms that send the password itself (RFC 4616, and LOGIN) or a bearer token, which is as good. */
const READABLE = ['plain', 'login', 'xoauth2', 'oauthbearer']

function judgeAccepted(mechanism: string, { steps }: JudgeContext): readonly Judged[] {
  const encrypted = stepWith(steps, 'encrypt')?.evidence?.kind === 'encrypted'
  if (encrypted || !READABLE.includes(mechanism.toLowerCase())) return []
  const name = mechanism.toUpperCase()
  return [judged('sign-in-plaintext', { facts: { mechanism: name }, evidence: [`AUTH ${name} without TLS`] })]
}

function judgeRejected(
  { mechanism, reply, challenge = null }: Extract<SignInEvidence, { kind: 'rejected' }>,
  facts: Facts,
  context: JudgeContext,
): Judged {
  const bound = judgeScramError(mechanism, challenge, facts)
  if (bound !== null) return bound
  const read = judgeReply(
    {
      step: 'sign-in',
      stage: 'auth',
      reply,
      facts: { ...facts, wanted: mechanism.toUpperCase(), offered: othersOffered(mechanism, context) },
      otherwise: 'sign-in-not-accepted',
      otherwiseTemporary: 'sign-in-temporary',
    },
    context,
  )
  const token = /^(?:xoauth2|oauthbearer)$/i.test(mechanism)
  if (read.class === 'auth-basic-disabled-by-tenant') return judgeDisabled(read, context)
  if (read.class !== 'auth-bad-credentials' && read.class !== 'auth-app-password-needed') return read
  if (token) return judgeToken(reply, challenge, facts)
  return judgeByProvider(read, context)
}

/**
 * RFC 7628 section 3.2.2 and RFC 6750 section 3.1: the reason stands in the challenge. `insufficient_scope` is another
 * permission that is wanted; `invalid_token`, or 401, is a token that is expired, revoked or not one at all.
 */
function judgeToken(reply: Reply, challenge: string | null, facts: Facts): Judged {
  const evidence = [...linesOf(reply), ...(challenge === null ? [] : [challenge])]
  const expired = challenge !== null && /invalid_token|"status" ?: ?"401"/.test(challenge)
  const id = expired ? 'sign-in-token-expired' : 'sign-in-token-not-permitted'
  return judged(id, { facts, evidence, confidence: expired ? 0.8 : 0.6 })
}

/** The same "wrong password" means different things with different providers. */
function judgeByProvider(read: Judged, { provider, steps }: JudgeContext): Judged {
  if (!provider) return read
  const again = (id: FindingId, confidence: number, more: Facts = {}): Judged =>
    judged(id, { facts: { ...read.facts, ...more }, evidence: read.evidence, confidence })
  const ended = provider.passwordsEnded
  if (ended && (ended.date === null || ended.date <= (stepWith(steps, 'sign-in')?.startedAt ?? ''))) {
    return again('sign-in-basic-auth-retired', 0.85, { date: ended.date ?? undefined })
  }
  if (read.class === 'auth-app-password-needed') return again('sign-in-needs-app-password', read.confidence)
  if (provider.appPasswordsOnly) return again('sign-in-needs-app-password', 0.85)
  if (provider.secretName !== null)
    return again('sign-in-wrong-kind-of-secret', 0.7, { secretName: provider.secretName })
  return read
}

function judgeDisabled(read: Judged, { provider }: JudgeContext): Judged {
  // Exchange Online says which of its switches it was: the organisation's for SMTP, or the end of passwords altogether.
  if (!read.evidence.some(line => /basic authentication/i.test(line))) return read
  const date = provider?.passwordsEnded?.date ?? undefined
  const facts = date === undefined ? { ...read.facts, provider: undefined } : { ...read.facts, date }
  return judged('sign-in-basic-auth-retired', { facts, evidence: read.evidence, confidence: read.confidence })
}

/** What else the server offers beside the mechanism that it refused. */
function othersOffered(mechanism: string, { steps }: JudgeContext): string | undefined {
  const seen = stepWith(steps, 'encrypt')?.evidence
  const offered = seen?.kind === 'plain' ? seen.capabilities.auth : seen?.kind === 'encrypted' ? seen.after.auth : []
  const others = offered.filter(name => name.toLowerCase() !== mechanism.toLowerCase())
  return others.length === 0 ? undefined : others.join(', ')
}

function offerOf({ steps }: JudgeContext): readonly string[] {
  const seen = stepWith(steps, 'encrypt')?.evidence
  const lines = seen?.kind === 'plain' ? seen.capabilities.lines : seen?.kind === 'encrypted' ? seen.after.lines : []
  // After HELO alone there are no lines that could name it.
  return lines.length === 0 ? ['AUTH is not offered'] : lines
}
