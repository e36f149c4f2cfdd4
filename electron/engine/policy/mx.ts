import { recordsOf } from '#engine/dns/answer.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { MxReport } from '#shared/domain/report.ts'

/** More hosts than this are not looked at one by one. */
const HOST_LIMIT = 20

type Host = MxReport['hosts'][number]
type Named = Pick<Host, 'host' | 'preference'>

/** Who takes mail for the domain. @param domain normalized */
export async function lookupMxReport(domain: string, lookup: Lookup): Promise<MxReport> {
  const { state, hosts } = await lookupMxHosts(domain, lookup)
  return { state, hosts: await Promise.all(hosts.map(mx => lookupHost(mx, lookup))) }
}

/** As `lookupMxReport`, the names alone. */
export async function lookupMxHosts(
  domain: string,
  lookup: Lookup,
): Promise<{ readonly state: MxReport['state']; readonly hosts: readonly Named[] }> {
  const answer = await lookup(domain, 'MX')
  if (answer.kind === 'failed') return { state: 'unknown', hosts: [] }
  if (answer.kind === 'nxdomain') return { state: 'no-domain', hosts: [] }
  const records = recordsOf(answer)
  if (records.length === 0) return { state: 'none', hosts: [] }
  // RFC 7505 section 3: one record, preference 0, the root as its host.
  if (records.every(({ data }) => data.exchange === '.')) return { state: 'null-mx', hosts: [] }
  const inOrder = records
    .map(({ data }) => ({ host: data.exchange.toLowerCase(), preference: data.preference }))
    .toSorted((one, other) => one.preference - other.preference)
  return { state: 'found', hosts: inOrder.slice(0, HOST_LIMIT) }
}

async function lookupHost(mx: Named, lookup: Lookup): Promise<Host> {
  const [v4, v6] = await Promise.all([lookup(mx.host, 'A'), lookup(mx.host, 'AAAA')])
  const addresses = [...recordsOf(v6), ...recordsOf(v4)].map(({ data }) => data.address)
  const aliasOf = [v4, v6].flatMap(answer => (answer.kind === 'failed' ? [] : answer.chain)).at(-1) ?? null
  const failed = v4.kind === 'failed' || v6.kind === 'failed'
  const found = { ...mx, addresses, aliasOf }
  if (aliasOf !== null) return { ...found, state: 'alias' }
  if (addresses.length > 0) return { ...found, state: 'ok' }
  return { ...found, state: failed ? 'unknown' : 'no-address' }
}
