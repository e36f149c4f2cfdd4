import { recordsOf } from '#engine/dns/answer.ts'
import { isWithin, normalizeName } from '#engine/dns/name.ts'
import type { DnsRecord } from '#engine/dns/record.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'

/** A submission server that a domain names in its DNS. */
export type SubmissionService = {
  /** `submissions`: TLS from the start (RFC 8314). `submission`: STARTTLS (RFC 6186). */
  readonly service: 'submissions' | 'submission'
  readonly host: string
  readonly port: number
  readonly priority: number
  readonly weight: number
  /** The host lies in the mail domain. If not, only a signed answer proves that the domain meant it (RFC 6186 section 6). */
  readonly inDomain: boolean
  /** The resolver says that the answer was signed. */
  readonly dnssec: boolean
}

/** More SRV or MX records than this are noise. */
const RECORD_LIMIT = 50

/** SRV records for mail submission, `submissions` first, then by priority and weight. The target `.` means "not offered here". */
export async function lookupSubmission(
  domain: string,
  resolver: Resolver,
  deadline: Deadline,
): Promise<readonly SubmissionService[]> {
  const services = ['submissions', 'submission'] as const
  const answers = await Promise.all(
    services.map(service => resolver.lookup(`_${service}._tcp.${domain}`, 'SRV', deadline)),
  )
  const parent = normalizeName(domain) ?? domain
  return answers.flatMap((answer, i) =>
    recordsOf(answer)
      .filter(({ data }) => data.target !== '.')
      .slice(0, RECORD_LIMIT)
      .toSorted(byPriority)
      .map(({ data }) => ({
        service: services[i] ?? 'submission',
        host: data.target.toLowerCase(),
        port: data.port,
        priority: data.priority,
        weight: data.weight,
        inDomain: isWithin(data.target.toLowerCase(), parent),
        dnssec: answer.kind === 'found' && answer.authenticated,
      })),
  )
}

export type MailExchanger = { readonly host: string; readonly preference: number }

/** The MX hosts in order of preference; none for a null MX (RFC 7505) or where nothing could be learnt. */
export async function lookupMx(
  domain: string,
  resolver: Resolver,
  deadline: Deadline,
): Promise<readonly MailExchanger[]> {
  return recordsOf(await resolver.lookup(domain, 'MX', deadline))
    .filter(({ data }) => data.exchange !== '.')
    .slice(0, RECORD_LIMIT)
    .map(({ data }) => ({ host: data.exchange.toLowerCase(), preference: data.preference }))
    .toSorted((one, other) => one.preference - other.preference)
}

function byPriority(one: DnsRecord<'SRV'>, other: DnsRecord<'SRV'>): number {
  return one.data.priority - other.data.priority || other.data.weight - one.data.weight
}
