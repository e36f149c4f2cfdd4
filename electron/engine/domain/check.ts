import type { Deadline } from '#engine/net/deadline.ts'
import type { Ip } from '#engine/dns/ip.ts'
import { type Lookup, lookupWith } from '#engine/dns/lookup.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { lookupDkimKeys, USUAL_SELECTORS } from '#engine/dkim/lookup-keys.ts'
import { lookupAlignment } from '#engine/dmarc/alignment.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import { lookupBlocklists } from '#engine/policy/blocklists.ts'
import { lookupDane } from '#engine/policy/dane.ts'
import type { FetchOptions } from '#engine/policy/fetch-policy.ts'
import { lookupMtaSts } from '#engine/policy/mta-sts.ts'
import { lookupMxReport } from '#engine/policy/mx.ts'
import { lookupPtr } from '#engine/policy/ptr.ts'
import { lookupBimi, lookupTlsRpt } from '#engine/policy/txt-policies.ts'
import { lookupSpfReport } from '#engine/spf/report.ts'
import { judgeDomain } from '#shared/domain/judge.ts'
import type { DomainReport, DomainFacts } from '#shared/domain/report.ts'
import { escapeTexts } from '#engine/domain/escape-texts.ts'

export type DomainCheck = {
  /** A name for which `normalizeName` is not null. */
  readonly domain: string
  /** The address that mail is sent from; null when only the domain is looked at. */
  readonly ip: Ip | null
  /** The From address, when its domain is another one. */
  readonly from: string | null
  readonly selectors: readonly string[]
  /** Tells the lists who asks: only when wanted. */
  readonly blocklists: boolean
  readonly resolver: Resolver
  readonly deadline: Deadline
  readonly fetchOptions?: FetchOptions
}

/**
 * Everything that receivers look at, asked at the same time where one does not need the other, judged, with the records
 * that would mend it. Never rejects: what nobody answered is `unknown`.
 */
export async function checkDomain(check: DomainCheck): Promise<DomainReport> {
  const lookup = lookupWith(check.resolver, check.deadline)
  const domain = normalizeName(check.domain) ?? check.domain
  const from = domainOf(check.from) ?? domain
  const [spf, dmarc, dkim, ptr, hosts, tlsRpt, bimi, blocklists] = await Promise.all([
    lookupSpfReport(domain, check.ip, `${localPartOf(check.from)}@${domain}`, lookup),
    lookupDmarc(from, lookup),
    lookupDkimKeys(from, check.selectors, USUAL_SELECTORS, lookup),
    check.ip === null ? null : lookupPtr(check.ip, lookup),
    lookupHosts(domain, lookup, check),
    lookupTlsRpt(domain, lookup),
    lookupBimi(from, lookup),
    check.blocklists ? lookupBlocklists(domain, check.ip, lookup) : null,
  ])
  const spfAligned = await lookupAlignment(from, domain, dmarc.tags?.aspf ?? 'r', lookup)
  const facts: DomainFacts = { domain, spf, dmarc, dkim, ptr, ...hosts, tlsRpt, bimi, blocklists }
  return escapeTexts(judgeDomain(facts, { domain: from, spfAligned }))
}

/** What needs the MX hosts first. */
async function lookupHosts(
  domain: string,
  lookup: Lookup,
  { deadline, fetchOptions }: DomainCheck,
): Promise<Pick<DomainFacts, 'mx' | 'mtaSts' | 'dane'>> {
  const mx = await lookupMxReport(domain, lookup)
  const hosts = mx.hosts.map(({ host }) => host)
  const [mtaSts, dane] = await Promise.all([
    lookupMtaSts(domain, hosts, lookup, deadline, fetchOptions),
    Promise.all(hosts.map(host => lookupDane(host, lookup))),
  ])
  return { mx, mtaSts, dane: dane.filter(({ state }) => state !== 'none') }
}

function domainOf(address: string | null): string | null {
  return address === null ? null : normalizeName(address.slice(address.lastIndexOf('@') + 1))
}

function localPartOf(address: string | null): string {
  const at = address?.lastIndexOf('@') ?? -1
  return address !== null && at > 0 ? address.slice(0, at) : 'postmaster'
}
