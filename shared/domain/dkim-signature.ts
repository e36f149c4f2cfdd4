import { z } from 'zod'
import { DkimKeyReport } from '#shared/domain/report.ts'

/** One DKIM-Signature field of a message and what became of it (RFC 6376 section 3.9 and 6.1). */
export const SignatureReport = z.object({
  domain: z.string().nullable(),
  selector: z.string().nullable(),
  algorithm: z.string().nullable(),
  /** `neutral`: it cannot be judged, such as an algorithm that nobody accepts any more. */
  result: z.enum(['pass', 'fail', 'neutral', 'permerror', 'temperror']),
  /** In plain words. */
  why: z.string(),
  /** Whether the body is as it was signed; null where that was not reached. */
  bodyMatches: z.boolean().nullable(),
  /** Whether the signed header fields are as they were; null where the key or the signature could not be read. */
  headerMatches: z.boolean().nullable(),
  /** The fields that it covers. */
  covers: z.array(z.string()),
  /** Fields that a receiver shows and that it leaves open to change. */
  uncovered: z.array(z.string()),
  aligned: z.enum(['yes', 'no', 'unknown']),
  key: DkimKeyReport.nullable(),
})
export type SignatureReport = z.infer<typeof SignatureReport>
