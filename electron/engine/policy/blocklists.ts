import { recordsOf } from '#engine/dns/answer.ts'
import { type Ip, printIp, reverseLabels } from '#engine/dns/ip.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { BlocklistReport } from '#shared/domain/report.ts'

/** Few, kept well, and with a page where a listing can be read and ended. Asked only when a person wants it: each question tells the list who asks. */
const ADDRESS_LISTS = [
  { list: 'zen.spamhaus.org', url: 'https://check.spamhaus.org/' },
  { list: 'bl.spamcop.net', url: 'https://www.spamcop.net/bl.shtml' },
  { list: 'psbl.surriel.com', url: 'https://psbl.org/' },
] as const
const DOMAIN_LISTS = [{ list: 'dbl.spamhaus.org', url: 'https://check.spamhaus.org/' }] as const

/** RFC 5782: an address of 127.0.0.0/8 is a listing. @param domain normalized */
export function lookupBlocklists(domain: string, ip: Ip | null, lookup: Lookup): Promise<BlocklistReport[]> {
  const questions = [
    ...(ip === null
      ? []
      : ADDRESS_LISTS.map(entry => ({ ...entry, subject: printIp(ip), name: `${reverseLabels(ip)}.${entry.list}` }))),
    ...DOMAIN_LISTS.map(entry => ({ ...entry, subject: domain, name: `${domain}.${entry.list}` })),
  ]
  return Promise.all(
    questions.map(async ({ list, url, subject, name }) => {
      const answer = await lookup(name, 'A')
      const codes = recordsOf(answer).map(({ data }) => data.address)
      return { list, url, subject, codes, state: answer.kind === 'failed' ? 'cannot-tell' : judgeCodes(codes) }
    }),
  )
}

/**
 * 127.255.255.x means that the list does not serve this resolver (Spamhaus does so for public ones), and an address
 * outside 127.0.0.0/8 comes from a resolver that invents answers: neither is a listing.
 */
function judgeCodes(codes: readonly string[]): BlocklistReport['state'] {
  if (codes.length === 0) return 'not-listed'
  const telling = codes.filter(code => code.startsWith('127.') && !code.startsWith('127.255.255.'))
  return telling.length > 0 ? 'listed' : 'cannot-tell'
}
