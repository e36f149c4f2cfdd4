import { Packet, type Resource } from 'dns2'

/** `TIMEOUT`: no reply to questions for types that are not listed. `RCODE`: that response code to every question. */
export type ZoneRecord =
  | readonly ['A' | 'AAAA' | 'CNAME' | 'PTR' | 'NS', string]
  | readonly ['TXT' | 'SPF', string | readonly string[]]
  | readonly ['MX', readonly [preference: number, exchange: string]]
  | readonly ['SRV', readonly [priority: number, weight: number, port: number, target: string]]
  | readonly ['TLSA', readonly [usage: number, selector: number, matchingType: number, hex: string]]
  /** With this serial number. */
  | readonly ['SOA', number]
  | readonly ['CAA', readonly [flags: number, tag: string, value: string]]
  | readonly ['TIMEOUT']
  | readonly ['RCODE', number]

/** As dns2 wants it. Text is octets as characters, so that a zone can hold what is not UTF-8. */
export function encodeRecord(name: string, record: ZoneRecord): Resource {
  // dns2's type asks for a method that its encoder does not use.
  return { name, class: 1, ttl: 300, ...dataOf(name, record) } as unknown as Resource
}

function dataOf(name: string, record: ZoneRecord): object {
  switch (record[0]) {
    case 'A':
    case 'AAAA':
      return { type: Packet.TYPE[record[0]], address: record[1] }
    case 'CNAME':
    case 'PTR':
      return { type: Packet.TYPE[record[0]], domain: record[1] }
    case 'NS':
      return { type: Packet.TYPE.NS, ns: record[1] }
    case 'TXT':
    case 'SPF':
      return { type: Packet.TYPE[record[0]], data: stringsOf(record[1]) }
    case 'MX':
      return { type: Packet.TYPE.MX, priority: record[1][0], exchange: record[1][1] }
    case 'SRV': {
      const [priority, weight, port, target] = record[1]
      return { type: Packet.TYPE.SRV, priority, weight, port, target }
    }
    case 'TLSA': {
      const [usage, selector, matchingType, hex] = record[1]
      return { type: 52, data: Buffer.concat([Buffer.of(usage, selector, matchingType), Buffer.from(hex, 'hex')]) }
    }
    case 'SOA': {
      const times = { refresh: 3600, retry: 600, expiration: 86_400, minimum: 60 }
      return { type: Packet.TYPE.SOA, primary: `ns.${name}`, admin: `admin.${name}`, serial: record[1], ...times }
    }
    case 'CAA': {
      const [flags, tag, value] = record[1]
      return { type: Packet.TYPE.CAA, flags, tag, value }
    }
    case 'TIMEOUT':
    case 'RCODE':
      throw new Error(`${record[0]} is no record`)
  }
}

/** A text over 255 octets is cut into strings, as every zone editor does. */
function stringsOf(text: string | readonly string[]): Buffer[] {
  const strings = typeof text === 'string' ? (text.match(/[^]{1,255}/g) ?? ['']) : text
  return strings.map(string => Buffer.from(string, 'latin1'))
}
