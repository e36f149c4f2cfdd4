import { lookupOrganizations } from '#engine/dmarc/organizations.ts'
import type { Lookup } from '#engine/dns/lookup.ts'

/**
 * Whether a domain that SPF or DKIM has confirmed speaks for the From domain: the same domain when strict, the same
 * organizational domain when relaxed (RFC 9989 section 4.10.2). Both normalized. Null: a question of the walk was not answered.
 */
export async function lookupAlignment(
  fromDomain: string,
  confirmed: string,
  mode: 'r' | 's',
  lookup: Lookup,
): Promise<boolean | null> {
  if (fromDomain === confirmed) return true
  if (mode === 's') return false
  const organizations = await lookupOrganizations([fromDomain, confirmed], lookup)
  const [one, other] = [organizations[fromDomain] ?? null, organizations[confirmed] ?? null]
  return one === null || other === null ? null : one === other
}
