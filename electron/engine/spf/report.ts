import { recordsOf } from '#engine/dns/answer.ts'
import type { Ip } from '#engine/dns/ip.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { textOf } from '#engine/dns/record.ts'
import { checkHost, type SpfQuery } from '#engine/spf/check-host.ts'
import { flattenCost, measureSpf } from '#engine/spf/measure.ts'
import { isSpf } from '#engine/spf/parse.ts'
import { selectSpf } from '#engine/spf/select.ts'
import { lookupVoidTerms } from '#engine/spf/void-terms.ts'
import type { SpfReport } from '#shared/domain/spf.ts'

/** Meant as SPF, whether or not it counts as such. */
const LOOKS_LIKE_SPF = /^[\s"']*v\s*=\s*spf1/i

/**
 * What the domain publishes and, for an address, what `check_host` says about it.
 *
 * @param domain normalized @param sender who is checked; nobody without an address
 */
export async function lookupSpfReport(
  domain: string,
  { ip, mailFrom, helo }: Omit<SpfQuery, 'ip'> & { readonly ip: Ip | null },
  lookup: Lookup,
): Promise<SpfReport> {
  // The terms of each record are asked about while the records that it includes are on their way.
  const voidTermsOf = new Map<string, Promise<SpfReport['voidTerms']>>()
  const measured = measureSpf(domain, lookup, (at, record) => {
    if (!voidTermsOf.has(at)) voidTermsOf.set(at, lookupVoidTerms(at, record, lookup))
  })
  const [answer, obsolete, cost, voidTerms, verdict] = await Promise.all([
    lookup(domain, 'TXT'),
    lookup(domain, 'SPF'),
    measured,
    measured.then(policy => Promise.all(flattenCost(policy).flatMap(({ domain: at }) => voidTermsOf.get(at) ?? []))),
    ip === null ? null : checkHost({ ip, mailFrom, helo }, lookup),
  ])
  const found = selectSpf(answer)
  const texts = recordsOf(answer).map(textOf)
  const one = found.kind === 'one' ? recordsOf(answer).find(record => textOf(record) === found.text) : undefined
  const candidates = texts.filter(text => (found.kind === 'none' ? LOOKS_LIKE_SPF.test(text) : isSpf(text)))
  return {
    state: found.kind === 'failed' ? 'unknown' : found.kind,
    record: found.kind === 'one' ? found.text : null,
    candidates,
    cost: found.kind === 'one' ? cost : null,
    verdict,
    voidTerms: found.kind === 'one' ? voidTerms.flat() : [],
    ...(one === undefined ? {} : { strings: [...one.data.strings] }),
    type99: recordsOf(obsolete).map(textOf),
  }
}
