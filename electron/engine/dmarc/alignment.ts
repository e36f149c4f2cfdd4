import { organizationalDomainOf, walkTree } from '#engine/dmarc/tree-walk.ts'
import type { Lookup } from '#engine/dns/lookup.ts'

/**
 * Whether a domain that SPF or DKIM has confirmed speaks for the From domain: the same domain when strict, the same
 * organizational domain when relaxed (RFC 9989 section 4.10.2). Both normalized.
 */
export async function lookupAlignment(
  fromDomain: string,
  confirmed: string,
  mode: 'r' | 's',
  lookup: Lookup,
): Promise<boolean> {
  if (fromDomain === confirmed) return true
  if (mode === 's') return false
  const [one, other] = await Promise.all([walkTree(fromDomain, lookup), walkTree(confirmed, lookup)])
  return organizationalDomainOf(one) === organizationalDomainOf(other)
}
