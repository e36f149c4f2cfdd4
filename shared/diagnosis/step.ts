import { z } from 'zod'
import {
  ConnectEvidence,
  DeliverEvidence,
  DomainEvidence,
  EncryptEvidence,
  ResolveEvidence,
  SignInEvidence,
} from '#shared/diagnosis/evidence.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'

export const StepId = z.enum(STEP_IDS)
export type StepId = z.infer<typeof StepId>

export const SkipReason = z.enum([
  'earlier-step-failed',
  'not-asked', // the caller did not ask for it (no recipient, no domain)
  'no-sign-in', // the account says that it does not sign in
  'not-available', // cannot be looked at from here
])
export type SkipReason = z.infer<typeof SkipReason>

const ended = { startedAt: z.string(), ms: z.number() }
const never = { startedAt: z.null(), ms: z.null() }

const stepOf = <Id extends StepId, E extends z.ZodType>(id: Id, evidence: E) =>
  z.discriminatedUnion('state', [
    z.object({ id: z.literal(id), state: z.literal('done'), ...ended, evidence }),
    z.object({ id: z.literal(id), state: z.literal('failed'), ...ended, evidence }),
    z.object({ id: z.literal(id), state: z.literal('skipped'), ...never, reason: SkipReason, evidence: z.null() }),
    // Stopped, or out of time, while it ran: what was seen until then, if anything.
    z.object({
      id: z.literal(id),
      state: z.literal('cancelled'),
      startedAt: z.string().nullable(),
      ms: z.number().nullable(),
      because: z.enum(['stopped', 'out-of-time']),
      evidence: evidence.nullable(),
    }),
  ])

/** A step that has ended. While a run is on, steps that are not in the list wait or run. */
export const Step = z.union([
  stepOf('resolve', ResolveEvidence),
  stepOf('connect', ConnectEvidence),
  stepOf('encrypt', EncryptEvidence),
  stepOf('sign-in', SignInEvidence),
  stepOf('deliver', DeliverEvidence),
  stepOf('domain', DomainEvidence),
])
export type Step = z.infer<typeof Step>
