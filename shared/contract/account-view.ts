import { z } from 'zod'
import { Account, AccountChange, AccountName, AccountSettings } from '#shared/account/account.ts'
import { RunSummary, SecretInput } from '#shared/contract/run.ts'

/** Where the account's secret is now: in the key ring, in memory until the program ends, or nowhere. */
export const SecretState = z.enum(['keyring', 'session', 'none'])
export type SecretState = z.infer<typeof SecretState>

export const AccountView = z.object({
  account: Account,
  isDefault: z.boolean(),
  secret: SecretState,
  lastRun: RunSummary.nullable(),
  /** When a run of it last succeeded. */
  lastWorkedAt: z.string().nullable(),
})
export type AccountView = z.infer<typeof AccountView>

export const AccountCreate = z.object({
  name: AccountName,
  settings: AccountSettings,
  secret: SecretInput.default({ kind: 'forget' }),
})
export const AccountUpdate = z.object({
  id: z.string().max(64),
  name: AccountName.optional(),
  change: AccountChange.default({}),
  secret: SecretInput.default({ kind: 'keep' }),
})

/** Result of `importText`: what was made, and what could not be carried over. */
export const ImportResult = z.object({ created: z.array(AccountView), notes: z.array(z.string()) })
export type ImportResult = z.infer<typeof ImportResult>
