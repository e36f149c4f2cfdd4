import type { InjectionSeen, RelaySeen, ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { judged, type Judged } from '#shared/finding/judged.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { isPrivate } from '#shared/finding/private-address.ts'
import { printReply } from '#shared/smtp/reply-text.ts'

/** Where the server itself is at risk. What could not be tested, and what was in order, is no finding. */
export function judgeServerChecks({ injection, relay }: ServerChecks): readonly Judged[] {
  return [...(injection === null ? [] : judgeInjection(injection)), ...(relay === null ? [] : judgeRelay(relay))]
}

function judgeInjection(seen: InjectionSeen): readonly Judged[] {
  if (seen.kind !== 'executed') return []
  const { command, reply } = seen
  return [
    judged('encrypt-commands-injected', {
      facts: { command },
      evidence: [`${command} in plain text behind STARTTLS, answered behind TLS: ${printReply(reply)}`],
    }),
  ]
}

function judgeRelay(seen: RelaySeen): readonly Judged[] {
  if (seen.kind !== 'accepted') return []
  const { address, mailFrom, rcptTo, reply } = seen
  // Mail of the machine itself, and of its own network, is what a server is there to pass on.
  const own = isLoopback(address) || isPrivate(address)
  return [
    judged('deliver-open-relay', {
      facts: { mailFrom: mailFrom === '' ? '<>' : mailFrom, rcptTo },
      evidence: [`MAIL FROM:<${mailFrom}>, RCPT TO:<${rcptTo}>: ${printReply(reply)}`],
      ...(own && { severity: 'warning', confidence: 0.5 }),
    }),
  ]
}
