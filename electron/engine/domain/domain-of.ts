import { normalizeName } from '#engine/dns/name.ts'

/** The domain of a mail address, or a domain that stands alone, normalized; null for what no name in the DNS can be. */
export function domainOf(text: string): string | null {
  return normalizeName(text.slice(text.lastIndexOf('@') + 1))
}
