import { z } from 'zod'
import { AccountChange } from '#shared/account/account.ts'

export const DnsChange = z.object({
  action: z.enum(['add', 'replace', 'remove']),
  name: z.string(),
  type: z.string(),
  value: z.string(),
  replaces: z.string().nullable(),
  why: z.string(),
})
export type DnsChange = z.infer<typeof DnsChange>

const base = { id: z.string(), label: z.string() }

/** Something that a person can do about a finding, as data. */
export const Fix = z.discriminatedUnion('kind', [
  /** Applied by `applyFix`; shown as before and after first. */
  z.object({ kind: z.literal('settings'), ...base, change: AccountChange }),
  /** The secret has to be typed again; nothing else changes. */
  z.object({ kind: z.literal('secret'), ...base, hint: z.string() }),
  z.object({ kind: z.literal('dns'), ...base, changes: z.array(DnsChange) }),
  z.object({
    kind: z.literal('command'),
    ...base,
    commands: z.array(z.object({ system: z.string(), command: z.string() })),
  }),
  /** Numbered steps at the provider's own pages. */
  z.object({ kind: z.literal('provider'), ...base, url: z.string().nullable(), steps: z.array(z.string()) }),
  /** Ready text to send to whoever can change it. */
  z.object({ kind: z.literal('ask'), ...base, text: z.string() }),
  z.object({ kind: z.literal('wait'), ...base, seconds: z.int().nullable(), why: z.string() }),
])
export type Fix = z.infer<typeof Fix>
