import type { EncryptEvidence, Greeting } from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { assertNever } from '#shared/result.ts'
import { printReply } from '#shared/smtp/reply-text.ts'

export type Failure = { readonly code: string; readonly message: string }

/** In one line, why a look at a server ended where it did; null when it reached its end. */
export function failureOf(steps: readonly Step[]): Failure | null {
  const step = steps.find(({ state }) => state === 'failed' || state === 'cancelled')
  if (step === undefined) return null
  if (step.state === 'cancelled') {
    return step.because === 'stopped'
      ? { code: 'stopped', message: `stopped at the step ${step.id}` }
      : { code: 'timeout', message: `out of time at the step ${step.id}` }
  }
  if (step.state !== 'failed') return null
  switch (step.id) {
    case 'resolve':
      return step.evidence.kind === 'resolver-failed'
        ? {
            code: 'resolver-failed',
            message: `the name of ${step.evidence.host} could not be looked up (${step.evidence.code})`,
          }
        : { code: 'host-unknown', message: `there is no host ${step.evidence.host}` }
    case 'connect':
      if (step.evidence.kind === 'connected') return ofGreeting(step.evidence.greeting)
      return ofAttempts(step.evidence)
    case 'encrypt':
      return ofEncrypt(step.evidence)
    case 'sign-in':
    case 'deliver':
    case 'domain':
      return { code: step.evidence.kind, message: `the step ${step.id} failed` }
    default:
      return assertNever(step)
  }
}

function ofAttempts({ port, attempts }: { readonly port: number; readonly attempts: readonly Attempt[] }): Failure {
  const tried = attempts.map(
    ({ address, outcome, code }) => `${address} ${outcome}${code === null ? '' : ` (${code})`}`,
  )
  const code = attempts.at(-1)?.outcome ?? 'failed'
  return { code, message: `no connection to port ${port}: ${tried.join(', ') || 'no address to try'}` }
}

type Attempt = { readonly address: string; readonly outcome: string; readonly code: string | null }

function ofGreeting(greeting: Greeting | null): Failure {
  switch (greeting?.kind) {
    case 'rejected':
      return { code: 'greeting-rejected', message: `the server greets with a refusal: ${printReply(greeting.reply)}` }
    case 'silent':
      return { code: 'greeting-timeout', message: `the server said nothing within ${Math.round(greeting.waitedMs)} ms` }
    case 'closed':
      return { code: 'greeting-closed', message: 'the server closed the connection before it said anything' }
    case 'not-smtp':
      return {
        code: 'not-smtp',
        message:
          greeting.looksLike === 'unknown'
            ? `this is no SMTP server: it says ${greeting.preview}`
            : `this is no SMTP server but speaks ${greeting.looksLike.toUpperCase()}`,
      }
    case 'ready':
    case undefined:
      return { code: 'failed', message: 'the connection failed' }
    default:
      return assertNever(greeting)
  }
}

function ofEncrypt(seen: EncryptEvidence): Failure {
  switch (seen.kind) {
    case 'starttls-not-offered':
      return { code: 'starttls-not-offered', message: 'the server does not offer STARTTLS' }
    case 'starttls-refused':
      return { code: 'starttls-refused', message: `the server refuses STARTTLS: ${printReply(seen.reply)}` }
    case 'handshake-failed':
      return {
        code: 'handshake-failed',
        message:
          seen.fault.kind === 'plaintext-answer'
            ? 'the server answers in plain text: the port does not begin with TLS'
            : `the TLS handshake failed: ${seen.fault.message}`,
      }
    case 'untrusted':
      return { code: 'certificate-untrusted', message: seen.tls.reason ?? 'the certificate is not trusted' }
    case 'greeting-failed':
      return ofGreeting(seen.greeting)
    case 'ehlo-refused':
      return { code: 'ehlo-refused', message: `the server refuses EHLO ${seen.ehloName}: ${printReply(seen.reply)}` }
    case 'no-reply':
      return {
        code: `reply-${seen.fault.cause}`,
        message: `no reply to ${seen.command}: ${seen.fault.detail ?? seen.fault.cause}`,
      }
    case 'plain':
    case 'encrypted':
      return { code: 'failed', message: 'the encryption failed' }
    default:
      return assertNever(seen)
  }
}
