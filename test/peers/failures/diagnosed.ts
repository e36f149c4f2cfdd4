import { z } from 'zod'
import { AccountSettings } from '#shared/account/account.ts'
import { Step } from '#shared/diagnosis/step.ts'
import { Finding } from '#shared/finding/finding.ts'

/** What a run gives, whoever ran it. */
export const Diagnosed = z.object({
  account: AccountSettings,
  steps: z.array(Step),
  findings: z.array(Finding),
  /** With `--try-fixes`. */
  tried: z
    .array(z.object({ id: z.string().optional(), outcome: z.string().optional(), helped: z.boolean() }))
    .optional(),
  cure: AccountSettings.partial().nullable().optional(),
})
export type Diagnosed = z.infer<typeof Diagnosed>
