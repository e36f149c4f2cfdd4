import type { Deadline } from '#engine/net/deadline.ts'
import type { Ip } from '#engine/dns/ip.ts'
import { type Lookup, lookupWith } from '#engine/dns/lookup.ts'
import { watchLookup } from '#engine/dns/watch-lookup.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { lookupDkimKeys, USUAL_SELECTORS } from '#engine/dkim/lookup-keys.ts'
import { lookupAlignment } from '#engine/dmarc/alignment.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import { lookupBlocklists } from '#engine/policy/blocklists.ts'
import { lookupDane } from '#engine/policy/dane.ts'
import { matchCertificate } from '#engine/policy/match-tlsa.ts'
import type { FetchOptions } from '#engine/policy/fetch-policy.ts'
import { lookupMtaSts } from '#engine/policy/mta-sts.ts'
import { lookupMxHosts, lookupMxReport } from '#engine/policy/mx.ts'
import { lookupPtr } from '#engine/policy/ptr.ts'
import { lookupSaidNames } from '#engine/policy/said-names.ts'
import { lookupBimi, lookupTlsRpt } from '#engine/policy/txt-policies.ts'
import { lookupSpfReport } from '#engine/spf/report.ts'
import { type DomainAside, NO_ASIDE } from '#shared/domain/aside.ts'
import { judgeDomain } from '#shared/domain/judge.ts'
import type { DomainPart } from '#shared/domain/part.ts'
import type { DomainReport, DomainFacts } from '#shared/domain/report.ts'
import { domainOf } from '#engine/domain/domain-of.ts'
import { escapeTexts } from '#engine/domain/escape-texts.ts'

export type DomainCheck = {
  /** A name for which `normalizeName` is not null. */
  readonly domain: string
  /** The address that mail is sent from; null when only the domain is looked at. */
  readonly ip: Ip | null
  /** What the sending server says in EHLO, where that is known. */
  readonly ehlo?: string | null
  /** The From address, when its domain is another one. */
  readonly from: string | null
  readonly selectors: readonly string[]
  /** Tells the lists who asks: only when wanted. */
  readonly blocklists: boolean
  readonly resolver: Resolver
  readonly deadline: Deadline
  readonly fetchOptions?: FetchOptions
  /** Connects to the mail servers that publish TLSA records, and to the sending address; the port is 25 except in tests. */
  readonly probe?: { readonly port: number } | null
  /** Each part as it becomes known. */
  readonly onPart?: (part: DomainPart) => void
  /** What else is looked at meanwhile and judged with the rest. */
  readonly aside?: (lookup: Lookup, domain: string) => Promise<Omit<DomainAside, 'trouble'>>
}

/**
 * Everything that receivers look at, asked at the same time where one does not need the other, judged, with the records
 * that would mend it. Never rejects: what nobody answered is `unknown`.
 */
export async function checkDomain(check: DomainCheck): Promise<DomainReport> {
  const watched = watchLookup(lookupWith(check.resolver, check.deadline))
  const { lookup } = watched
  const tell = tellerOf(check)
  const domain = normalizeName(check.domain) ?? check.domain
  const from = (check.from === null ? null : domainOf(check.from)) ?? domain
  const [spf, dmarc, dkim, ptr, hosts, tlsRpt, bimi, blocklists, relaxed, aside] = await Promise.all([
    tell(
      'spf',
      lookupSpfReport(
        domain,
        { ip: check.ip, mailFrom: `${localPartOf(check.from)}@${domain}`, helo: check.ehlo ?? domain },
        lookup,
      ),
    ),
    tell('dmarc', lookupDmarc(from, lookup)),
    tell('dkim', lookupDkimKeys(from, check.selectors, USUAL_SELECTORS, lookup)),
    check.ip === null ? null : tell('ptr', lookupSendingHost(check.ip, lookup, check)),
    lookupHosts(domain, lookup, check),
    tell('tlsRpt', lookupTlsRpt(domain, lookup)),
    tell('bimi', lookupBimi(from, lookup)),
    check.blocklists ? tell('blocklists', lookupBlocklists(domain, check.ip, lookup)) : null,
    // Asked before it is known whether this or only the very same domain will do.
    lookupAlignment(from, domain, 'r', lookup),
    check.aside?.(lookup, domain) ?? NO_ASIDE,
  ])
  const spfAligned = dmarc.tags?.aspf === 's' ? from === domain : relaxed
  const facts: DomainFacts = { domain, spf, dmarc, dkim, ptr, ...hosts, tlsRpt, bimi, blocklists }
  return escapeTexts(judgeDomain(facts, { domain: from, spfAligned }, { ...aside, trouble: watched.trouble }))
}

/** What needs the MX hosts; the policy needs them last, the TLSA records need their names alone. */
async function lookupHosts(
  domain: string,
  lookup: Lookup,
  check: DomainCheck,
): Promise<Pick<DomainFacts, 'mx' | 'mtaSts' | 'dane'>> {
  const tell = tellerOf(check)
  const names = lookupMxHosts(domain, lookup).then(({ hosts }) => hosts.map(({ host }) => host))
  const [mx, mtaSts, dane] = await Promise.all([
    tell('mx', lookupMxReport(domain, lookup)),
    tell('mtaSts', lookupMtaSts(domain, names, lookup, check.deadline, check.fetchOptions)),
    tell(
      'dane',
      names.then(hosts => lookupAllDane(hosts, lookup, check)),
    ),
  ])
  return { mx, mtaSts, dane }
}

async function lookupSendingHost(ip: Ip, lookup: Lookup, { ehlo, probe, resolver, deadline }: DomainCheck) {
  const [ptr, said] = await Promise.all([
    lookupPtr(ip, lookup),
    lookupSaidNames(ip, ehlo ?? null, probe == null ? null : { port: probe.port, resolver, deadline }, lookup),
  ])
  return { ...ptr, said }
}

async function lookupAllDane(hosts: readonly string[], lookup: Lookup, { probe, resolver, deadline }: DomainCheck) {
  const seen = await Promise.all(hosts.map(host => lookupDane(host, lookup)))
  const published = seen.filter(({ state }) => state !== 'none')
  if (probe == null) return published
  const { port } = probe
  return Promise.all(
    published.map(async report =>
      report.state === 'unknown' ? report : matchCertificate(report, { port, resolver, deadline }),
    ),
  )
}

/** Passes a part on when it is known, its texts escaped. */
function tellerOf({ onPart }: Pick<DomainCheck, 'onPart'>) {
  return async <K extends DomainPart['kind']>(kind: K, asked: Promise<Extract<DomainPart, { kind: K }>['value']>) => {
    const value = await asked
    // A kind and a value of that kind are a part, which the compiler does not see for a kind that it does not know.
    onPart?.(escapeTexts({ kind, value }) as unknown as Extract<DomainPart, { kind: K }>)
    return value
  }
}

function localPartOf(address: string | null): string {
  const at = address?.lastIndexOf('@') ?? -1
  return address !== null && at > 0 ? address.slice(0, at) : 'postmaster'
}
