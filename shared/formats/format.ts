import type { AccountSettings } from '#shared/account/account.ts'
import type { Result } from '#shared/result.ts'

/** Stands where a secret belongs, unless the secret was asked for. Read back as "no password". */
export const PASSWORD_PLACEHOLDER = 'PASSWORD-GOES-HERE'

/** Stands for any other value that the target cannot hold. */
export const FILL_IN = 'FILL-IN'

export type Written = {
  readonly text: string
  /** What this format cannot carry over, in words; empty when all of it is there. */
  readonly lost: readonly string[]
}

export type ReadAccount = {
  readonly settings: AccountSettings
  /** Belongs in the secret store at once. */
  readonly password: string | null
  /** What was understood rather than read. */
  readonly notes: readonly string[]
}

/** Says what is wrong and never repeats a secret. */
export type FormatFault = { readonly message: string; readonly line: number | null }

/** A configuration that some program reads. */
export type Format = {
  /** `nodemailer-json` */
  readonly id: string
  readonly name: string
  /** Where the text belongs. */
  readonly place: string
  readonly read: ((text: string) => Result<ReadAccount, FormatFault>) | null
  /** A null password becomes the placeholder. A value that the target cannot hold is named in `lost` and left open. */
  readonly write: ((settings: AccountSettings, password: string | null) => Written) | null
}

/** Longer texts are no mail settings; every reader refuses them. */
export const TEXT_MAX_CHARACTERS = 1_000_000
