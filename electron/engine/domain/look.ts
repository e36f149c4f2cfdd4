import { lookupOrganizations } from '#engine/dmarc/organizations.ts'
import { createAuthoritativeResolver } from '#engine/dns/authoritative.ts'
import type { Ip } from '#engine/dns/ip.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { lookupAside } from '#engine/domain/aside.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { domainOf } from '#engine/domain/domain-of.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { FetchOptions } from '#engine/policy/fetch-policy.ts'
import { type Forecast, forecastAlignment } from '#shared/domain/forecast.ts'
import type { DomainPart } from '#shared/domain/part.ts'
import type { DomainReport } from '#shared/domain/report.ts'
import type { SenderPath } from '#shared/domain/sender-path.ts'

export type DomainLook = {
  readonly domain: string
  readonly from: string | null
  readonly address: Ip | null
  readonly ehlo: string | null
  readonly selectors: readonly string[]
  readonly path: SenderPath
  readonly signing: string | null
  readonly blocklists: boolean
  /** The name servers of each zone are asked, and told apart; the port is 53 except in tests. */
  readonly authoritative: { readonly port: number } | null
  readonly probe: { readonly port: number } | null
  readonly resolver: Resolver
  readonly deadline: Deadline
  readonly fetchOptions: FetchOptions
  readonly onPart: (part: DomainPart) => void
}

export type Looked = DomainReport & { readonly forecast: Forecast }

/** A whole look: the report, what stands beside it, and what becomes of mail from this address. Never rejects. */
export async function lookAtDomain(look: DomainLook): Promise<Looked> {
  const { domain, path, deadline, onPart } = look
  const from = look.from === null ? domain : (domainOf(look.from) ?? domain)
  const resolver = look.authoritative
    ? createAuthoritativeResolver(look.resolver, look.authoritative.port)
    : look.resolver
  const domains = [domain, from, ...(look.signing === null ? [] : [look.signing])]
  const [report, organizations] = await Promise.all([
    checkDomain({
      domain,
      ip: look.address,
      ehlo: look.ehlo,
      from: look.from,
      selectors: look.selectors,
      blocklists: look.blocklists,
      resolver,
      deadline,
      fetchOptions: look.fetchOptions,
      probe: look.probe,
      onPart,
      aside: lookupAside({
        resolver: look.resolver,
        deadline,
        delegation: look.authoritative,
        wanted:
          path.provider === null || path.include === null
            ? null
            : { provider: path.provider.name, include: path.include },
        onPart,
      }),
    }),
    lookupOrganizations(domains, lookupWith(resolver, deadline)),
  ])
  const forecast = forecastAlignment({ facts: report, from, path, signing: look.signing, organizations })
  return { ...report, forecast }
}
