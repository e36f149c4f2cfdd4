import type { DnsRecord, RecordType } from '#engine/dns/record.ts'

/** Why no answer could be had, as opposed to an answer that says "there is nothing". */
export type DnsFault =
  | 'SERVFAIL'
  | 'REFUSED'
  | 'TIMEOUT'
  | 'MALFORMED'
  /** No route to the server, or nothing listens there. */
  | 'UNREACHABLE'
  /** Asked over TLS or HTTPS, it shows a certificate that is not accepted, so nothing was asked. */
  | 'UNTRUSTED'
  /** The answer is too large for UDP, and the server does not serve it over TCP (RFC 7766 section 5 says that it must). */
  | 'TRUNCATED'
  /** The server does not know this kind of question (FORMERR, NOTIMP and codes that have no name here). */
  | 'UNSUPPORTED'
  /** The CNAMEs run in a circle or the chain is longer than anybody follows. */
  | 'CNAME-LOOP'
  /** Not a name that DNS can hold, so nothing was asked: an empty label, a label over 63 octets, over 255 in all. */
  | 'BAD-NAME'
  /** The caller stopped. */
  | 'STOPPED'

type Told = {
  /** The CNAMEs that were followed, in order: the last is the name that has the records, or has none. */
  readonly chain: readonly string[]
  /** The AD bit: the resolver says that it has checked the signatures. Worth what the way to the resolver is worth. */
  readonly authenticated: boolean
  readonly ttlSeconds: number
  /** `HOST:PORT` */
  readonly server: string
}

export type Answer<T extends RecordType = RecordType> =
  | ({ readonly kind: 'found'; readonly records: readonly DnsRecord<T>[] } & Told)
  /** The name does not exist. */
  | ({ readonly kind: 'nxdomain' } & Told)
  /** The name exists and has no record of this type. */
  | ({ readonly kind: 'nodata' } & Told)
  | { readonly kind: 'failed'; readonly code: DnsFault; readonly detail: string | null; readonly server: string | null }

/** The records of an answer; none where there are none or where nothing could be learnt: look at `kind` first where that matters. */
export function recordsOf<T extends RecordType>(answer: Answer<T>): readonly DnsRecord<T>[] {
  return answer.kind === 'found' ? answer.records : []
}

export function failedAnswer(code: DnsFault, detail: string | null, server: string | null) {
  return { kind: 'failed', code, detail, server } as const
}
