import { z } from 'zod'
import { Reply } from '#shared/smtp/reply.ts'

/*
 * What was seen where somebody asked whether a server is itself at risk. Made only on request: the first is what an
 * attacker would do, the second looks like it in the log of the server.
 */

const notTested = z.object({
  kind: z.literal('not-tested'),
  /** In plain words. */
  because: z.string(),
})

/** Whether a command that was sent in plain text, in the packet of STARTTLS, was carried out behind the handshake. */
export const InjectionSeen = z.discriminatedUnion('kind', [
  /** `reply` answers `command`, which nobody sent over the encrypted connection. */
  z.object({ kind: z.literal('executed'), command: z.string(), reply: Reply }),
  /** The first reply behind the handshake was to what was said behind the handshake. */
  z.object({ kind: z.literal('discarded'), command: z.string() }),
  /** STARTTLS with something behind it was refused. */
  z.object({ kind: z.literal('refused'), command: z.string(), reply: Reply }),
  notTested,
])
export type InjectionSeen = z.infer<typeof InjectionSeen>

/** Whether the server takes mail from a stranger for a stranger. No message was sent. */
export const RelaySeen = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    /** That answered. */
    address: z.string(),
    mailFrom: z.string(),
    rcptTo: z.string(),
    reply: Reply,
  }),
  z.object({
    kind: z.literal('refused'),
    command: z.enum(['MAIL', 'RCPT']),
    mailFrom: z.string(),
    rcptTo: z.string(),
    reply: Reply,
  }),
  notTested,
])
export type RelaySeen = z.infer<typeof RelaySeen>

export const ServerChecks = z.object({
  /** Null where it was not asked for. */
  injection: InjectionSeen.nullable(),
  relay: RelaySeen.nullable(),
})
export type ServerChecks = z.infer<typeof ServerChecks>
