import { getServers } from 'node:dns'
import { type DnsServer, parseDnsServer, printDnsServer } from '#shared/domain/dns-server.ts'
import { Problem } from '#shared/problem.ts'

export { DNS_PORT } from '#shared/domain/dns-server.ts'

/** A resolver or an authoritative server that is asked. */
export type Server = DnsServer

/**
 * `192.0.2.1`, `[::1]:5353`, `tcp://192.0.2.1`, `tls://192.0.2.1#dns.example`, `https://dns.example/dns-query`.
 * @throws Problem `bad-input` for anything else
 */
export function parseServer(text: string, field = 'dns'): Server {
  const parsed = parseDnsServer(text)
  if (parsed.ok) return parsed.value
  throw new Problem('bad-input', parsed.error.message, { field, remedy: parsed.error.remedy })
}

export function printServer(server: Server): string {
  return printDnsServer(server)
}

/** The servers of the operating system's configuration, in its order. */
export function systemServers(): readonly Server[] {
  return getServers().map(text => parseServer(text))
}
