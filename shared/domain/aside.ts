import { z } from 'zod'

/*
 * What is looked at beside the report that `mailwright domain` prints: who may make certificates, what the resolver could
 * not tell and whether it tells the truth, what the name servers of the domain say, what the provider asks for.
 */

export const CaaReport = z.object({
  state: z.enum(['found', 'none', 'unknown']),
  /** The name whose records count: they are inherited from above (RFC 8659 section 3). */
  at: z.string().nullable(),
  records: z.array(z.object({ flags: z.int(), tag: z.string(), value: z.string() })),
})
export type CaaReport = z.infer<typeof CaaReport>

/** A question that nobody answered. */
export const DnsTrouble = z.object({
  name: z.string(),
  type: z.string(),
  /** `SERVFAIL`, `TIMEOUT`, `TRUNCATED` … */
  code: z.string(),
  detail: z.string().nullable(),
  server: z.string().nullable(),
})
export type DnsTrouble = z.infer<typeof DnsTrouble>

/** One name server that the delegation names, asked itself. */
export const NameServerReport = z.object({
  host: z.string(),
  address: z.string().nullable(),
  /** `lame`: it answers, and does not know the zone. */
  state: z.enum(['ok', 'lame', 'silent', 'no-address']),
  detail: z.string().nullable(),
  serial: z.number().nullable(),
})
export type NameServerReport = z.infer<typeof NameServerReport>

export const DelegationReport = z.object({ zone: z.string(), servers: z.array(NameServerReport) })
export type DelegationReport = z.infer<typeof DelegationReport>

/** What the provider of an account wants to stand in the SPF record, and what it would cost there. */
export const ProviderInclude = z.object({
  provider: z.string(),
  /** `_spf.example.com` */
  include: z.string(),
  /** Lookups behind the include, without the one for itself; null where it could not be seen. */
  lookups: z.int().nullable(),
})
export type ProviderInclude = z.infer<typeof ProviderInclude>

export type DomainAside = {
  /** null: not looked at. */
  readonly caa: CaaReport | null
  readonly trouble: readonly DnsTrouble[]
  /** Addresses that the resolver gave for a name that cannot exist; null where it did not, or was not asked. */
  readonly invented: readonly string[] | null
  readonly delegation: DelegationReport | null
  readonly include: ProviderInclude | null
}

export const NO_ASIDE: DomainAside = { caa: null, trouble: [], invented: null, delegation: null, include: null }
