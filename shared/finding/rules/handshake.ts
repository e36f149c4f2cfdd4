import { portOf } from '#shared/account/port-of.ts'
import { describeTlsLimits } from '#shared/account/tls-limits.ts'
import { versionOfProtocol } from '#shared/account/tls-version.ts'
import type { EncryptEvidence } from '#shared/diagnosis/evidence.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { assertNever } from '#shared/result.ts'

type Failed = Extract<EncryptEvidence, { kind: 'handshake-failed' }>

const BEGIN_IN_PLAIN_TEXT: readonly number[] = [25, 587, 2525]

/** Why TLS did not come about: what was asked for, what the server is, or something between. */
export function judgeHandshake(seen: Failed, context: JudgeContext): Judged {
  const { fault, mode } = seen
  const limited = judgeLimits(seen)
  if (limited !== null) return limited
  const facts = { port: portOf(context.account), message: fault.message, host: context.account.host }
  const evidence = [fault.code === null ? fault.message : `${fault.message} (${fault.code})`]
  switch (fault.kind) {
    case 'plaintext-answer': {
      const looksLike = otherProtocol(fault.message)
      if (mode === 'tls' && looksLike) return judged('encrypt-not-smtp', { facts: { ...facts, looksLike }, evidence })
      return judged(mode === 'tls' ? 'encrypt-tls-on-starttls-port' : 'encrypt-starttls-broken', { facts, evidence })
    }
    case 'protocol-version':
      return judged('encrypt-protocol-too-old', { facts, evidence })
    case 'no-shared-cipher':
      return judged('encrypt-no-shared-cipher', { facts, evidence })
    case 'weak-key':
      return judged('encrypt-weak-key', { facts, evidence })
    case 'client-certificate':
      return judged('encrypt-client-certificate', { facts, evidence })
    case 'local-file':
      return judged('encrypt-local-file', { facts, evidence })
    case 'closed':
    case 'reset':
      if (mode === 'starttls') return judged('encrypt-starttls-broken', { facts, evidence, confidence: 0.8 })
      // On a port that begins in plain text, servers hang up on a ClientHello that they take for nonsense.
      if (BEGIN_IN_PLAIN_TEXT.includes(facts.port))
        return judged('encrypt-tls-on-starttls-port', { facts, evidence, confidence: 0.75 })
      return judged('encrypt-handshake-closed', { facts, evidence, confidence: 0.6 })
    case 'timed-out':
      if (mode === 'tls' && BEGIN_IN_PLAIN_TEXT.includes(facts.port)) {
        return judged('encrypt-tls-on-starttls-port', { facts, evidence, confidence: 0.7 })
      }
      if (mode === 'starttls') return judged('encrypt-large-packets-lost', { facts, evidence, confidence: 0.65 })
      return judged('encrypt-handshake-silent', { facts, evidence, confidence: 0.7 })
    case 'alert':
    case 'other':
      return judged('encrypt-handshake-failed', { facts, evidence, confidence: 0.6 })
    default:
      return assertNever(fault.kind)
  }
}

/** A handshake that failed by its limits alone, as the same server has proved by one without them; null for all others. */
function judgeLimits({ fault, limits, withoutLimits }: Failed): Judged | null {
  const version = versionOfProtocol(withoutLimits?.protocol ?? null)
  if (limits === undefined || !withoutLimits || version === null) return null
  const spoken = `TLS ${version}`
  const evidence = [
    `asked for ${describeTlsLimits(limits)}: ${fault.message}`,
    `without limits: ${withoutLimits.protocol} ${withoutLimits.cipher}`,
  ]
  const facts = { spoken, wanted: `TLS ${limits.min}`, version }
  if (version < limits.min) return judged('encrypt-below-floor', { facts, evidence })
  if (version > limits.max) {
    const wanted = describeTlsLimits({ ...limits, ciphers: null })
    return judged('encrypt-above-ceiling', { facts: { ...facts, wanted }, evidence })
  }
  if (limits.ciphers === null) return null
  const { cipher } = withoutLimits
  return judged('encrypt-ciphers-excluded', { facts: { ...facts, ciphers: limits.ciphers, cipher }, evidence })
}

/** First words, as the engine quotes them, of the services that are found where a mail server was expected. */
const FIRST_WORDS: readonly (readonly [words: RegExp, protocol: string])[] = [
  [/: SSH-/, 'SSH (remote shell)'],
  [/: \* (?:OK|BYE|PREAUTH)/, 'IMAP (reading mail)'],
  [/: \+OK/, 'POP3 (fetching mail)'],
  [/: HTTP\//, 'HTTP (web)'],
]

function otherProtocol(message: string): string | undefined {
  return FIRST_WORDS.find(([words]) => words.test(message))?.[1]
}
