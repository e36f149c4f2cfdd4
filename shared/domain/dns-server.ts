import { ipFamilyOf, parseHostName } from '#shared/account/domain-name.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** Asked over UDP, and over TCP for what does not fit; with `tcp` over that alone. The host is an address. */
export type PlainServer = { readonly host: string; readonly port: number; readonly transport?: 'udp' | 'tcp' }

/** DNS over TLS (RFC 7858). The host is an address, or a name that the operating system is asked for. */
export type TlsServer = {
  readonly host: string
  readonly port: number
  readonly transport: 'tls'
  /** What the certificate must be for; null: the host. */
  readonly name: string | null
}

/** DNS over HTTPS (RFC 8484). */
export type HttpsServer = {
  readonly host: string
  readonly port: number
  readonly transport: 'https'
  readonly name: null
  /** `dns.example:8443`, as the URL has it. */
  readonly authority: string
  readonly path: string
}

export type EncryptedServer = TlsServer | HttpsServer

/** A resolver, or an authoritative server, that is asked. */
export type DnsServer = PlainServer | EncryptedServer

export const DNS_PORT = 53
/** RFC 7858 section 3.1. */
const TLS_PORT = 853
const HTTPS_PORT = 443
/** What public resolvers use, and what is meant where a URL has no path. */
const USUAL_PATH = '/dns-query'
const TEXT_LIMIT = 300

export type DnsServerFault = { readonly message: string; readonly remedy: string }

const REMEDY =
  'Give an address, with a port if it is not 53: 192.0.2.1, [::1]:5353, tcp://192.0.2.1. Encrypted: tls://192.0.2.1#dns.example, tls://dns.example:853, https://dns.example/dns-query.'

/**
 * `HOST[:PORT]`, `tcp://HOST[:PORT]`, `tls://HOST[:PORT][#NAME]` (the name that the certificate must be for) and
 * `https://HOST[:PORT]/PATH`. IPv6 addresses with a port stand in brackets.
 */
export function parseDnsServer(text: string): Result<DnsServer, DnsServerFault> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? null
  const rest = scheme === null ? text : text.slice(scheme.length + 3)
  if (text.length > TEXT_LIMIT) return notServer(text.slice(0, 40))
  switch (scheme) {
    case null:
    case 'udp':
      return parsePlain(text, rest, {})
    case 'tcp':
      return parsePlain(text, rest, { transport: 'tcp' })
    case 'tls':
      return parseTls(text, rest)
    case 'https':
      return parseHttps(text)
    default:
      return notServer(text)
  }
}

/** As `parseDnsServer` reads it. */
export function printDnsServer(server: DnsServer): string {
  const place = `${bracketed(server.host)}:${server.port}`
  if (server.transport === 'https') return `https://${server.authority}${server.path}`
  if (server.transport === 'tls') return `tls://${place}${server.name === null ? '' : `#${server.name}`}`
  return server.transport === 'tcp' ? `tcp://${place}` : place
}

function parsePlain(
  text: string,
  rest: string,
  way: { readonly transport?: 'tcp' },
): Result<DnsServer, DnsServerFault> {
  const place = splitPlace(rest, DNS_PORT)
  // The host is an address: a name would have to be looked up first.
  if (place === null || ipFamilyOf(place.host) === null) return notServer(text)
  return inRange(place.port) ? ok({ ...place, ...way }) : notPort(place.port)
}

function parseTls(text: string, rest: string): Result<DnsServer, DnsServerFault> {
  const [before = '', after, ...more] = rest.replace(/\/$/, '').split('#')
  const place = splitPlace(before, TLS_PORT)
  const host = place === null ? null : hostOf(place.host)
  const name = after === undefined ? null : hostOf(after)
  if (place === null || host === null || more.length > 0 || (after !== undefined && name === null))
    return notServer(text)
  return inRange(place.port) ? ok({ host, port: place.port, transport: 'tls', name }) : notPort(place.port)
}

function parseHttps(text: string): Result<DnsServer, DnsServerFault> {
  // RFC 8484 section 4.1: with POST the variable of the template stays empty.
  const url = URL.parse(text.replace(/\{\?dns\}$/, ''))
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return notServer(text)
  const host = hostOf(url.hostname.replace(/^\[|\]$/g, ''))
  if (host === null) return notServer(text)
  const port = url.port === '' ? HTTPS_PORT : Number(url.port)
  if (!inRange(port)) return notPort(port)
  const path = url.pathname === '/' && url.search === '' ? USUAL_PATH : `${url.pathname}${url.search}`
  return ok({ host, port, transport: 'https', name: null, authority: url.host, path })
}

function splitPlace(text: string, usualPort: number): { readonly host: string; readonly port: number } | null {
  const bare = ipFamilyOf(text) === 6 ? text : null
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = bare ?? inBrackets ?? plain
  if (host === undefined || (inBrackets !== undefined && ipFamilyOf(inBrackets) !== 6)) return null
  return { host, port: bare !== null || port === undefined ? usualPort : Number(port) }
}

function hostOf(text: string): string | null {
  if (ipFamilyOf(text) !== null) return text
  const name = parseHostName(text)
  // "1.2.3" and "0x7f.1" are neither addresses nor names that anybody has.
  return name.ok && !/(?:^|\.)(?:\d+|0x[\da-f]*)$/i.test(name.value.ascii) ? name.value.ascii : null
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function inRange(port: number): boolean {
  return port >= 1 && port <= 65535
}

function notServer(text: string): Result<never, DnsServerFault> {
  return err({ message: `"${text}" is not the address of a DNS server`, remedy: REMEDY })
}

function notPort(port: number): Result<never, DnsServerFault> {
  return err({ message: `${port} is not a port`, remedy: 'Ports run from 1 to 65535.' })
}
