/** What a record of each type holds. Names are in presentation form, without the final dot; the root is `.`. */
export type Rdata = {
  readonly A: { readonly address: string }
  readonly AAAA: { readonly address: string }
  readonly CNAME: { readonly target: string }
  readonly NS: { readonly target: string }
  readonly PTR: { readonly target: string }
  readonly MX: { readonly preference: number; readonly exchange: string }
  /** Octets as characters U+0000 to U+00FF, so that nothing is lost: DNS does not say what character set a TXT string has. */
  readonly TXT: { readonly strings: readonly string[] }
  /** The obsolete type 99 (RFC 7208 section 3.1): looked for only to say that it is a leftover. */
  readonly SPF: { readonly strings: readonly string[] }
  readonly SRV: { readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  readonly SOA: {
    readonly primary: string
    readonly mailbox: string
    readonly serial: number
    readonly minimum: number
  }
  /** RFC 6698 section 2.1; the data in lower-case hex. */
  readonly TLSA: {
    readonly usage: number
    readonly selector: number
    readonly matchingType: number
    readonly data: string
  }
  readonly DS: {
    readonly keyTag: number
    readonly algorithm: number
    readonly digestType: number
    readonly digest: string
  }
  readonly CAA: { readonly flags: number; readonly tag: string; readonly value: string }
}

export type RecordType = keyof Rdata

export type DnsRecord<T extends RecordType = RecordType> = {
  readonly type: T
  /** Lower case, so that names compare with `===` (RFC 4343). */
  readonly name: string
  readonly ttlSeconds: number
  readonly data: Rdata[T]
}

/** The numbers of the IANA registry "Resource Record (RR) TYPEs". */
export const TYPE_NUMBER: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DS: 43,
  TLSA: 52,
  SPF: 99,
  CAA: 257,
}

/** One value of a TXT record: its strings joined without anything between them (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2). */
export function textOf(record: DnsRecord<'TXT' | 'SPF'>): string {
  return record.data.strings.join('')
}
