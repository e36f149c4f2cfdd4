import { recordsOf } from '#engine/dns/answer.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { CaaReport } from '#shared/domain/aside.ts'

/** The CAA records that count for a name: its own, else those of the nearest name above (RFC 8659 section 3). @param domain normalized */
export async function lookupCaa(domain: string, lookup: Lookup): Promise<CaaReport> {
  const labels = domain.split('.')
  const names = labels.map((_, i) => labels.slice(i).join('.'))
  const answers = await Promise.all(names.map(name => lookup(name, 'CAA')))
  for (const [i, answer] of answers.entries()) {
    // Without an answer here it is not known whether the records above count.
    if (answer.kind === 'failed') return { state: 'unknown', at: null, records: [] }
    const records = recordsOf(answer).map(({ data }) => data)
    if (records.length > 0) return { state: 'found', at: names[i] ?? domain, records }
  }
  return { state: 'none', at: null, records: [] }
}
