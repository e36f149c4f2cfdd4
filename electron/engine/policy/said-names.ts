import { recordsOf } from '#engine/dns/answer.ts'
import { type Ip, inPrefix, parseIp, printIp } from '#engine/dns/ip.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookAtServer } from '#engine/smtp/look.ts'
import { nameInReply } from '#shared/domain/said-faults.ts'
import type { SaidName } from '#shared/domain/said-name.ts'

/** A server that does not greet within this time is not asked further. */
const GREETING_MS = 15_000

export type Probe = { readonly port: number; readonly resolver: Resolver; readonly deadline: Deadline }

/**
 * The names that the server at an address gives itself, and whether they lead to it.
 *
 * @param ehlo what it says when it sends, where that is known @param probe connects to it to learn the others; null: nobody connects
 */
export async function lookupSaidNames(
  ip: Ip,
  ehlo: string | null,
  probe: Probe | null,
  lookup: Lookup,
): Promise<SaidName[]> {
  const greeted = probe === null ? [] : await probeNames(ip, probe)
  return Promise.all([
    ...(ehlo === null ? [] : [lookupSaidName('ehlo', ehlo, ip, lookup)]),
    ...greeted.map(name => lookupSaidName('greeting', name, ip, lookup)),
  ])
}

async function lookupSaidName(where: SaidName['where'], name: string, ip: Ip, lookup: Lookup): Promise<SaidName> {
  const host = hostOf(name)
  if (host === null) return { where, name, state: 'not-a-name', addresses: [] }
  const answer = await lookup(host, ip.family === 4 ? 'A' : 'AAAA')
  if (answer.kind === 'failed') return { where, name, state: 'unknown', addresses: [] }
  const addresses = recordsOf(answer).map(({ data }) => data.address)
  const leads = addresses.some(address => {
    const found = parseIp(address)
    return found !== null && inPrefix(found, ip, ip.octets.length * 8)
  })
  return { where, name, state: leads ? 'ok' : addresses.length === 0 ? 'no-address' : 'elsewhere', addresses }
}

/** Connects, reads the greeting, says EHLO and leaves: no mail is sent. */
async function probeNames(ip: Ip, probe: Probe): Promise<readonly string[]> {
  const { connect, encrypt } = await lookAtServer(
    { host: printIp(ip), port: probe.port, security: 'none' },
    { deadline: probe.deadline.within(GREETING_MS), resolver: probe.resolver, now: () => new Date() },
  )
  const greeting = connect?.kind === 'connected' && connect.greeting?.kind === 'ready' ? connect.greeting.reply : null
  const reply = encrypt?.kind === 'plain' ? encrypt.capabilities.lines[0]?.slice('250-'.length) : undefined
  const names = [nameInReply(greeting?.text[0]), nameInReply(reply)].filter(name => name !== null)
  return [...new Map(names.map(name => [name.toLowerCase(), name])).values()]
}

/** Null for what is no full host name: receivers have nothing to look up. */
function hostOf(name: string): string | null {
  const host = normalizeName(name)
  if (host === null || parseIp(host) !== null || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)) return null
  return host === 'localhost.localdomain' ? null : host
}
