import { isIPv4, isIPv6 } from 'node:net'

/** An IP address as its 4 or 16 octets. */
export type Ip = { readonly family: 4 | 6; readonly octets: Uint8Array }

/** Null for anything that is not an address; a zone index (`fe80::1%eth0`) is none either. */
export function parseIp(text: string): Ip | null {
  if (isIPv4(text)) return { family: 4, octets: Uint8Array.from(text.split('.'), Number) }
  if (!isIPv6(text) || text.includes('%')) return null
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const last = dotted?.[2]?.split('.').map(Number)
  const plain =
    dotted && last ? `${dotted[1]}${hexPair(last[0] ?? 0, last[1] ?? 0)}:${hexPair(last[2] ?? 0, last[3] ?? 0)}` : text
  const [head = '', tail] = plain.split('::')
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  const groups = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
  return { family: 6, octets: Uint8Array.from(groups.flatMap(group => [group >> 8, group & 0xff])) }
}

/** An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) as the IPv4 address that it stands for. */
export function unmapIp(ip: Ip): Ip {
  const mapped =
    ip.family === 6 &&
    ip.octets.subarray(0, 10).every(octet => octet === 0) &&
    ip.octets[10] === 0xff &&
    ip.octets[11] === 0xff
  return mapped ? { family: 4, octets: ip.octets.slice(12) } : ip
}

/** RFC 5952 for IPv6: lower case, the longest run of zero groups (of at least two) as `::`. */
export function printIp(ip: Ip): string {
  if (ip.family === 4) return ip.octets.join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((ip.octets[2 * i] ?? 0) << 8) | (ip.octets[2 * i + 1] ?? 0))
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const hex = (part: readonly number[]) => part.map(group => group.toString(16)).join(':')
  return best.at < 0 ? hex(groups) : `${hex(groups.slice(0, best.at))}::${hex(groups.slice(best.at + best.length))}`
}

/** Whether the first `prefixBits` bits are the same. Never across families. */
export function inPrefix(ip: Ip, network: Ip, prefixBits: number): boolean {
  if (ip.family !== network.family) return false
  for (let bit = 0; bit < prefixBits; bit += 8) {
    const mask = prefixBits - bit >= 8 ? 0xff : (0xff << (8 - (prefixBits - bit))) & 0xff
    if (((ip.octets[bit / 8] ?? 0) & mask) !== ((network.octets[bit / 8] ?? 0) & mask)) return false
  }
  return true
}

/** `1.2.0.192` or the 32 nibbles: the address backwards, as it stands in `in-addr.arpa`, `ip6.arpa` and blocklists. */
export function reverseLabels(ip: Ip): string {
  const parts = ip.family === 4 ? [...ip.octets].map(String) : nibblesOf(ip)
  return parts.toReversed().join('.')
}

/** The name that has the PTR records of an address (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(ip: Ip): string {
  return `${reverseLabels(ip)}.${ip.family === 4 ? 'in-addr.arpa' : 'ip6.arpa'}`
}

export function nibblesOf(ip: Ip): readonly string[] {
  return [...ip.octets].flatMap(octet => [(octet >> 4).toString(16), (octet & 15).toString(16)])
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16))
}

function hexPair(high: number, low: number): string {
  return ((high << 8) | low).toString(16)
}

/** Networks inside somebody's own walls: an address there says nothing to anybody outside. */
const PRIVATE: readonly (readonly [network: string, prefix: number])[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
]

/** Whether it is of use only inside a network or a machine. */
export function isPrivate(ip: Ip): boolean {
  return PRIVATE.some(([network, prefix]) => {
    const parsed = parseIp(network)
    return parsed !== null && inPrefix(ip, parsed, prefix)
  })
}
