import { recordsOf } from '#engine/dns/answer.ts'
import { type Ip, inPrefix, parseIp, printIp, reverseName } from '#engine/dns/ip.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { PtrReport } from '#shared/domain/report.ts'

/** More names than this on one address tell nothing more. */
const NAME_LIMIT = 20

/** The names of an address, and which of them lead back to it (RFC 8601 calls that `iprev`). */
export async function lookupPtr(ip: Ip, lookup: Lookup): Promise<Omit<PtrReport, 'said'>> {
  const reverse = reverseName(ip)
  const answer = await lookup(reverse, 'PTR')
  const names = recordsOf(answer)
    .slice(0, NAME_LIMIT)
    .map(record => record.data.target.toLowerCase())
  const confirmed = await Promise.all(
    names.map(async name => {
      const addresses = await lookup(name, ip.family === 4 ? 'A' : 'AAAA')
      return recordsOf(addresses).some(({ data }) => isSame(parseIp(data.address), ip))
    }),
  )
  return {
    address: printIp(ip),
    name: reverse,
    state: answer.kind === 'failed' ? 'unknown' : names.length === 0 ? 'none' : 'found',
    names,
    confirmedNames: names.filter((_, i) => confirmed[i]),
    confirmed: confirmed.includes(true),
    generic: names.length > 0 && names.every(name => looksGeneric(name, ip)),
  }
}

/** A provider's automatic name, which holds the address itself: receivers take it for a home connection. */
function looksGeneric(name: string, ip: Ip): boolean {
  const host = name.split('.').slice(0, -2).join('.')
  if (ip.family === 6) return /(?:[0-9a-f]+[-.]){6}/.test(host)
  const octets = [...ip.octets].map(String)
  const separated = (parts: readonly string[]) => new RegExp(`(?:^|[^0-9])0*${parts.join('[-._]0*')}(?:$|[^0-9])`)
  return separated(octets).test(host) || separated(octets.toReversed()).test(host)
}

function isSame(one: Ip | null, other: Ip): boolean {
  return one !== null && inPrefix(one, other, other.octets.length * 8)
}
