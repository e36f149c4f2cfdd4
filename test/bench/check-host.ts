import { spf } from 'mailauth'
import { parseIp } from '#engine/dns/ip.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { generateSpfCases, SPF_HOSTS, type SpfCase } from '../peers/support/spf-cases.ts'
import { zoneInMemory } from '../support/zone-in-memory.ts'
import { median, print } from './measure.ts'
import type { Zone } from '../support/zone-server.ts'

const CASES = 1_000
const ROUNDS = 7

/** Prints `check_host` evaluations a second, ours and mailauth's, on the same records in memory. */
export async function compareCheckHost(): Promise<void> {
  const cases = generateSpfCases(CASES)
  const zone = zoneInMemory(Object.assign({}, SPF_HOSTS, ...cases.map(one => one.zone)) as Zone)
  const evaluate = async ({ ip, mailFrom, helo }: SpfCase) => {
    const address = parseIp(ip)
    if (address) await checkHost({ ip: address, mailFrom, helo }, zone.lookup)
  }
  const evaluateTheirs = ({ ip, mailFrom, helo }: SpfCase) =>
    spf({ ip, sender: mailFrom, helo, mta: 'unknown', resolver: zone.resolve, strict: true })
  const rates: { readonly ours: number; readonly theirs: number }[] = []
  // In turns; the first round is for the compiler.
  for (let round = 0; round <= ROUNDS; round++) {
    const [ours, theirs] = [await rateOf(cases, evaluate), await rateOf(cases, evaluateTheirs)]
    if (round > 0) rates.push({ ours, theirs })
  }
  print('check_host a second, ours', median(rates.map(one => one.ours)))
  print('check_host a second, mailauth', median(rates.map(one => one.theirs)))
  print('  ours by mailauth', median(rates.map(one => one.ours / one.theirs)), 2)
}

async function rateOf(cases: readonly SpfCase[], evaluate: (one: SpfCase) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (const one of cases) await evaluate(one)
  return cases.length / ((performance.now() - startedAt) / 1000)
}
