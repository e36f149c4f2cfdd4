import { z } from 'zod'
import { AccountSettings } from '#shared/account/account.ts'
import { Step } from '#shared/diagnosis/step.ts'
import { Finding } from '#shared/finding/finding.ts'

/** What a run gives, whoever ran it. */
export const Diagnosed = z.object({ account: AccountSettings, steps: z.array(Step), findings: z.array(Finding) })
export type Diagnosed = z.infer<typeof Diagnosed>
