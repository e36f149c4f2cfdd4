import { z } from 'zod'
import { Security } from '#shared/account/account.ts'
import { RunOptions } from '#shared/contract/run.ts'
import { BlockObservations } from '#shared/diagnosis/block-observations.ts'

export const LocateInput = z.object({
  host: z.string().min(1).max(4096),
  port: z.int().min(1).max(65_535),
  security: Security,
  /** A host that the person allows to compare with: one connection to it, on the same port, and nothing is sent. */
  controlHost: z.string().min(1).max(255).nullable().default(null),
  options: RunOptions.prefault({}),
})
export type LocateInput = z.infer<typeof LocateInput>

/** What is known so far, whole each time: it is small, and judged by `finding/locate.ts` wherever it arrives. */
export const LocateEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seen'), seen: BlockObservations }),
  /** Always last, also when the time is up. */
  z.object({ kind: z.literal('ended'), seen: BlockObservations }),
])
export type LocateEvent = z.infer<typeof LocateEvent>
