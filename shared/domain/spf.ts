import { z } from 'zod'

/** RFC 7208 section 2.6. */
export const SpfResult = z.enum(['none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror'])
export type SpfResult = z.infer<typeof SpfResult>

/** One term of a record as `check_host` saw it; `children` are the terms of the record that it leads to. */
export const SpfTrace = z.object({
  /** As it stands in the record: `~include:_spf.example.com`. */
  term: z.string(),
  /** `include`, `a`, `redirect` … */
  mechanism: z.string(),
  /** The domain that was asked, macros expanded; null where the term asks nothing. */
  domain: z.string().nullable(),
  /** null: not evaluated, because an earlier term decided. */
  matched: z.boolean().nullable(),
  /** How many of the ten lookups it cost, with everything below it (RFC 7208 section 4.6.4). */
  lookups: z.int(),
  /** How many of these found nothing, with everything below it. */
  voidLookups: z.int(),
  /** Why it did or did not match, in plain words. */
  detail: z.string(),
  /** The record that an include or a redirect found. */
  record: z.string().nullable(),
  get children() {
    return z.array(SpfTrace)
  },
})
export type SpfTrace = z.infer<typeof SpfTrace>

export const SpfVerdict = z.object({
  result: SpfResult,
  /** The expanded `exp=` text, on `fail` only. */
  explanation: z.string().nullable(),
  /** The domain that was checked. */
  domain: z.string(),
  record: z.string().nullable(),
  lookups: z.int(),
  voidLookups: z.int(),
  /** Why this result, in plain words. */
  reason: z.string(),
  trace: z.array(SpfTrace),
})
export type SpfVerdict = z.infer<typeof SpfVerdict>
