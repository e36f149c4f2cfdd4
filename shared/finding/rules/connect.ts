import type { ConnectAttempt, ConnectEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { isPrivate } from '#shared/finding/private-address.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { judgeGreeting } from '#shared/finding/rules/greeting.ts'
import { assertNever } from '#shared/result.ts'

export function judgeConnect(seen: ConnectEvidence, context: JudgeContext): readonly Judged[] {
  switch (seen.kind) {
    case 'connected':
      return [
        ...judgeDetour(seen.attempts, seen.family),
        ...(seen.greeting ? judgeGreeting(seen.greeting, 'connect', context) : []),
      ]
    case 'failed':
      return [judgeFailure(seen.attempts, seen.port, context)]
    default:
      return assertNever(seen)
  }
}

/** RFC 8305 section 5: so long the first address is waited for alone before the next is tried beside it. */
const ALONE_MS = 250

/** An address of the other family failed, or hung for long beside one that answered quickly. */
function judgeDetour(attempts: readonly ConnectAttempt[], family: 4 | 6 | null): readonly Judged[] {
  const won = attempts.find(({ outcome }) => outcome === 'connected')
  const hung = ({ outcome, ms }: ConnectAttempt) =>
    outcome === 'abandoned' && won !== undefined && ms >= ALONE_MS && ms > 4 * won.ms
  const failed = ({ outcome }: ConnectAttempt) => outcome !== 'connected' && outcome !== 'abandoned'
  const lost = attempts.find(each => each.family !== null && each.family !== family && (failed(each) || hung(each)))
  if (!lost || family === null) return []
  const facts = { family: familyName(lost), address: lost.address, ms: Math.round(lost.ms) }
  // An address that was not waited for to the end may only be slow.
  const confidence = failed(lost) ? 0.9 : 0.65
  return [judged('connect-family-detour', { facts, evidence: [printAttempt(lost)], confidence })]
}

/** The outcome that says most: a refusal is an answer, silence is not, and "unreachable" only counts alone. */
const TELLING = [
  'reset',
  'refused',
  'not-permitted',
  'proxy-failed',
  'timed-out',
  'unreachable',
  'failed',
  'abandoned',
  'connected',
] as const satisfies readonly ConnectAttempt['outcome'][]

function judgeFailure(attempts: readonly ConnectAttempt[], port: number, context: JudgeContext): Judged {
  const [told] = [...attempts].sort((a, b) => TELLING.indexOf(a.outcome) - TELLING.indexOf(b.outcome))
  const evidence = attempts.map(printAttempt)
  if (!told) return judged('connect-failed', { facts: { port }, evidence })
  const { account } = context
  const facts = {
    host: account.host,
    address: told.address,
    port,
    code: told.code ?? undefined,
    family: familyName(told),
    // A name of the world that leads there is meant for another network than this one.
    inside:
      isPrivate(told.address) && account.host.includes('.') && told.address !== account.host ? told.address : undefined,
    proxy: account.proxy ? `${account.proxy.host}:${account.proxy.port}` : undefined,
  }
  // EADDRNOTAVAIL: what the system says when it is to send from an address that it does not have.
  if (account.sourceIp !== null && attempts.every(({ code }) => code === 'EADDRNOTAVAIL' || code === 'EINVAL')) {
    return judged('connect-source-not-here', { facts: { source: account.sourceIp, family: facts.family }, evidence })
  }
  switch (told.outcome) {
    case 'refused':
      return judged(isLoopback(told.address) ? 'connect-refused-here' : 'connect-refused', { facts, evidence })
    case 'timed-out':
    case 'abandoned':
      // Most networks that offer no mail service of their own block 25, and only 25, outwards.
      if (port === 25 && !isLoopback(told.address) && !isPrivate(told.address))
        return judged('connect-port-25-blocked', { facts, evidence, confidence: 0.85 })
      return judged('connect-timed-out', { facts, evidence, confidence: 0.85 })
    case 'unreachable': {
      const known = new Set(resolvedFamilies(context))
      // With no address of the other family, where both were asked for, there is nothing to change over to.
      const only = account.ipFamily === 'any' && known.size === 1 ? 'yes' : undefined
      const otherUntried = told.family !== null && known.size > 1 && attempts.every(each => each.family === told.family)
      const id =
        told.family === 6 || otherUntried || account.ipFamily !== 'any'
          ? 'connect-family-unreachable'
          : 'connect-unreachable'
      return judged(id, { facts: { ...facts, only }, evidence })
    }
    case 'reset':
      return judged('connect-reset', { facts, evidence, confidence: 0.8 })
    case 'not-permitted':
      return judged('connect-not-permitted', { facts, evidence })
    case 'proxy-failed':
      return judged('connect-proxy-failed', { facts, evidence })
    case 'failed':
    case 'connected':
      return judged('connect-failed', { facts, evidence, confidence: 0.5 })
    default:
      return assertNever(told.outcome)
  }
}

function resolvedFamilies({ steps }: JudgeContext): readonly (4 | 6)[] {
  const seen = stepWith(steps, 'resolve')?.evidence
  return seen?.kind === 'resolved' ? seen.addresses.map(address => address.family) : []
}

function familyName({ family }: ConnectAttempt): string | undefined {
  return family === null ? undefined : `IPv${family}`
}

function printAttempt({ address, port, outcome, ms, code }: ConnectAttempt): string {
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return `${place} ${outcome}${code === null ? '' : ` (${code})`} after ${Math.round(ms)} ms`
}
