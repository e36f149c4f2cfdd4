import type {
  ConnectEvidence,
  DeliverEvidence,
  DomainEvidence,
  EncryptEvidence,
  Greeting,
  NoReply,
  ResolveEvidence,
  SignInEvidence,
} from '#shared/diagnosis/evidence.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { Reply } from '#shared/smtp/reply.ts'

export const STEP_TITLES: Readonly<Record<StepId, string>> = {
  resolve: 'Resolve',
  connect: 'Connect',
  encrypt: 'Encrypt',
  'sign-in': 'Sign in',
  deliver: 'Deliver',
  domain: 'Domain',
}

/** What a step that has ended saw, in one line and without judging it. */
export function describeStep(step: Step): string {
  switch (step.state) {
    case 'skipped':
      return SKIPPED[step.reason]
    case 'cancelled':
      return step.because === 'stopped' ? 'Stopped before an answer came' : 'No time was left'
    case 'done':
    case 'failed':
      return evidenceLine(step)
  }
}

const SKIPPED = {
  'earlier-step-failed': 'Not tested: an earlier stage failed',
  'not-asked': 'Not tested: there is no address to ask with',
  'no-sign-in': 'This account does not sign in',
  'not-available': 'Cannot be looked at from here',
} as const

function evidenceLine(step: Extract<Step, { state: 'done' | 'failed' }>): string {
  switch (step.id) {
    case 'resolve':
      return resolveLine(step.evidence)
    case 'connect':
      return connectLine(step.evidence)
    case 'encrypt':
      return encryptLine(step.evidence)
    case 'sign-in':
      return signInLine(step.evidence)
    case 'deliver':
      return deliverLine(step.evidence)
    case 'domain':
      return domainLine(step.evidence)
  }
}

function resolveLine(seen: ResolveEvidence): string {
  switch (seen.kind) {
    case 'resolved': {
      const more = seen.addresses.length - 1
      return `${seen.addresses[0]?.address ?? 'no address'}${more > 0 ? ` and ${more} more` : ''}`
    }
    case 'literal':
      return seen.via === 'proxy'
        ? 'The proxy looks the name up'
        : seen.via === 'socket'
          ? 'A socket on this machine'
          : `${seen.address?.address ?? seen.host}, no lookup needed`
    case 'not-found':
      return seen.code === 'NODATA' ? `${seen.host} has no address` : `${seen.host} does not exist`
    case 'resolver-failed':
      return `The name server answered ${seen.code}`
  }
}

const ATTEMPTS = {
  connected: 'connected',
  refused: 'refused the connection',
  'timed-out': 'did not answer',
  unreachable: 'cannot be reached',
  reset: 'cut the connection',
  'not-permitted': 'is not permitted by this machine',
  'proxy-failed': 'was not reached through the proxy',
  abandoned: 'was given up for a faster one',
  failed: 'failed',
} as const

function connectLine(seen: ConnectEvidence): string {
  if (seen.kind === 'failed') {
    const attempt = seen.attempts.findLast(tried => tried.outcome !== 'abandoned') ?? seen.attempts[0]
    return attempt
      ? `${attempt.address}${seen.port === 0 ? '' : ` port ${seen.port}`} ${ATTEMPTS[attempt.outcome]}`
      : `Port ${seen.port}: no address to try`
  }
  // A unix socket has no port.
  const where = seen.port === 0 ? seen.address : `${seen.address} port ${seen.port}`
  return seen.greeting === null || seen.greeting.kind === 'ready' ? where : `${where}: ${greetingLine(seen.greeting)}`
}

function greetingLine(greeting: Greeting): string {
  switch (greeting.kind) {
    case 'ready':
      return 'greeted'
    case 'rejected':
      return replyLine(greeting.reply)
    case 'silent':
      return 'connected, but no greeting came'
    case 'closed':
      return 'closed without a greeting'
    case 'not-smtp':
      return greeting.looksLike === 'unknown'
        ? 'not a mail server'
        : `speaks ${greeting.looksLike.toUpperCase()}, not SMTP`
  }
}

function encryptLine(seen: EncryptEvidence): string {
  switch (seen.kind) {
    case 'plain':
      return 'Not encrypted'
    case 'encrypted':
      return `${seen.tls.protocol ?? 'TLS'}, ${seen.tls.trusted ? 'certificate trusted' : 'certificate not trusted'}`
    case 'starttls-not-offered':
      return 'STARTTLS is not offered'
    case 'starttls-refused':
      return replyLine(seen.reply)
    case 'handshake-failed':
      return seen.fault.kind === 'plaintext-answer' ? 'The server answered without TLS' : seen.fault.message
    case 'untrusted':
      return `Certificate not trusted: ${seen.tls.reason ?? 'no reason given'}`
    case 'greeting-failed':
      return greetingLine(seen.greeting)
    case 'ehlo-refused':
      return replyLine(seen.reply)
    case 'no-reply':
      return noReplyLine(seen.command, seen.fault)
  }
}

function signInLine(seen: SignInEvidence): string {
  switch (seen.kind) {
    case 'accepted':
      return `Signed in with ${seen.mechanism.toUpperCase()}`
    case 'rejected':
      return replyLine(seen.reply)
    case 'not-offered':
      return 'The server offers no sign-in'
    case 'no-shared-mechanism':
      return `Offered: ${seen.offered.join(', ')}; wanted: ${seen.wanted}`
    case 'withheld':
      return seen.because === 'untrusted'
        ? 'Password kept back: server not proved'
        : 'Password kept back: not encrypted'
    case 'no-secret':
      return 'There is no password to sign in with'
    case 'server-not-proved':
      return 'The server did not prove that it knows the password'
    case 'no-reply':
      return noReplyLine('AUTH', seen.fault)
  }
}

function deliverLine(seen: DeliverEvidence): string {
  switch (seen.kind) {
    case 'envelope-accepted':
      return 'Sender and recipient accepted, no message sent'
    case 'sent':
      return `Sent to ${seen.recipients.flatMap(({ address, reply }) => (reply.code < 400 ? [address] : [])).join(', ')}`
    case 'mail-refused':
    case 'data-refused':
      return replyLine(seen.reply)
    case 'rcpt-refused': {
      const refused = seen.recipients.find(recipient => recipient.reply.code >= 400) ?? seen.recipients[0]
      return refused ? replyLine(refused.reply) : 'The recipient was refused'
    }
    case 'too-large':
      return `${seen.sizeBytes} bytes, the server takes ${seen.limitBytes}`
    case 'needs-smtputf8':
      return 'The address needs SMTPUTF8, which is not offered'
    case 'needs-requiretls':
      return 'TLS on the whole way cannot be asked for here'
    case 'too-many-recipients':
      return `${seen.recipients} recipients, the server takes ${seen.limit}`
    case 'no-reply':
      return noReplyLine(seen.command, seen.fault)
  }
}

function domainLine(seen: DomainEvidence): string {
  const words = { one: 'found', none: 'missing', several: 'several', unknown: 'unknown' }
  return `SPF ${words[seen.spf.state]}, DMARC ${seen.dmarc.policy ? `p=${seen.dmarc.policy}` : words[seen.dmarc.state]}`
}

function replyLine(reply: Reply): string {
  return `${reply.code} ${reply.text[0] ?? ''}`.trim()
}

const CAUSES = {
  closed: 'the connection was closed',
  reset: 'the connection was cut',
  'timed-out': 'no answer came in time',
  malformed: 'the answer is not SMTP',
  'too-long': 'the answer never ended',
} as const

function noReplyLine(command: string, fault: NoReply): string {
  return `After ${command}: ${CAUSES[fault.cause]}`
}
