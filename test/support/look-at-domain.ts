import { onTestFinished } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { lookAtDomain } from '#engine/domain/look.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { DomainPart } from '#shared/domain/part.ts'
import { NO_PATH, senderPathOf } from '#shared/domain/sender-path.ts'
import { perfectZone } from './domains.ts'
import { startZoneServer, type Zone, type ZoneServer, type ZoneServerOptions } from './zone-server.ts'

export type More = {
  readonly ports?: { readonly dns?: number; readonly smtp?: number; readonly https?: number; readonly ca?: string }
  readonly host?: string
  readonly address?: string
  readonly ehlo?: string | null
  readonly include?: boolean
}

/** The perfect domain, with a version. */
export const ZONE: Zone = { ...perfectZone(), 'perfect.test': [...(perfectZone()['perfect.test'] ?? []), ['SOA', 7]] }

/** A zone on loopback whose answers are called signed, and a resolver without a memory. */
export async function serve(zone: Zone, options: ZoneServerOptions = {}) {
  const server = await startZoneServer(zone, { authenticated: true, ...options })
  onTestFinished(() => server.close())
  return { server, resolver: resolverAt(server) }
}

function resolverAt({ host, port }: ZoneServer): Resolver {
  return createResolver({ servers: [{ host, port }], cacheSize: 0 })
}

/** A whole look at it, as the page does. */
export async function look(
  resolver: Resolver,
  { ports = {}, host, include = false, address = '192.0.2.10', ehlo = null }: More = {},
) {
  const parts: DomainPart[] = []
  const looked = await lookAtDomain({
    domain: 'perfect.test',
    from: null,
    address: parseIp(address),
    ehlo,
    selectors: ['s1'],
    path: include ? senderPathOf({ provider: 'microsoft-365', host: host ?? '' }, 'perfect.test') : NO_PATH,
    signing: null,
    blocklists: false,
    authoritative: ports.dns === undefined ? null : { port: ports.dns },
    probe: ports.smtp === undefined ? null : { port: ports.smtp },
    resolver,
    deadline: new Deadline(15_000),
    fetchOptions: { port: ports.https ?? 1, ...(ports.ca === undefined ? {} : { ca: ports.ca }) },
    onPart: part => parts.push(part),
  })
  const ids = looked.findings.map(({ id }) => id)
  // No web server stands there unless a test needs one.
  return { ...looked, parts, ids: ports.https === undefined ? ids.filter(id => id !== 'domain-mta-sts-broken') : ids }
}
