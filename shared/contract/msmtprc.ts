import { z } from 'zod'

/** Where msmtp will get the password from. */
export const MsmtprcSecret = z.enum(['keyring', 'gpg', 'inline', 'prompt'])
export type MsmtprcSecret = z.infer<typeof MsmtprcSecret>

export const MsmtprcInput = z.object({
  accountIds: z.array(z.string().max(64)).min(1).max(10_000),
  defaultId: z.string().max(64).nullable().default(null),
  secret: MsmtprcSecret,
  /** For `gpg`: the file that holds the encrypted password. */
  gpgFile: z.string().max(4096).nullable().default(null),
})
export type MsmtprcInput = z.infer<typeof MsmtprcInput>

export const MsmtprcPreview = z.object({
  /** An inline password stands as `********` here: the saved file holds it, the page never does. */
  text: z.string(),
  notes: z.array(z.string()),
  /** What a person runs once, such as storing the password for msmtp in the key ring. */
  commands: z.array(z.object({ label: z.string(), command: z.string() })),
  /** Where it can be saved, the first one being what msmtp would read. */
  targets: z.array(z.object({ path: z.string(), exists: z.boolean() })),
})
export type MsmtprcPreview = z.infer<typeof MsmtprcPreview>

export const MsmtprcSaved = z.object({
  path: z.string(),
  backup: z.string().nullable(),
  /** `0600` */
  mode: z.string(),
  /** Whether the key ring now holds the password under the attributes that msmtp asks for. */
  keyringStored: z.boolean(),
  notes: z.array(z.string()),
})
export type MsmtprcSaved = z.infer<typeof MsmtprcSaved>
