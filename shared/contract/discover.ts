import { z } from 'zod'
import { Security } from '#shared/account/account.ts'

/** Settings that a mail address may need, and where we know them from. */
export const Candidate = z.object({
  source: z.enum(['provider', 'srv', 'mx', 'autoconfig', 'guess']),
  host: z.string(),
  port: z.int(),
  security: Security,
  /** What to type as the user name for this address; null when the provider issues one. */
  user: z.string().nullable(),
  preset: z.string().nullable(),
  confidence: z.number(),
  note: z.string(),
  warning: z.string().nullable(),
})
export type Candidate = z.infer<typeof Candidate>

export const ConfigureResult = z.object({
  address: z.string(),
  domain: z.string(),
  candidates: z.array(Candidate),
  best: Candidate.nullable(),
})
export type ConfigureResult = z.infer<typeof ConfigureResult>
