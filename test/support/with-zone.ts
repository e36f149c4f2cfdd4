import { onTestFinished } from 'vitest'
import { createResolver, type Resolver, type ResolverOptions } from '#engine/dns/resolver.ts'
import { startZoneServer, type Zone, type ZoneServer, type ZoneServerOptions } from './zone-server.ts'

/** A zone that is published for this test and a resolver that asks it. */
export async function withZone(
  zone: Zone,
  options: ZoneServerOptions & Omit<ResolverOptions, 'servers'> & { readonly transport?: 'udp' | 'tcp' } = {},
): Promise<{ readonly server: ZoneServer; readonly resolver: Resolver }> {
  const server = await startZoneServer(zone, options)
  onTestFinished(() => server.close())
  const { host, port } = server
  return {
    server,
    resolver: createResolver({ ...options, servers: [{ host, port, transport: options.transport ?? 'udp' }] }),
  }
}
