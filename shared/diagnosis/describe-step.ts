import type {
  ConnectAttempt,
  ConnectEvidence,
  DeliverEvidence,
  DomainEvidence,
  EncryptEvidence,
  Greeting,
  NoReply,
  ResolveEvidence,
  SignInEvidence,
} from '#shared/diagnosis/evidence.ts'
import type { SkipReason, Step, StepId } from '#shared/diagnosis/step.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { assertNever } from '#shared/result.ts'
import type { Reply } from '#shared/smtp/reply.ts'

export const STEP_TITLES: Readonly<Record<StepId, string>> = {
  resolve: 'Resolve',
  connect: 'Connect',
  encrypt: 'Encrypt',
  'sign-in': 'Sign in',
  deliver: 'Deliver',
  domain: 'Domain',
}

/** One line of result for a step that has ended: what was seen, without judging it. */
export function describeStep(step: Step): string {
  if (step.state === 'skipped') return describeSkip(step.reason)
  if (step.state === 'cancelled' && step.evidence === null)
    return step.because === 'stopped' ? 'stopped' : 'ran out of time'
  switch (step.id) {
    case 'resolve':
      return step.evidence === null ? '' : describeResolve(step.evidence)
    case 'connect':
      return step.evidence === null ? '' : describeConnect(step.evidence)
    case 'encrypt':
      return step.evidence === null ? '' : describeEncrypt(step.evidence)
    case 'sign-in':
      return step.evidence === null ? '' : describeSignIn(step.evidence)
    case 'deliver':
      return step.evidence === null ? '' : describeDeliver(step.evidence)
    case 'domain':
      return step.evidence === null ? '' : describeDomain(step.evidence)
    default:
      return assertNever(step)
  }
}

function describeSkip(reason: SkipReason): string {
  switch (reason) {
    case 'earlier-step-failed':
      return 'not tested: an earlier step failed'
    case 'not-asked':
      return 'not tested: not asked for'
    case 'no-sign-in':
      return 'not tested: this account does not sign in'
    case 'not-available':
      return 'not tested: cannot be looked at from here'
    default:
      return assertNever(reason)
  }
}

function describeResolve(seen: ResolveEvidence): string {
  switch (seen.kind) {
    case 'resolved':
      return `${seen.host} is ${seen.addresses.map(({ address }) => address).join(', ')}`
    case 'literal':
      return seen.via === 'proxy'
        ? 'the proxy looks the name up'
        : seen.via === 'socket'
          ? 'a local socket'
          : `${seen.host} is an address already`
    case 'not-found':
      return seen.code === 'NODATA' ? `${seen.host} has no address` : `${seen.host} does not exist`
    case 'resolver-failed':
      return `the resolver did not answer for ${seen.host} (${seen.code})`
    default:
      return assertNever(seen)
  }
}

const OUTCOMES: Readonly<Record<ConnectAttempt['outcome'], string>> = {
  connected: 'connected',
  refused: 'refused',
  'timed-out': 'no answer',
  unreachable: 'no route',
  reset: 'reset',
  'not-permitted': 'not permitted on this machine',
  'proxy-failed': 'the proxy failed',
  abandoned: 'given up: another address was faster',
  failed: 'failed',
}

function describeConnect(seen: ConnectEvidence): string {
  switch (seen.kind) {
    case 'connected':
      if (seen.greeting === null || seen.greeting.kind === 'ready')
        return `connected to ${withPort(seen.address, seen.port)}`
      return `connected to ${withPort(seen.address, seen.port)}; ${describeGreeting(seen.greeting)}`
    case 'failed':
      return (
        seen.attempts
          .map(attempt => `${withPort(attempt.address, attempt.port)}: ${OUTCOMES[attempt.outcome]}`)
          .join('; ') || 'no address to connect to'
      )
    default:
      return assertNever(seen)
  }
}

function describeGreeting(greeting: Greeting): string {
  switch (greeting.kind) {
    case 'ready':
      return `greeted in ${Math.round(greeting.ms)} ms`
    case 'rejected':
      return `turned away: ${firstLine(greeting.reply)}`
    case 'silent':
      return `no greeting within ${Math.round(greeting.waitedMs / 100) / 10} s`
    case 'closed':
      return greeting.reset ? 'reset before a greeting' : 'closed before a greeting'
    case 'not-smtp':
      return greeting.looksLike === 'unknown'
        ? 'the answer is not SMTP'
        : `the answer is ${greeting.looksLike.toUpperCase()}, not SMTP`
    default:
      return assertNever(greeting)
  }
}

