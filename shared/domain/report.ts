import { z } from 'zod'
import { CaaReport } from '#shared/domain/aside.ts'
import { DmarcReport } from '#shared/domain/dmarc.ts'
import { SaidName } from '#shared/domain/said-name.ts'
import { SpfReport } from '#shared/domain/spf.ts'
import { Finding } from '#shared/finding/finding.ts'
import { DnsChange } from '#shared/fix/fix.ts'

/*
 * What `mailwright domain` prints and the domain page shows. Texts from the DNS are escaped before they stand here.
 * `unknown` always means that nobody answered: it is never a fault of the domain.
 */

export const MxReport = z.object({
  /** `null-mx`: the domain says that it takes no mail (RFC 7505). `none`: mail goes to its A and AAAA records. */
  state: z.enum(['found', 'null-mx', 'none', 'no-domain', 'unknown']),
  hosts: z.array(
    z.object({
      host: z.string(),
      preference: z.int(),
      addresses: z.array(z.string()),
      /** What an MX must not be: an alias (RFC 2181 section 10.3), a name without an address. */
      state: z.enum(['ok', 'alias', 'no-address', 'unknown']),
      /** The host that the alias stands for. */
      aliasOf: z.string().nullable(),
    }),
  ),
})
export type MxReport = z.infer<typeof MxReport>

export const DkimKeyReport = z.object({
  selector: z.string(),
  /** `SELECTOR._domainkey.DOMAIN` */
  name: z.string(),
  state: z.enum(['ok', 'weak', 'revoked', 'malformed', 'several', 'missing', 'unknown']),
  keyType: z.enum(['rsa', 'ed25519']).nullable(),
  bits: z.int().nullable(),
  /** `t=y`: receivers treat a bad signature as none. */
  testing: z.boolean(),
  /** The CNAMEs that led to the key: it is kept by a provider. */
  delegatedTo: z.string().nullable(),
  record: z.string().nullable(),
  /** Why it is not `ok`. */
  detail: z.string().nullable(),
})
export type DkimKeyReport = z.infer<typeof DkimKeyReport>

export const PtrReport = z.object({
  address: z.string(),
  /** `10.2.0.192.in-addr.arpa`: where the PTR record stands. */
  name: z.string(),
  state: z.enum(['found', 'none', 'unknown']),
  names: z.array(z.string()),
  /** Those whose own address is this one. */
  confirmedNames: z.array(z.string()),
  confirmed: z.boolean(),
  /** The names look made from the address by a provider. */
  generic: z.boolean(),
  /** What the server at the address calls itself, where that is known. */
  said: z.array(SaidName),
})
export type PtrReport = z.infer<typeof PtrReport>

export const MtaStsReport = z.object({
  state: z.enum(['ok', 'none', 'several', 'malformed', 'no-policy', 'bad-policy', 'unknown']),
  record: z.string().nullable(),
  id: z.string().nullable(),
  mode: z.enum(['enforce', 'testing', 'none']).nullable(),
  /** Patterns of the policy. */
  mx: z.array(z.string()),
  maxAgeSeconds: z.int().nullable(),
  /** MX hosts that no pattern covers. */
  uncovered: z.array(z.string()),
  detail: z.string().nullable(),
})
export type MtaStsReport = z.infer<typeof MtaStsReport>

export const TxtReport = z.object({
  state: z.enum(['ok', 'none', 'several', 'malformed', 'unknown']),
  record: z.string().nullable(),
  detail: z.string().nullable(),
})
export type TxtReport = z.infer<typeof TxtReport>

export const DaneReport = z.object({
  host: z.string(),
  name: z.string(),
  /** `unsigned`: there are records, but the resolver does not say that they are signed, so nobody uses them. */
  state: z.enum(['ok', 'none', 'unsigned', 'unusable', 'unknown']),
  /** `3 1 1 0a1b…` */
  records: z.array(z.string()),
  /** Whether the certificate that the host shows on port 25 is one of them; `not-looked` unless that was asked for. */
  certificate: z.enum(['matches', 'mismatch', 'unreachable', 'not-looked']),
  /** The record that its certificate would need, DANE-EE with the digest of its key; null where no certificate was seen. */
  wanted: z.string().nullable(),
})
export type DaneReport = z.infer<typeof DaneReport>

export const BlocklistReport = z.object({
  list: z.string(),
  /** The address or the domain that was asked for. */
  subject: z.string(),
  /** `cannot-tell`: the list refuses this resolver. */
  state: z.enum(['listed', 'not-listed', 'cannot-tell']),
  codes: z.array(z.string()),
  url: z.string(),
})
export type BlocklistReport = z.infer<typeof BlocklistReport>

export const DomainReport = z.object({
  domain: z.string(),
  mx: MxReport,
  spf: SpfReport,
  dmarc: DmarcReport,
  dkim: z.array(DkimKeyReport),
  /** null where no sending address was given. */
  ptr: PtrReport.nullable(),
  mtaSts: MtaStsReport,
  tlsRpt: TxtReport,
  dane: z.array(DaneReport),
  bimi: TxtReport,
  /** null unless asked for. */
  blocklists: z.array(BlocklistReport).nullable(),
  /** Who may make certificates for it; null where that was not looked at. */
  caa: CaaReport.nullable(),
  findings: z.array(Finding),
  changes: z.array(DnsChange),
})
export type DomainReport = z.infer<typeof DomainReport>

/** What was observed, before it is judged. */
export type DomainFacts = Omit<DomainReport, 'caa' | 'findings' | 'changes'>
