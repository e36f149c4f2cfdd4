import { type Answer, type DnsFault, failedAnswer } from '#engine/dns/answer.ts'
import type { Message } from '#engine/dns/message.ts'
import type { DnsRecord, RecordType } from '#engine/dns/record.ts'

/** The reply answers the question, or it ends at a CNAME whose target has to be asked for. */
export type Judged<T extends RecordType> =
  | { readonly kind: 'answer'; readonly answer: Answer<T> }
  | {
      readonly kind: 'follow'
      readonly name: string
      readonly chain: readonly string[]
      readonly authenticated: boolean
      readonly ttlSeconds: number
    }

/** Longer than any chain that is meant; BIND gives up after 16 too. */
export const CHAIN_LIMIT = 16
/** RFC 2308 section 5: what may be remembered when the zone does not say. */
const NEGATIVE_TTL_SECONDS = 60

const FAULT_OF_RCODE: Readonly<Record<number, DnsFault>> = { 2: 'SERVFAIL', 5: 'REFUSED' }

/** @param name normalized */
export function judgeReply<T extends RecordType>(message: Message, name: string, type: T, server: string): Judged<T> {
  if (message.truncated) return failed('MALFORMED', 'truncated over TCP', server)
  if (message.rcode !== 0 && message.rcode !== 3) {
    return failed(FAULT_OF_RCODE[message.rcode] ?? 'UNSUPPORTED', `response code ${message.rcode}`, server)
  }
  const { chain, circular, ttlSeconds: chainTtl } = followChain(message.answers, name, type)
  if (circular) return failed('CNAME-LOOP', `${name} leads in a circle`, server)
  const last = chain.at(-1) ?? name
  const records = message.answers.filter(
    (record): record is DnsRecord<T> => record.type === type && record.name === last,
  )
  const told = { chain, authenticated: message.authenticated, server }
  if (records.length > 0) {
    const ttlSeconds = Math.min(chainTtl, ...records.map(record => record.ttlSeconds))
    return { kind: 'answer', answer: { kind: 'found', records, ...told, ttlSeconds } }
  }
  const soa = message.authority.find((record): record is DnsRecord<'SOA'> => record.type === 'SOA')
  const negativeTtl = soa ? Math.min(soa.ttlSeconds, soa.data.minimum) : NEGATIVE_TTL_SECONDS
  const ttlSeconds = Math.min(chainTtl, negativeTtl)
  // RFC 2308 section 2.1: with a CNAME, NXDOMAIN is about the last name of the chain.
  if (message.rcode === 3) return { kind: 'answer', answer: { kind: 'nxdomain', ...told, ttlSeconds } }
  // Without an SOA the server does not say that the target has nothing: an authoritative server stops where its zone ends.
  if (chain.length > 0 && !soa) {
    return { kind: 'follow', name: last, chain, authenticated: message.authenticated, ttlSeconds: chainTtl }
  }
  return { kind: 'answer', answer: { kind: 'nodata', ...told, ttlSeconds } }
}

function failed<T extends RecordType>(code: DnsFault, detail: string, server: string): Judged<T> {
  return { kind: 'answer', answer: failedAnswer(code, detail, server) }
}

function followChain(answers: readonly DnsRecord[], name: string, type: RecordType) {
  const chain: string[] = []
  let ttlSeconds = Infinity
  // Who asks for the CNAME itself gets it as the answer.
  if (type === 'CNAME') return { chain, circular: false, ttlSeconds }
  for (let at = name; ;) {
    const cname = answers.find((record): record is DnsRecord<'CNAME'> => record.type === 'CNAME' && record.name === at)
    if (!cname) return { chain, circular: false, ttlSeconds }
    at = cname.data.target.toLowerCase()
    if (at === name || chain.includes(at) || chain.length >= CHAIN_LIMIT) return { chain, circular: true, ttlSeconds }
    chain.push(at)
    ttlSeconds = Math.min(ttlSeconds, cname.ttlSeconds)
  }
}
