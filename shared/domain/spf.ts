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

/** One record of the tree that a policy is made of, with what it costs at worst: when nothing matches before its end. */
export const SpfCost = z.object({
  domain: z.string(),
  /** The term that led here; null for the domain itself. */
  term: z.string().nullable(),
  record: z.string().nullable(),
  /** Why this part does not work; null where it does. */
  fault: z.enum(['missing', 'several', 'syntax', 'circular', 'unknown', 'macro', 'too-many']).nullable(),
  detail: z.string().nullable(),
  /** Lookups of its own terms and of everything below. */
  lookups: z.int(),
  get children() {
    return z.array(SpfCost)
  },
})
export type SpfCost = z.infer<typeof SpfCost>

/** What is published, apart from any one sender. */
export const SpfReport = z.object({
  state: z.enum(['one', 'none', 'several', 'unknown']),
  record: z.string().nullable(),
  /** All TXT records that begin like SPF, also those that are none because of a blank in front. */
  candidates: z.array(z.string()),
  cost: SpfCost.nullable(),
  /** `check_host` for the sending address, where one was given. */
  verdict: SpfVerdict.nullable(),
  /** Terms of the record and of what it includes that ask for names with nothing there (RFC 7208 section 4.6.4 allows two). */
  voidTerms: z.array(z.object({ term: z.string(), domain: z.string(), name: z.string() })),
  /** The strings that the TXT record is made of, where there is one record; receivers join them without a blank. */
  strings: z.array(z.string()).optional(),
  /** Records of the obsolete type 99. */
  type99: z.array(z.string()),
})
export type SpfReport = z.infer<typeof SpfReport>
