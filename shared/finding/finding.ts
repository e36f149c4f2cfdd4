import { z } from 'zod'
import { StepId } from '#shared/diagnosis/step.ts'
import { Fix } from '#shared/fix/fix.ts'

export const Severity = z.enum(['error', 'warning', 'info'])
export type Severity = z.infer<typeof Severity>

/** A finding as a person sees it: judged, worded, with its fixes. Made by `present` (finding/present.ts). */
export const Finding = z.object({
  /** Stable, prefixed by its step: `sign-in-needs-app-password`. */
  id: z.string(),
  /** The class of failure, from the field's vocabulary: `auth-app-password-needed`. Null where it is no failure. */
  class: z.string().nullable(),
  severity: Severity,
  step: StepId,
  title: z.string(),
  explanation: z.string(),
  /** The lines that prove it: what the server, the DNS or the system said. */
  evidence: z.array(z.string()),
  /** How sure, 0 to 1. */
  confidence: z.number(),
  /** The id of the finding that is the cause of this one; null for a cause of its own. */
  explainedBy: z.string().nullable().optional(),
  fixes: z.array(Fix),
})
export type Finding = z.infer<typeof Finding>
