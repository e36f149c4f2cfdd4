import { isDmarc } from '#engine/dmarc/parse.ts'
import { organizationalDomainOf, walkTree } from '#engine/dmarc/tree-walk.ts'
import { normalizeName } from '#engine/dns/name.ts'
import { selectTxt } from '#engine/policy/select-txt.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { DmarcRecord, DmarcReport } from '#shared/domain/dmarc.ts'

/** A record can name any number of addresses; nobody names more than a few. */
const DESTINATION_LIMIT = 10

/**
 * Report addresses at other organizations, which have to agree by a record at `DOMAIN._report._dmarc.THEIRS` (RFC 9990,
 * as before it RFC 7489 section 7.1): otherwise reports could be aimed at anybody.
 */
export async function lookupDestinations(
  record: DmarcRecord,
  at: string,
  lookup: Lookup,
): Promise<DmarcReport['destinations']> {
  const uris = [...new Set([...record.rua, ...record.ruf])].slice(0, DESTINATION_LIMIT)
  const others = uris.flatMap(uri => {
    const domain = domainOfMailto(uri)
    return domain === null || domain === at ? [] : [{ uri, domain }]
  })
  // Nobody would wait for the walk.
  if (others.length === 0) return []
  const home = walkTree(at, lookup)
  const checked = await Promise.all(
    others.map(async ({ uri, domain }) => {
      const [here, there] = await Promise.all([home, walkTree(domain, lookup)])
      if (organizationalDomainOf(there) === organizationalDomainOf(here)) return []
      const found = selectTxt(await lookup(`${at}._report._dmarc.${domain}`, 'TXT'), isDmarc)
      return [{ uri, domain, authorized: found.kind === 'failed' ? null : found.kind !== 'none' }]
    }),
  )
  return checked.flat()
}

function domainOfMailto(uri: string): string | null {
  const domain = /^mailto:[^@?]*@([^@?]+)/i.exec(uri)?.[1]
  return domain === undefined ? null : normalizeName(domain)
}
