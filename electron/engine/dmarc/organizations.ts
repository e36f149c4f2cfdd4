import { organizationalDomainOf, walkTree } from '#engine/dmarc/tree-walk.ts'
import type { Lookup } from '#engine/dns/lookup.ts'

/** The organizational domain of each (RFC 9989 section 4.10.2); null where a question of the walk was not answered. All normalized. */
export async function lookupOrganizations(
  domains: readonly string[],
  lookup: Lookup,
): Promise<Readonly<Record<string, string | null>>> {
  const found = await Promise.all(
    [...new Set(domains)].map(async domain => {
      const steps = await walkTree(domain, lookup)
      const seen = steps.every(step => step.found.kind !== 'failed')
      return [domain, seen ? organizationalDomainOf(steps) : null] as const
    }),
  )
  return Object.fromEntries(found)
}
