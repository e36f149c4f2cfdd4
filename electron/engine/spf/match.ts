import type { Answer } from '#engine/dns/answer.ts'
import { recordsOf } from '#engine/dns/answer.ts'
import { inPrefix, parseIp, printIp } from '#engine/dns/ip.ts'
import { isWithin, normalizeName } from '#engine/dns/name.ts'
import { asName, type Evaluation, LOOKUP_LIMIT, NAME_LIMIT, VOID_LIMIT } from '#engine/spf/evaluation.ts'
import type { Mechanism } from '#engine/spf/record.ts'
import { lookupValidatedNames } from '#engine/spf/validated-names.ts'

/** What one mechanism says; the errors end the whole check. */
export type Match = {
  readonly verdict: 'match' | 'no-match' | 'temperror' | 'permerror'
  readonly detail: string
}

export const OVER_LOOKUPS: Match = {
  verdict: 'permerror',
  detail: `more than ${LOOKUP_LIMIT} terms that ask the DNS`,
}
const OVER_VOIDS: Match = {
  verdict: 'permerror',
  detail: `more than ${VOID_LIMIT} terms whose questions found nothing`,
}

type HostMechanism = Extract<Mechanism, { kind: 'a' | 'mx' }>

/** RFC 7208 section 5.6. */
export function matchNetwork(evaluation: Evaluation, mechanism: Extract<Mechanism, { kind: 'ip4' | 'ip6' }>): Match {
  const inside = inPrefix(evaluation.ip, mechanism.network, mechanism.prefix)
  return { verdict: inside ? 'match' : 'no-match', detail: `${printIp(evaluation.ip)} is ${inside ? '' : 'not '}in it` }
}

/** RFC 7208 section 5.3. */
export async function matchA(evaluation: Evaluation, mechanism: HostMechanism, target: string): Promise<Match> {
  const answer = await lookupHost(evaluation, target)
  const error = errorOf(answer)
  if (error) return error
  return spendVoids(evaluation, [answer]) ?? judgeAddresses(evaluation, mechanism, [answer])
}

/** RFC 7208 section 5.4: no falling back to the addresses of the domain where there is no MX. */
export async function matchMx(evaluation: Evaluation, mechanism: HostMechanism, target: string): Promise<Match> {
  const mx = await evaluation.lookup(asName(target), 'MX')
  const error = errorOf(mx)
  if (error) return error
  const hosts = recordsOf(mx)
    .toSorted((one, other) => one.data.preference - other.data.preference)
    .map(record => record.data.exchange)
  // Section 4.6.4. By the number of names, not by how far the search went: the order of equal preferences is chance.
  if (hosts.length > NAME_LIMIT) return { verdict: 'permerror', detail: `more than ${NAME_LIMIT} MX hosts` }
  // RFC 7505: the host `.` says that there is none.
  const answers = await Promise.all(
    hosts.filter(host => host !== '.').map(host => evaluation.lookup(host, evaluation.ip.family === 4 ? 'A' : 'AAAA')),
  )
  const matched = judgeAddresses(evaluation, mechanism, answers)
  const hostError = matched.verdict === 'match' ? undefined : answers.map(errorOf).find(fault => fault !== null)
  return hostError ?? spendVoids(evaluation, [mx, ...answers]) ?? matched
}

/** RFC 7208 section 5.7: any A record, also for IPv6 clients. */
export async function matchExists(evaluation: Evaluation, target: string): Promise<Match> {
  const answer = await evaluation.lookup(asName(target), 'A')
  const error = errorOf(answer)
  if (error) return error
  const exists = answer.kind === 'found'
  const detail = `${target} ${exists ? 'has' : 'has no'} A record`
  return spendVoids(evaluation, [answer]) ?? { verdict: exists ? 'match' : 'no-match', detail }
}

/** RFC 7208 section 5.5. */
export async function matchPtr(evaluation: Evaluation, target: string): Promise<Match> {
  const validated = await lookupValidatedNames(evaluation.ip, evaluation.lookup)
  if (validated.void && !evaluation.budget.spendVoid()) return OVER_VOIDS
  const parent = normalizeName(asName(target))
  const match = validated.names.find(name => parent !== null && isWithin(name, parent))
  if (match !== undefined) return { verdict: 'match', detail: `${printIp(evaluation.ip)} has the name ${match}` }
  const names = validated.names.length === 0 ? 'no confirmed name' : `only ${validated.names.join(', ')}`
  const detail = validated.failed ? 'the PTR question failed' : `${printIp(evaluation.ip)} has ${names}`
  return { verdict: 'no-match', detail }
}

function lookupHost(evaluation: Evaluation, target: string) {
  return evaluation.lookup(asName(target), evaluation.ip.family === 4 ? 'A' : 'AAAA')
}

/** RFC 7208 section 5: an error of the DNS ends the check with `temperror`. A name that DNS cannot hold has no records. */
function errorOf(answer: Answer): Match | null {
  if (answer.kind !== 'failed' || answer.code === 'BAD-NAME') return null
  return { verdict: 'temperror', detail: answer.detail === null ? answer.code : `${answer.code}: ${answer.detail}` }
}

function spendVoids(evaluation: Evaluation, answers: readonly Answer[]): Match | null {
  const isVoid = answers.some(answer => answer.kind === 'nxdomain' || answer.kind === 'nodata')
  return isVoid && !evaluation.budget.spendVoid() ? OVER_VOIDS : null
}

function judgeAddresses(
  evaluation: Evaluation,
  mechanism: HostMechanism,
  answers: readonly Answer<'A' | 'AAAA'>[],
): Match {
  const { ip } = evaluation
  const prefix = ip.family === 4 ? mechanism.prefix4 : mechanism.prefix6
  const addresses = answers.flatMap(answer => recordsOf(answer)).map(record => record.data.address)
  const hit = addresses.find(address => {
    const network = parseIp(address)
    return network !== null && inPrefix(ip, network, prefix)
  })
  if (hit !== undefined) {
    return {
      verdict: 'match',
      detail: `${printIp(ip)} is ${prefix === ip.octets.length * 8 ? hit : `in ${hit}/${prefix}`}`,
    }
  }
  const shown = addresses.length > 5 ? `${addresses.slice(0, 5).join(', ')} …` : addresses.join(', ')
  return { verdict: 'no-match', detail: addresses.length === 0 ? 'no address of this family' : `only ${shown}` }
}