function describeEncrypt(seen: EncryptEvidence): string {
  switch (seen.kind) {
    case 'plain':
      return 'not encrypted, as the account says'
    case 'encrypted':
      return `${tlsName(seen.tls)}${seen.tls.trusted ? ', certificate trusted' : `, certificate not trusted: ${seen.tls.reason ?? 'unknown reason'}`}`
    case 'starttls-not-offered':
      return 'the server offers no STARTTLS'
    case 'starttls-refused':
      return `STARTTLS refused: ${firstLine(seen.reply)}`
    case 'handshake-failed':
      return `TLS handshake failed: ${seen.fault.message}`
    case 'untrusted':
      return `certificate not trusted: ${seen.tls.reason ?? 'unknown reason'}`
    case 'greeting-failed':
      return `${tlsName(seen.tls)}; ${describeGreeting(seen.greeting)}`
    case 'ehlo-refused':
      return `EHLO ${seen.ehloName} refused: ${firstLine(seen.reply)}`
    case 'no-reply':
      return `no answer to ${seen.command}: ${describeNoReply(seen.fault)}`
    default:
      return assertNever(seen)
  }
}

function describeSignIn(seen: SignInEvidence): string {
  switch (seen.kind) {
    case 'accepted':
      return `signed in with ${seen.mechanism}`
    case 'rejected':
      return `${seen.mechanism} refused: ${firstLine(seen.reply)}`
    case 'not-offered':
      return 'the server offers no sign-in'
    case 'no-shared-mechanism':
      return `the server offers ${seen.offered.join(' ') || 'nothing'}, the account wants ${seen.wanted}`
    case 'withheld':
      return seen.because === 'not-encrypted'
        ? 'password not sent: the connection is not encrypted'
        : 'password not sent: the server is not proved to be the right one'
    case 'no-secret':
      return seen.because === 'keyring-unavailable'
        ? 'the key ring cannot be opened'
        : 'there is no password to sign in with'
    case 'server-not-proved':
      return `${seen.mechanism}: the server did not prove that it knows the password`
    case 'no-reply':
      return `no answer to the sign-in: ${describeNoReply(seen.fault)}`
    default:
      return assertNever(seen)
  }
}

function describeDeliver(seen: DeliverEvidence): string {
  switch (seen.kind) {
    case 'envelope-accepted':
      return `would be taken for ${seen.recipients.map(({ address }) => address).join(', ')}; no message was sent`
    case 'sent':
      return `sent to ${seen.recipients.map(({ address }) => address).join(', ')}: ${firstLine(seen.reply)}`
    case 'mail-refused':
      return `sender ${seen.mailFrom || '<>'} refused: ${firstLine(seen.reply)}`
    case 'rcpt-refused': {
      const refused = seen.recipients.find(({ reply }) => reply.code >= 400)
      return refused ? `recipient ${refused.address} refused: ${firstLine(refused.reply)}` : 'recipient refused'
    }
    case 'data-refused':
      return `message refused: ${firstLine(seen.reply)}`
    case 'too-large':
      return `the message has ${seen.sizeBytes} bytes, the server takes ${seen.limitBytes}`
    case 'needs-smtputf8':
      return `${seen.address} needs SMTPUTF8, which the server does not offer`
    case 'no-reply':
      return `no answer to ${seen.command}: ${describeNoReply(seen.fault)}`
    default:
      return assertNever(seen)
  }
}

function describeDomain(seen: DomainEvidence): string {
  const spf = { one: 'SPF', none: 'no SPF', several: 'several SPF records', unknown: 'SPF unknown' }[seen.spf.state]
  const dmarc = {
    one: `DMARC ${seen.dmarc.policy ?? 'without policy'}`,
    none: 'no DMARC',
    several: 'several DMARC records',
    unknown: 'DMARC unknown',
  }[seen.dmarc.state]
  return `${seen.domain}: ${spf}, ${dmarc}`
}

function describeNoReply(fault: NoReply): string {
  switch (fault.cause) {
    case 'closed':
      return 'the server closed the connection'
    case 'reset':
      return 'the connection was reset'
    case 'timed-out':
      return 'out of time'
    case 'malformed':
      return 'the answer is no SMTP reply'
    case 'too-long':
      return 'the answer is longer than any SMTP reply'
    default:
      return assertNever(fault.cause)
  }
}

function tlsName(tls: TlsFacts): string {
  return [tls.protocol, tls.cipher].filter(part => part !== null).join(' ')
}

function withPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function firstLine(reply: Reply): string {
  return `${reply.code} ${reply.text[0] ?? ''}`.trimEnd()
}
