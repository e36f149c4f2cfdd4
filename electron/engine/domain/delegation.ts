import { findZoneServers } from '#engine/dns/authoritative.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { DNS_PORT } from '#engine/dns/server.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DelegationReport, NameServerReport } from '#shared/domain/aside.ts'

/** A name server that needs longer is of no use to anybody. */
const SERVER_MS = 6_000

/**
 * Asks each name server of the domain's zone for the zone itself: one that refuses or fails is lame, and resolvers that
 * meet it get no answer.
 *
 * @param domain normalized @param port 53 except in tests
 */
export async function lookupDelegation(
  domain: string,
  via: Resolver,
  deadline: Deadline,
  port = DNS_PORT,
): Promise<DelegationReport> {
  const found = await findZoneServers(domain, via, deadline)
  if (found === null) return { zone: domain, servers: [] }
  const servers = await Promise.all(
    found.hosts.flatMap(({ host, addresses }): readonly Promise<NameServerReport>[] => {
      const nowhere: NameServerReport = { host, address: null, state: 'no-address', detail: null, serial: null }
      if (addresses.length === 0) return [Promise.resolve(nowhere)]
      return addresses.map(address => askServer(found.zone, host, address, port, deadline))
    }),
  )
  return { zone: found.zone, servers }
}

async function askServer(
  zone: string,
  host: string,
  address: string,
  port: number,
  deadline: Deadline,
): Promise<NameServerReport> {
  const resolver = createResolver({ servers: [{ host: address, port }], cacheSize: 0 })
  const answer = await resolver.lookup(zone, 'SOA', deadline.within(SERVER_MS))
  const seen = { host, address, detail: null, serial: null }
  if (answer.kind === 'found') return { ...seen, state: 'ok', serial: answer.records[0]?.data.serial ?? null }
  // A zone has a SOA record by definition (RFC 1035 section 3.3.13): a server without it does not hold the zone.
  if (answer.kind !== 'failed') return { ...seen, state: 'lame', detail: 'it does not hold the zone' }
  const silent = answer.code === 'TIMEOUT' || answer.code === 'UNREACHABLE' || answer.code === 'STOPPED'
  return { ...seen, state: silent ? 'silent' : 'lame', detail: answer.code }
}
