import type { Answer } from '#engine/dns/answer.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { DnsRecord, Rdata, RecordType } from '#engine/dns/record.ts'
import type { Zone, ZoneRecord } from './zone-server.ts'

/** A zone as a table, asked in two ways. */
export type ZoneInMemory = {
  /** As our evaluators ask. */
  readonly lookup: Lookup
  /** As `dns.promises.resolve` answers, for other programs. */
  readonly resolve: (name: string, type: string) => Promise<string[][] | string[]>
}

export function zoneInMemory(zone: Zone): ZoneInMemory {
  const names = new Map(Object.entries(zone).map(([name, records]) => [name.toLowerCase(), records]))
  // A name that is only part of a longer one exists too.
  const existing = new Set(
    [...names.keys()].flatMap(name => name.split('.').map((_, i, labels) => labels.slice(i).join('.'))),
  )

  function find(
    name: string,
    type: string,
  ): { readonly records: readonly ZoneRecord[]; readonly chain: string[] } | null {
    const chain: string[] = []
    for (let at = name.toLowerCase().replace(/\.$/, ''); ;) {
      const here = names.get(at)
      if (!here) return existing.has(at) ? { records: [], chain } : null
      const wanted = here.filter(([kind]) => kind === type)
      const cname = here.find(([kind]) => kind === 'CNAME')
      if (wanted.length > 0 || cname?.[0] !== 'CNAME') return { records: wanted, chain }
      at = cname[1].toLowerCase()
      chain.push(at)
    }
  }

  function lookup<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
    const found = find(name, type)
    const told = { chain: found?.chain ?? [], authenticated: false, ttlSeconds: 300, server: 'memory' }
    if (found === null) return Promise.resolve({ kind: 'nxdomain', ...told })
    if (found.records.length === 0) return Promise.resolve({ kind: 'nodata', ...told })
    const at = found.chain.at(-1) ?? name.toLowerCase()
    // `find` gives only records of this type.
    const records = found.records.map(
      record => ({ type, name: at, ttlSeconds: 300, data: dataOf(record) }) as DnsRecord<T>,
    )
    return Promise.resolve({ kind: 'found', records, ...told })
  }

  async function resolve(name: string, type: string): Promise<string[][] | string[]> {
    const found = find(name, type)
    if (found === null || found.records.length === 0) {
      throw Object.assign(new Error(`${type} ${name}`), { code: found === null ? 'ENOTFOUND' : 'ENODATA' })
    }
    // The type that other programs declare leaves out what node:dns gives for MX.
    return found.records.map(asNodeAnswers) as string[][] | string[]
  }

  return { lookup, resolve }
}

function dataOf(record: ZoneRecord): Rdata[RecordType] {
  if (record[0] === 'A' || record[0] === 'AAAA') return { address: record[1] }
  if (record[0] === 'PTR') return { target: record[1] }
  if (record[0] === 'TXT') return { strings: stringsOf(record[1]) }
  if (record[0] === 'MX') return { preference: record[1][0], exchange: record[1][1] }
  throw new Error(`a zone in memory has no ${record[0]} records`)
}

function asNodeAnswers(record: ZoneRecord): unknown {
  if (record[0] === 'TXT') return stringsOf(record[1])
  return record[0] === 'MX' ? { priority: record[1][0], exchange: record[1][1] } : record[1]
}

function stringsOf(text: string | readonly string[]): readonly string[] {
  return typeof text === 'string' ? [text] : text
}
