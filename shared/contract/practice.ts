import { z } from 'zod'
import { Security } from '#shared/account/account.ts'

export const PracticeEndpoint = z.object({
  host: z.string(),
  port: z.int(),
  security: Security,
  user: z.string().nullable(),
})
export type PracticeEndpoint = z.infer<typeof PracticeEndpoint>

export const PracticeFault = z.object({
  /** kebab-case, such as `refuse-password`. */
  id: z.string(),
  title: z.string(),
  /** What a person will see. */
  description: z.string(),
  group: z.enum(['network', 'greeting', 'encryption', 'sign-in', 'envelope', 'message', 'domain']),
})
export type PracticeFault = z.infer<typeof PracticeFault>

export const PracticeStatus = z.object({
  running: z.boolean(),
  smtp: z.array(PracticeEndpoint),
  dns: z.object({ host: z.string(), port: z.int() }).nullable(),
  caFile: z.string().nullable(),
  inboxUrl: z.string().nullable(),
  domain: z.string(),
  faults: z.array(PracticeFault),
  active: z.array(z.string()),
  messageCount: z.int(),
})
export type PracticeStatus = z.infer<typeof PracticeStatus>

export const InboxEntry = z.object({
  id: z.string(),
  receivedAt: z.string(),
  mailFrom: z.string(),
  rcptTo: z.array(z.string()),
  subject: z.string(),
  from: z.string(),
  sizeBytes: z.int(),
  encrypted: z.boolean(),
  signedInAs: z.string().nullable(),
})
export type InboxEntry = z.infer<typeof InboxEntry>

export const InboxMessage = InboxEntry.extend({
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string().nullable(),
  html: z.string().nullable(),
  source: z.string(),
})
export type InboxMessage = z.infer<typeof InboxMessage>

/** How it is when the watching begins, then what changes. */
export const PracticeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: PracticeStatus }),
  z.object({ kind: z.literal('message'), entry: InboxEntry }),
])
export type PracticeEvent = z.infer<typeof PracticeEvent>
