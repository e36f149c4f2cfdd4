import { z } from 'zod'

export const DmarcPolicy = z.enum(['none', 'quarantine', 'reject'])
export type DmarcPolicy = z.infer<typeof DmarcPolicy>

/** A DMARC record, tag by tag, defaults filled in (RFC 9989 section 4.7). */
export const DmarcRecord = z.object({
  text: z.string(),
  /** null where the tag is missing or has no valid value. */
  p: DmarcPolicy.nullable(),
  sp: DmarcPolicy.nullable(),
  np: DmarcPolicy.nullable(),
  adkim: z.enum(['r', 's']),
  aspf: z.enum(['r', 's']),
  psd: z.enum(['y', 'n', 'u']),
  testing: z.boolean(),
  rua: z.array(z.string()),
  ruf: z.array(z.string()),
  /** One of p, sp and np is there and has no valid value. */
  policyFault: z.boolean(),
  /** Tags of RFC 7489 that have no meaning any more. */
  obsolete: z.array(z.string()),
  unknown: z.array(z.string()),
  faults: z.array(z.string()),
})
export type DmarcRecord = z.infer<typeof DmarcRecord>

/** What receivers find for a From domain. */
export const DmarcReport = z.object({
  state: z.enum(['one', 'none', 'several', 'unknown']),
  /** The record that applies, or the texts of several joined by line feeds; null where there is none. */
  record: z.string().nullable(),
  /** The domain whose record applies, without `_dmarc`. */
  at: z.string().nullable(),
  organizationalDomain: z.string().nullable(),
  /** What receivers are asked to do with mail that fails, after sp, np, t and the rules for faults; null: DMARC does not apply. */
  policy: DmarcPolicy.nullable(),
  tags: DmarcRecord.nullable(),
  /** The names that were asked, in order: the tree walk. */
  asked: z.array(z.string()),
  /** Report addresses at other domains, and whether these agreed (RFC 9990). */
  destinations: z.array(z.object({ uri: z.string(), domain: z.string(), authorized: z.boolean().nullable() })),
})
export type DmarcReport = z.infer<typeof DmarcReport>
