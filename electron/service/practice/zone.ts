import { PRACTICE_DOMAIN, PRACTICE_HOST } from './names.ts'

export type ZoneRecord =
  | { readonly name: string; readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly name: string; readonly type: 'MX'; readonly priority: number; readonly exchange: string }
  | { readonly name: string; readonly type: 'TXT'; readonly text: string }
  | { readonly name: string; readonly type: 'NS' | 'PTR'; readonly target: string }
  | { readonly name: string; readonly type: 'SRV'; readonly port: number; readonly target: string }
  /** DANE-EE with the SHA-256 of a key, hex (RFC 7672 section 3.1.1). */
  | { readonly name: string; readonly type: 'TLSA'; readonly digest: string }

/** RFC 1035 section 4.1.1 and, for "exists, but not of this type", RFC 2308 section 2.2. */
export type ZoneAnswer =
  | { readonly kind: 'records'; readonly records: readonly ZoneRecord[] }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly zone: string }
  | { readonly kind: 'refused' }

const REVERSE_ZONE = '127.in-addr.arpa'
/** RFC 6761 section 6.2: nothing below it exists but what we make up, so the server may say so, as the root does. */
const TEST_ZONE = 'test'
const DNS_HOST = `ns.${PRACTICE_DOMAIN}`

/** What the practice DNS server knows while nothing is broken. */
export function practiceZone(ports: { readonly starttls: number; readonly tls: number }): readonly ZoneRecord[] {
  return [
    { name: PRACTICE_DOMAIN, type: 'NS', target: DNS_HOST },
    { name: DNS_HOST, type: 'A', address: '127.0.0.1' },
    { name: PRACTICE_DOMAIN, type: 'A', address: '127.0.0.1' },
    { name: PRACTICE_DOMAIN, type: 'MX', priority: 10, exchange: PRACTICE_HOST },
    { name: PRACTICE_HOST, type: 'A', address: '127.0.0.1' },
    { name: PRACTICE_DOMAIN, type: 'TXT', text: 'v=spf1 ip4:127.0.0.1 mx -all' },
    { name: `_dmarc.${PRACTICE_DOMAIN}`, type: 'TXT', text: `v=DMARC1; p=reject; rua=mailto:dmarc@${PRACTICE_DOMAIN}` },
    { name: `_smtp._tls.${PRACTICE_DOMAIN}`, type: 'TXT', text: `v=TLSRPTv1; rua=mailto:tls@${PRACTICE_DOMAIN}` },
    { name: `_submissions._tcp.${PRACTICE_DOMAIN}`, type: 'SRV', port: ports.tls, target: PRACTICE_HOST },
    { name: `_submission._tcp.${PRACTICE_DOMAIN}`, type: 'SRV', port: ports.starttls, target: PRACTICE_HOST },
    { name: `1.0.0.${REVERSE_ZONE}`, type: 'PTR', target: PRACTICE_HOST },
    { name: 'localhost', type: 'A', address: '127.0.0.1' },
  ]
}

/** @param name without the dot at the end; upper and lower case mean the same (RFC 4343) */
export function answerFrom(records: readonly ZoneRecord[], name: string, type: string): ZoneAnswer {
  const asked = name.toLowerCase()
  const zone = [PRACTICE_DOMAIN, REVERSE_ZONE, 'localhost', TEST_ZONE].find(
    zone => asked === zone || asked.endsWith(`.${zone}`),
  )
  if (zone === undefined) return { kind: 'refused' }
  const found = records.filter(record => record.name === asked && record.type === type)
  if (found.length > 0) return { kind: 'records', records: found }
  // RFC 8020 section 2: a name with something below it exists, though it may hold nothing itself.
  const exists = asked === zone || records.some(record => record.name === asked || record.name.endsWith(`.${asked}`))
  return { kind: exists ? 'nodata' : 'nxdomain', zone }
}
