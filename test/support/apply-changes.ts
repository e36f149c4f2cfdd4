import type { DnsChange } from '#shared/fix/fix.ts'
import type { Zone, ZoneRecord } from './zone-server.ts'

/** The zone after a repair plan: what a person would do with it in the provider's DNS editor. */
export function applyChanges(zone: Zone, changes: readonly DnsChange[]): Zone {
  return changes.reduce(applyChange, zone)
}

function applyChange(zone: Zone, change: DnsChange): Zone {
  const records = zone[change.name] ?? []
  const old = change.action === 'replace' ? change.replaces : change.action === 'remove' ? change.value : null
  const kept = old === null ? records : withoutOne(records, change, old)
  const added = change.action === 'remove' ? [] : [recordOf(change)]
  return { ...zone, [change.name]: [...kept, ...added] }
}

function withoutOne(records: readonly ZoneRecord[], { name, type }: DnsChange, value: string): readonly ZoneRecord[] {
  const at = records.findIndex(record => record[0] === type && valueOf(record) === value)
  if (at < 0) throw new Error(`there is no ${type} record ${JSON.stringify(value)} at ${name}`)
  return records.toSpliced(at, 1)
}

function recordOf({ type, value }: DnsChange): ZoneRecord {
  if (type === 'TXT' || type === 'A' || type === 'AAAA' || type === 'PTR') return [type, value]
  const mx = type === 'MX' ? /^(\d+) (\S+)$/.exec(value) : null
  if (mx) return ['MX', [Number(mx[1]), mx[2] ?? '']]
  const tlsa = type === 'TLSA' ? /^(\d) (\d) (\d) ([0-9a-f]+)$/.exec(value) : null
  if (tlsa) return ['TLSA', [Number(tlsa[1]), Number(tlsa[2]), Number(tlsa[3]), tlsa[4] ?? '']]
  throw new Error(`the zone helper adds no ${type} records`)
}

function valueOf(record: ZoneRecord): unknown {
  if (record[0] === 'TXT' && typeof record[1] !== 'string') return record[1].join('')
  return record[0] === 'MX' || record[0] === 'TLSA' ? record[1].join(' ') : record[1]
}
