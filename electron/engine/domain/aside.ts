import { randomBytes } from 'node:crypto'
import { recordsOf } from '#engine/dns/answer.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { lookupDelegation } from '#engine/domain/delegation.ts'
import { escapeTexts } from '#engine/domain/escape-texts.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookupCaa } from '#engine/policy/caa.ts'
import { measureSpf } from '#engine/spf/measure.ts'
import type { DomainAside, ProviderInclude } from '#shared/domain/aside.ts'
import type { DomainPart } from '#shared/domain/part.ts'

export type AsideCheck = {
  /** Asked, and told the truth or not. */
  readonly resolver: Resolver
  readonly deadline: Deadline
  /** The name servers of the zone are asked themselves: only when wanted. The port is 53 except in tests. */
  readonly delegation: { readonly port: number } | null
  /** The SPF include of the account's provider. */
  readonly wanted: { readonly provider: string; readonly include: string } | null
  readonly onPart: (part: DomainPart) => void
}

/** What is looked at beside the report of a domain; see `DomainAside`. Never rejects. */
export function lookupAside(check: AsideCheck) {
  return async (lookup: Lookup, domain: string): Promise<Omit<DomainAside, 'trouble'>> => {
    const [caa, delegation, invented, include] = await Promise.all([
      lookupCaa(domain, lookup).then(value => {
        check.onPart(escapeTexts({ kind: 'caa', value }))
        return value
      }),
      check.delegation === null ? null : told(domain, check, check.delegation.port),
      lookupInvented(check.resolver, check.deadline),
      check.wanted === null ? null : lookupInclude(check.wanted, lookup),
    ])
    return { caa, delegation, invented, include }
  }
}

async function told(domain: string, { resolver, deadline, onPart }: AsideCheck, port: number) {
  const value = await lookupDelegation(domain, resolver, deadline, port)
  onPart(escapeTexts({ kind: 'delegation', value }))
  return value
}

/** RFC 6761 section 6.4: no name below `invalid` exists, so whoever gives one an address makes answers up. */
async function lookupInvented(resolver: Resolver, deadline: Deadline): Promise<readonly string[] | null> {
  const answer = await resolver.lookup(`mw-${randomBytes(6).toString('hex')}.invalid`, 'A', deadline)
  const addresses = recordsOf(answer).map(({ data }) => data.address)
  return addresses.length === 0 ? null : addresses
}

async function lookupInclude(
  wanted: { readonly provider: string; readonly include: string },
  lookup: Lookup,
): Promise<ProviderInclude> {
  const cost = await measureSpf(wanted.include, lookup)
  return { ...wanted, lookups: cost.record === null ? null : cost.lookups }
}
