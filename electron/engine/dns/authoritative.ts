import { type Answer, recordsOf } from '#engine/dns/answer.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { RecordType } from '#engine/dns/record.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { DNS_PORT, type Server } from '#engine/dns/server.ts'
import type { Deadline } from '#engine/net/deadline.ts'

export type ZoneServers = {
  /** The nearest name above that has name servers. */
  readonly zone: string
  readonly hosts: readonly { readonly host: string; readonly addresses: readonly string[] }[]
}

/**
 * A resolver that asks the name servers of each zone themselves, past every cache: what is published already and not
 * visible yet. Which servers those are is asked of `via`, and so is what they refuse, such as the target of a CNAME in
 * another zone, and whether records are signed, which only a validating resolver says.
 *
 * @param port 53 except in tests
 */
export function createAuthoritativeResolver(via: Resolver, port = DNS_PORT): Resolver {
  const zones = new Map<string, Resolver>()
  return {
    label: 'authoritative',
    async lookup(name, type, deadline) {
      if (type === 'TLSA' || type === 'PTR') return via.lookup(name, type, deadline)
      const found = await findZoneServers(name, via, deadline)
      const servers = found === null ? [] : serversOf(found, port)
      if (found === null || servers.length === 0) return via.lookup(name, type, deadline)
      const resolver = zones.get(found.zone) ?? createResolver({ servers, cacheSize: 0 })
      zones.set(found.zone, resolver)
      const answer = await resolver.lookup(name, type, deadline)
      const elsewhere = answer.kind === 'failed' && (answer.code === 'REFUSED' || answer.code === 'SERVFAIL')
      return elsewhere ? via.lookup(name, type, deadline) : answer
    },
  }
}

/** One question to the name servers of its zone; see `createAuthoritativeResolver`. */
export function lookupAuthoritative<T extends RecordType>(
  name: string,
  type: T,
  via: Resolver,
  deadline: Deadline,
  port = DNS_PORT,
): Promise<Answer<T>> {
  return createAuthoritativeResolver(via, port).lookup(name, type, deadline)
}

/** The name servers of the zone that a name is in, as `via` knows them; null where nobody answered. */
export async function findZoneServers(name: string, via: Resolver, deadline: Deadline): Promise<ZoneServers | null> {
  const labels = (normalizeName(name) ?? '').split('.')
  // Labels with an underscore are never zones of their own, and asking for them only costs.
  const names = labels.map((_, i) => labels.slice(i).join('.')).filter(zone => !zone.startsWith('_') && zone !== '')
  // All at once; top-level domains, where hardly any search ends, are not asked about without need.
  const asked = names.map(zone => (zone.includes('.') ? via.lookup(zone, 'NS', deadline) : null))
  for (const [i, zone] of names.entries()) {
    const answer = (await asked[i]) ?? (await via.lookup(zone, 'NS', deadline))
    if (answer.kind === 'failed') return null
    const hosts =
      answer.kind === 'found' && answer.chain.length === 0 ? answer.records.map(({ data }) => data.target) : []
    if (hosts.length === 0) continue
    const found = await Promise.all(
      hosts.map(async host => ({ host, addresses: await addressesOf(host, via, deadline) })),
    )
    return { zone, hosts: found }
  }
  return null
}

async function addressesOf(host: string, via: Resolver, deadline: Deadline): Promise<readonly string[]> {
  const [v4, v6] = await Promise.all([via.lookup(host, 'A', deadline), via.lookup(host, 'AAAA', deadline)])
  return [...recordsOf(v4), ...recordsOf(v6)].map(({ data }) => data.address)
}

function serversOf({ hosts }: ZoneServers, port: number): readonly Server[] {
  return hosts.flatMap(({ addresses }) => addresses).map(host => ({ host, port }))
}
