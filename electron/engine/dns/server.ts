import { getServers } from 'node:dns'
import { isIP } from 'node:net'
import { Problem } from '#shared/problem.ts'

/** A resolver that is asked. The host is an address: a name would have to be looked up first. */
export type Server = { readonly host: string; readonly port: number }

export const DNS_PORT = 53

/**
 * `192.0.2.1`, `192.0.2.1:5353`, `::1`, `[::1]:5353`.
 * @throws Problem `bad-input` for anything else
 */
export function parseServer(text: string, field = 'dns'): Server {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  const plain = /^([^:[\]]+)(?::(\d{1,5}))?$/.exec(text)
  const [, host, port] = bracketed ?? (isIP(text) === 6 ? [text, text, undefined] : (plain ?? []))
  if (host === undefined || isIP(host) === 0 || (bracketed && isIP(host) !== 6)) {
    throw new Problem('bad-input', `"${text}" is not the address of a DNS server`, {
      field,
      remedy: 'Give an IP address, with a port if it is not 53: 192.0.2.1, 192.0.2.1:5353, [::1]:5353.',
    })
  }
  const number = port === undefined ? DNS_PORT : Number(port)
  if (number < 1 || number > 65535) {
    throw new Problem('bad-input', `${number} is not a port`, { field, remedy: 'Ports run from 1 to 65535.' })
  }
  return { host, port: number }
}

export function printServer(server: Server): string {
  return server.host.includes(':') ? `[${server.host}]:${server.port}` : `${server.host}:${server.port}`
}

/** The servers of the operating system's configuration, in its order. */
export function systemServers(): readonly Server[] {
  return getServers().map(text => parseServer(text))
}
