import { z } from 'zod'
import { Security } from '#shared/account/account.ts'
import { ConnectAttempt, Greeting, ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import { Distrust } from '#shared/diagnosis/tls-facts.ts'

/*
 * What was seen while looking for whatever keeps a connection from coming about. Facts only; `finding/locate.ts` says
 * what they mean. Nothing is sent to the mail server but EHLO, STARTTLS and QUIT, and where nobody should
 * listen a question for a web page; nothing at all to other hosts.
 */

/** Which question a connection was tried for. */
export const DialRole = z.enum([
  'asked', // the port of the settings
  'other-port', // another port that mail is handed in on
  'unused-port', // a port on which no server answers: whoever answers there answers everywhere
  'control', // the same port of another host, which the person named
])
export type DialRole = z.infer<typeof DialRole>

export const DialSeen = ConnectAttempt.extend({
  role: DialRole,
  /** On the unused port: the first line that came back to a question for a web page, if any. */
  said: z.string().nullable().optional(),
})
export type DialSeen = z.infer<typeof DialSeen>

/** What the server said on the port of the settings, as far as it came. */
export const TalkSeen = z.object({
  greeting: Greeting.nullable(),
  /** The lines of EHLO look rewritten on the way. */
  mangled: z.boolean(),
  /** Null where TLS did not come about. */
  certificate: z
    .object({ subject: z.string(), issuer: z.string(), trusted: z.boolean(), distrust: Distrust.nullable() })
    .nullable(),
})
export type TalkSeen = z.infer<typeof TalkSeen>

export const BlockObservations = z.object({
  host: z.string(),
  port: z.int(),
  security: Security,
  /** Whether this program runs in a container. */
  inContainer: z.boolean(),
  /** By the way that a mail program takes: hosts file, VPN and all. */
  resolve: ResolveEvidence,
  /** By asking the DNS servers themselves, where that is another way; null where it is the same. */
  dns: ResolveEvidence.nullable(),
  dials: z.array(DialSeen),
  talk: TalkSeen.nullable(),
  /** The host that was compared with, where the person allowed one. */
  controlHost: z.string().nullable(),
})
export type BlockObservations = z.infer<typeof BlockObservations>
