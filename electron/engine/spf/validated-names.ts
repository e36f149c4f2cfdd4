import { recordsOf } from '#engine/dns/answer.ts'
import { inPrefix, type Ip, parseIp, reverseName } from '#engine/dns/ip.ts'
import { isWithin } from '#engine/dns/name.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { type Evaluation, NAME_LIMIT } from '#engine/spf/evaluation.ts'

export type ValidatedNames = {
  /** Lower case, in the order of the answer. */
  readonly names: readonly string[]
  /** A question found nothing. */
  readonly void: boolean
  /** The PTR question failed: not "no names". */
  readonly failed: boolean
}

/** RFC 7208 section 5.5: the names of the address that lead back to it. Errors never end the check, they only lose names. */
export async function lookupValidatedNames(ip: Ip, lookup: Lookup): Promise<ValidatedNames> {
  const ptr = await lookup(reverseName(ip), 'PTR')
  // More than ten names are whoever holds the address flooding us: the rest is ignored (section 4.6.4).
  const candidates = recordsOf(ptr)
    .slice(0, NAME_LIMIT)
    .map(record => record.data.target.toLowerCase())
  const answers = await Promise.all(candidates.map(name => lookup(name, ip.family === 4 ? 'A' : 'AAAA')))
  const names = candidates.filter((_, i) => {
    const answer = answers[i]
    return answer !== undefined && recordsOf(answer).some(record => isSameIp(record.data.address, ip))
  })
  const isVoid = [ptr, ...answers].some(answer => answer.kind === 'nxdomain' || answer.kind === 'nodata')
  return { names, void: isVoid, failed: ptr.kind === 'failed' }
}

/** RFC 7208 section 7.3: `%{p}` is the domain itself, else a name below it, else any validated name, else `unknown`. */
export function lookupMacroP(evaluation: Evaluation, domain: string): Promise<string> {
  const key = domain.toLowerCase()
  const known = evaluation.validated.get(key)
  if (known) return known
  const asking = lookupValidatedNames(evaluation.ip, evaluation.lookup).then(
    ({ names }) => names.find(name => name === key) ?? names.find(name => isWithin(name, key)) ?? names[0] ?? 'unknown',
  )
  evaluation.validated.set(key, asking)
  return asking
}

function isSameIp(text: string, ip: Ip): boolean {
  const other = parseIp(text)
  return other !== null && inPrefix(ip, other, ip.octets.length * 8)
}
