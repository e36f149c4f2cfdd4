import type {
  ConnectEvidence,
  DeliverEvidence,
  EncryptEvidence,
  Greeting,
  NoReply,
  ResolveEvidence,
  SignInEvidence,
} from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { assertNever } from '#shared/result.ts'

const OK = 0
const NO_HOST = 68
const UNAVAILABLE = 69
const TEMPORARY = 75
const PROTOCOL = 76
const NO_PERMISSION = 77
const CONFIGURATION = 78

/** The exit code for how a path ended, after the first step that did not work (CLI rules: "which exit"). */
export function exitOfSteps(steps: readonly Step[]): number {
  for (const step of steps) {
    // The domain's DNS is advice: mail can leave while it is wrong.
    if (step.id === 'domain') continue
    if (step.state === 'cancelled') return step.because === 'out-of-time' ? TEMPORARY : 130
    if (step.state === 'failed') return exitOfFailure(step)
  }
  return OK
}

function exitOfFailure(step: Extract<Step, { state: 'failed' }>): number {
  switch (step.id) {
    case 'resolve':
      return exitOfResolve(step.evidence)
    case 'connect':
      return exitOfConnect(step.evidence)
    case 'encrypt':
      return exitOfEncrypt(step.evidence)
    case 'sign-in':
      return exitOfSignIn(step.evidence)
    case 'deliver':
      return exitOfDeliver(step.evidence)
    case 'domain':
      return OK
    default:
      return assertNever(step)
  }
}

function exitOfResolve(seen: ResolveEvidence): number {
  return seen.kind === 'resolver-failed' ? TEMPORARY : NO_HOST
}

function exitOfConnect(seen: ConnectEvidence): number {
  if (seen.kind === 'connected') return seen.greeting === null ? PROTOCOL : exitOfGreeting(seen.greeting)
  return seen.attempts.length > 0 &&
    seen.attempts.every(({ outcome }) => outcome === 'timed-out' || outcome === 'abandoned')
    ? TEMPORARY
    : UNAVAILABLE
}

function exitOfGreeting(greeting: Greeting): number {
  switch (greeting.kind) {
    case 'ready':
      return OK
    case 'rejected':
      return exitOfCode(greeting.reply.code, UNAVAILABLE)
    case 'silent':
      return TEMPORARY
    case 'closed':
      return UNAVAILABLE
    case 'not-smtp':
      return PROTOCOL
    default:
      return assertNever(greeting)
  }
}

function exitOfEncrypt(seen: EncryptEvidence): number {
  switch (seen.kind) {
    case 'plain':
    case 'encrypted':
      return OK
    case 'starttls-not-offered':
    case 'untrusted':
      return UNAVAILABLE
    case 'starttls-refused':
      return exitOfCode(seen.reply.code, PROTOCOL)
    case 'handshake-failed':
      return seen.fault.kind === 'timed-out' ? TEMPORARY : seen.fault.kind === 'local-file' ? CONFIGURATION : PROTOCOL
    case 'greeting-failed':
      return exitOfGreeting(seen.greeting)
    case 'ehlo-refused':
      return exitOfCode(seen.reply.code, PROTOCOL)
    case 'no-reply':
      return exitOfSilence(seen.fault)
    default:
      return assertNever(seen)
  }
}

function exitOfSignIn(seen: SignInEvidence): number {
  switch (seen.kind) {
    case 'accepted':
      return OK
    case 'rejected':
      return exitOfCode(seen.reply.code, NO_PERMISSION)
    case 'not-offered':
    case 'no-shared-mechanism':
      return UNAVAILABLE
    case 'withheld':
    case 'server-not-proved':
      return NO_PERMISSION
    case 'no-secret':
      return CONFIGURATION
    case 'no-reply':
      return exitOfSilence(seen.fault)
    default:
      return assertNever(seen)
  }
}

function exitOfDeliver(seen: DeliverEvidence): number {
  switch (seen.kind) {
    case 'envelope-accepted':
    case 'sent':
      return OK
    case 'mail-refused':
    case 'data-refused':
      return exitOfCode(seen.reply.code, NO_PERMISSION)
    case 'rcpt-refused':
      return exitOfCode(seen.recipients.find(({ reply }) => reply.code >= 400)?.reply.code ?? 550, NO_PERMISSION)
    case 'too-large':
    case 'needs-smtputf8':
    case 'needs-requiretls':
    case 'too-many-recipients':
      return UNAVAILABLE
    case 'no-reply':
      return exitOfSilence(seen.fault)
    default:
      return assertNever(seen)
  }
}

/** 4xx is a temporary failure wherever it comes. */
function exitOfCode(code: number, permanent: number): number {
  if (code >= 400 && code < 500) return TEMPORARY
  return code >= 500 && code < 600 ? permanent : PROTOCOL
}

function exitOfSilence(fault: NoReply): number {
  switch (fault.cause) {
    case 'closed':
    case 'reset':
      return UNAVAILABLE
    case 'timed-out':
      return TEMPORARY
    case 'malformed':
    case 'too-long':
      return PROTOCOL
    default:
      return assertNever(fault.cause)
  }
}
