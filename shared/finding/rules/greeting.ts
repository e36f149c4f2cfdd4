import { portOf } from '#shared/account/port-of.ts'
import type { Greeting } from '#shared/diagnosis/evidence.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { judgeReply } from '#shared/finding/rules/by-reply.ts'
import { assertNever } from '#shared/result.ts'

/** Ports on which TLS begins at once, as registered (RFC 8314 section 7.3) and as providers offer besides. */
const IMPLICIT_PORTS = [465, 2465, 8465]

/** Most servers greet within a second. Whoever waits longer than this at every message notices it, and impatient programs give up. */
const SLOW_MS = 3000

const PROTOCOLS: Readonly<Record<string, string>> = {
  http: 'HTTP (web)',
  ssh: 'SSH (remote shell)',
  imap: 'IMAP (reading mail)',
  pop3: 'POP3 (fetching mail)',
  ftp: 'FTP (files)',
}

/** The server's first words, in plain text (`connect`) or behind implicit TLS (`encrypt`). */
export function judgeGreeting(
  greeting: Greeting,
  step: 'connect' | 'encrypt',
  context: JudgeContext,
): readonly Judged[] {
  const port = portOf(context.account)
  const id = (name: 'silent' | 'slow' | 'refused' | 'temporary' | 'closed'): FindingId => `${step}-greeting-${name}`
  switch (greeting.kind) {
    case 'ready':
      if (greeting.ms < SLOW_MS) return []
      return [
        judged(id('slow'), {
          facts: { seconds: (greeting.ms / 1000).toFixed(1) },
          evidence: [`220 after ${Math.round(greeting.ms)} ms`],
        }),
      ]
    case 'rejected':
      return [
        judgeReply(
          {
            step,
            stage: 'greeting',
            reply: greeting.reply,
            otherwise: id('refused'),
            otherwiseTemporary: id('temporary'),
          },
          context,
        ),
      ]
    case 'silent': {
      const details = {
        facts: { port, waitedMs: Math.round(greeting.waitedMs) },
        evidence: [`no greeting within ${Math.round(greeting.waitedMs)} ms`],
      }
      if (step === 'connect' && IMPLICIT_PORTS.includes(port)) return [judged('connect-tls-expected', details)]
      return [judged(id('silent'), { ...details, confidence: 0.7 })]
    }
    case 'closed': {
      const evidence = [
        `connection ${greeting.reset ? 'reset' : 'closed'} after ${Math.round(greeting.ms)} ms, no greeting`,
      ]
      if (step === 'connect' && IMPLICIT_PORTS.includes(port)) {
        return [judged('connect-tls-expected', { facts: { port }, evidence, confidence: 0.8 })]
      }
      return [judged(id('closed'), { evidence, confidence: 0.6 })]
    }
    case 'not-smtp': {
      const nothingSaid = greeting.looksLike === 'tls' ? ['nothing in plain text; a TLS handshake was answered'] : []
      const evidence = greeting.preview === '' ? nothingSaid : [greeting.preview]
      if (greeting.looksLike === 'tls' && step === 'connect')
        return [judged('connect-tls-expected', { facts: { port }, evidence })]
      const looksLike = PROTOCOLS[greeting.looksLike]
      if (step === 'encrypt') return [judged('encrypt-not-smtp', { facts: { port, looksLike }, evidence })]
      return [
        judged(looksLike ? 'connect-not-smtp' : 'connect-not-smtp-unknown', { facts: { port, looksLike }, evidence }),
      ]
    }
    default:
      return assertNever(greeting)
  }
}
