import { LOOKUP_LIMIT } from '#shared/domain/edit-spf.ts'
import type { SpfCost } from '#shared/domain/spf.ts'

/** Why receivers get an error out of a policy (RFC 7208 section 4.6.4 and others), whoever sends; null where they get none. */
export function brokenSpf(cost: SpfCost): string | null {
  if (cost.lookups > LOOKUP_LIMIT) return `it needs ${cost.lookups} lookups, and ${LOOKUP_LIMIT} are allowed`
  if (cost.fault === 'syntax' || cost.fault === 'missing' || cost.fault === 'several' || cost.fault === 'circular')
    return cost.detail ?? cost.fault
  return cost.children.map(brokenSpf).find(part => part !== null) ?? null
}
