import type { Rdata } from '#engine/dns/record.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { DaneReport } from '#shared/domain/report.ts'

/**
 * The TLSA records of a mail server (RFC 7672). Whether they are signed is what the resolver says.
 *
 * @param port 25 for an MX host
 */
export async function lookupDane(host: string, lookup: Lookup, port: number = 25): Promise<DaneReport> {
  const name = `_${port}._tcp.${host}`
  const unseen = { host, name, certificate: 'not-looked', wanted: null } as const
  const answer = await lookup(name, 'TLSA')
  if (answer.kind === 'failed') return { ...unseen, state: 'unknown', records: [] }
  if (answer.kind !== 'found') return { ...unseen, state: 'none', records: [] }
  const records = answer.records.map(({ data }) => printTlsa(data))
  if (!answer.authenticated) return { ...unseen, state: 'unsigned', records }
  return { ...unseen, state: answer.records.some(({ data }) => isUsable(data)) ? 'ok' : 'unusable', records }
}

export function printTlsa({ usage, selector, matchingType, data }: Rdata['TLSA']): string {
  return `${usage} ${selector} ${matchingType} ${data}`
}

/** RFC 7672 section 3.1: SMTP uses DANE-TA(2) and DANE-EE(3) only; a digest has its algorithm's length. */
function isUsable({ usage, selector, matchingType, data }: Rdata['TLSA']): boolean {
  const octets = data.length / 2
  const complete = matchingType === 0 ? octets > 0 : octets === (matchingType === 1 ? 32 : 64)
  return (usage === 2 || usage === 3) && selector <= 1 && matchingType <= 2 && complete
}
