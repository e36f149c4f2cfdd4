import { z } from 'zod'
import { TlsFacts, TlsLimits } from '#shared/diagnosis/tls-facts.ts'
import { SaidName } from '#shared/domain/said-name.ts'
import { Capabilities } from '#shared/smtp/capabilities.ts'
import { Reply } from '#shared/smtp/reply.ts'

/*
 * What a step observed. Evidence has no opinion: rules in finding/rules turn it into findings.
 * Times are milliseconds. Texts that came from a server are escaped and cut before they are stored here.
 */

export const Family = z.union([z.literal(4), z.literal(6)])
export type Family = z.infer<typeof Family>

export const Address = z.object({ address: z.string(), family: Family })
export type Address = z.infer<typeof Address>

export const ResolveEvidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('resolved'),
    host: z.string(),
    /** `system`, or `HOST:PORT` of the resolver that was chosen. */
    resolver: z.string(),
    addresses: z.array(Address),
    canonicalName: z.string().nullable(),
  }),
  /** The host is an address already, or names are resolved by the proxy, or a unix socket is used: nothing to look up. */
  z.object({
    kind: z.literal('literal'),
    host: z.string(),
    address: Address.nullable(),
    via: z.enum(['address', 'proxy', 'socket']),
  }),
  /** The name does not exist (`NXDOMAIN`) or has no address (`NODATA`). The system's resolver does not tell these apart: `ENOTFOUND`. */
  z.object({
    kind: z.literal('not-found'),
    host: z.string(),
    resolver: z.string(),
    code: z.enum(['NXDOMAIN', 'NODATA', 'ENOTFOUND']),
  }),
  z.object({
    kind: z.literal('resolver-failed'),
    host: z.string(),
    resolver: z.string(),
    code: z.enum(['SERVFAIL', 'REFUSED', 'TIMEOUT', 'EAI_AGAIN', 'MALFORMED', 'UNTRUSTED']),
  }),
])
export type ResolveEvidence = z.infer<typeof ResolveEvidence>

export const ConnectAttempt = z.object({
  address: z.string(),
  family: Family.nullable(),
  port: z.int(),
  outcome: z.enum([
    'connected',
    'refused',
    'timed-out',
    'unreachable',
    'reset',
    'not-permitted',
    'proxy-failed',
    'abandoned',
    'failed',
  ]),
  ms: z.number(),
  /** The operating system's or the proxy's word for it, such as `ECONNREFUSED`. */
  code: z.string().nullable(),
})
export type ConnectAttempt = z.infer<typeof ConnectAttempt>

/** What came as the server's first words. With implicit TLS they come after the handshake. */
export const Greeting = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), reply: Reply, ms: z.number() }),
  z.object({ kind: z.literal('rejected'), reply: Reply, ms: z.number() }),
  z.object({ kind: z.literal('silent'), waitedMs: z.number() }),
  z.object({ kind: z.literal('closed'), ms: z.number(), reset: z.boolean() }),
  z.object({
    kind: z.literal('not-smtp'),
    looksLike: z.enum(['tls', 'http', 'ssh', 'imap', 'pop3', 'ftp', 'unknown']),
    preview: z.string(),
    ms: z.number(),
  }),
])
export type Greeting = z.infer<typeof Greeting>

export const ConnectEvidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('connected'),
    address: z.string(),
    family: Family.nullable(),
    port: z.int(),
    attempts: z.array(ConnectAttempt),
    connectMs: z.number(),
    /** null with implicit TLS, where it is part of the encrypt step. */
    greeting: Greeting.nullable(),
  }),
  z.object({ kind: z.literal('failed'), port: z.int(), attempts: z.array(ConnectAttempt) }),
])
export type ConnectEvidence = z.infer<typeof ConnectEvidence>

export const HandshakeFault = z.object({
  kind: z.enum([
    'plaintext-answer', // the other side answered in plain text: not a TLS port
    'protocol-version',
    'no-shared-cipher',
    'weak-key',
    'client-certificate', // the server wants, or refuses, a client certificate
    'closed',
    'reset',
    'timed-out',
    'alert',
    'local-file', // a CA, certificate or key file of the account cannot be read
    'other',
  ]),
  code: z.string().nullable(),
  message: z.string(),
})
export type HandshakeFault = z.infer<typeof HandshakeFault>

/** A reply that did not come: the connection ended or the time ran out while waiting for it. */
export const NoReply = z.object({
  cause: z.enum(['closed', 'reset', 'timed-out', 'malformed', 'too-long']),
  detail: z.string().nullable(),
})
export type NoReply = z.infer<typeof NoReply>

export const EncryptEvidence = z.discriminatedUnion('kind', [
  /** Security is `none`: EHLO was spoken in plain text. */
  z.object({ kind: z.literal('plain'), capabilities: Capabilities, heloOnly: z.boolean() }),
  z.object({
    kind: z.literal('encrypted'),
    tls: TlsFacts,
    /** Before TLS; null with implicit TLS. */
    before: Capabilities.nullable(),
    after: Capabilities,
    /** With implicit TLS only. */
    greeting: Greeting.nullable(),
    heloOnly: z.boolean(),
    /** Octets that stood behind the STARTTLS reply in plain text and were thrown away (CVE-2011-0411 kind of injection). */
    injectedOctets: z.int(),
  }),
  z.object({
    kind: z.literal('starttls-not-offered'),
    capabilities: Capabilities,
    /** Its lines look rewritten on the way. */ mangled: z.boolean(),
  }),
  z.object({ kind: z.literal('starttls-refused'), reply: Reply, capabilities: Capabilities }),
  z.object({
    kind: z.literal('handshake-failed'),
    mode: z.enum(['starttls', 'tls']),
    fault: HandshakeFault,
    before: Capabilities.nullable(),
    /** What it was limited to; absent in older reports. */
    limits: TlsLimits.optional(),
    /** What a second handshake without those limits came to; null where that failed too, absent where none was tried. */
    withoutLimits: z.object({ protocol: z.string().nullable(), cipher: z.string() }).nullable().optional(),
  }),
  /** The handshake worked, the certificate is not trusted, and the account does not allow that: nothing more was sent. */
  z.object({ kind: z.literal('untrusted'), tls: TlsFacts, before: Capabilities.nullable() }),
  /** Implicit TLS worked and what came then is no SMTP greeting. */
  z.object({ kind: z.literal('greeting-failed'), tls: TlsFacts, greeting: Greeting }),
  z.object({ kind: z.literal('ehlo-refused'), reply: Reply, ehloName: z.string(), encrypted: z.boolean() }),
  z.object({ kind: z.literal('no-reply'), command: z.string(), fault: NoReply, encrypted: z.boolean() }),
])
export type EncryptEvidence = z.infer<typeof EncryptEvidence>

export const SignInEvidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), mechanism: z.string(), reply: Reply }),
  z.object({
    kind: z.literal('rejected'),
    mechanism: z.string(),
    reply: Reply,
    /** What the server said in its last challenge, for mechanisms that give their reason there; older reports lack it. */
    challenge: z.string().nullable().optional(),
  }),
  /** EHLO offers no AUTH at all. */
  z.object({ kind: z.literal('not-offered'), encrypted: z.boolean(), starttlsOffered: z.boolean() }),
  /** AUTH is offered, but nothing that the account asked for or that we speak. */
  z.object({ kind: z.literal('no-shared-mechanism'), wanted: z.string(), offered: z.array(z.string()) }),
  /** We did not send the secret: the connection is not encrypted, or the server is not who it says. */
  z.object({ kind: z.literal('withheld'), because: z.enum(['not-encrypted', 'untrusted']), mechanism: z.string() }),
  /** The account signs in, and its secret could not be had. */
  z.object({
    kind: z.literal('no-secret'),
    because: z.enum(['none-stored', 'keyring-unavailable', 'not-asked', 'command-not-run']),
  }),
  z.object({ kind: z.literal('server-not-proved'), mechanism: z.string() }),
  z.object({ kind: z.literal('no-reply'), mechanism: z.string(), fault: NoReply }),
])
export type SignInEvidence = z.infer<typeof SignInEvidence>

export const RecipientReply = z.object({ address: z.string(), reply: Reply })
export type RecipientReply = z.infer<typeof RecipientReply>

export const DeliverEvidence = z.discriminatedUnion('kind', [
  /** MAIL FROM and RCPT TO were accepted and RSET: no message was sent. */
  z.object({ kind: z.literal('envelope-accepted'), mailFrom: z.string(), recipients: z.array(RecipientReply) }),
  z.object({
    kind: z.literal('sent'),
    mailFrom: z.string(),
    recipients: z.array(RecipientReply),
    reply: Reply,
    messageId: z.string(),
    sizeBytes: z.int(),
  }),
  z.object({ kind: z.literal('mail-refused'), mailFrom: z.string(), reply: Reply, signedIn: z.boolean() }),
  z.object({
    kind: z.literal('rcpt-refused'),
    mailFrom: z.string(),
    recipients: z.array(RecipientReply),
    signedIn: z.boolean(),
  }),
  z.object({
    kind: z.literal('data-refused'),
    mailFrom: z.string(),
    reply: Reply,
    sizeBytes: z.int().nullable(),
    signedIn: z.boolean(),
    /** The From line of the message; null where it has none. Older reports lack it. */
    fromLine: z.string().nullable().optional(),
  }),
  /** RFC 1870: the server said beforehand that it takes less than this message. Nothing was sent. */
  z.object({ kind: z.literal('too-large'), sizeBytes: z.int(), limitBytes: z.int() }),
  /** The address needs SMTPUTF8 (RFC 6531) and the server does not offer it. */
  z.object({ kind: z.literal('needs-smtputf8'), address: z.string() }),
  /** TLS is wanted on the whole way (RFC 8689), and this is why it cannot be asked for. Nothing was sent. */
  z.object({
    kind: z.literal('needs-requiretls'),
    because: z.enum(['not-offered', 'not-encrypted', 'not-trusted']),
  }),
  /** RFC 9422: more recipients than the server takes in one session. Nothing was sent. */
  z.object({
    kind: z.literal('too-many-recipients'),
    recipients: z.int(),
    limit: z.int(),
    /** What the server says of itself: `RCPTMAX=10 MAILMAX=1`. */
    limits: z.string(),
  }),
  z.object({
    kind: z.literal('no-reply'),
    command: z.enum(['MAIL', 'RCPT', 'DATA', 'message', 'RSET']),
    fault: NoReply,
    /** Who has the message already, where it goes to several groups of recipients one after the other. */
    sentTo: z.array(z.string()).optional(),
  }),
])
export type DeliverEvidence = z.infer<typeof DeliverEvidence>

/** DNS around the sending domain, as far as the path needs it. */
export const DomainEvidence = z.object({
  kind: z.literal('looked-up'),
  domain: z.string(),
  /** The address that receivers see: our own source address when we deliver directly, else null. */
  sendingIp: z.string().nullable(),
  spf: z.object({
    record: z.string().nullable(),
    state: z.enum(['one', 'none', 'several', 'unknown']),
    /** With the preset's include in it, where the preset has one. */
    coversProvider: z.boolean().nullable(),
    wantedInclude: z.string().nullable(),
    /** Why receivers get an error out of it, whoever sends; null where they get none. Older reports lack it. */
    broken: z.string().nullable().optional(),
  }),
  dmarc: z.object({
    record: z.string().nullable(),
    state: z.enum(['one', 'none', 'several', 'unknown']),
    policy: z.string().nullable(),
    at: z.string().nullable(),
  }),
  ptr: z
    .object({
      address: z.string(),
      names: z.array(z.string()),
      confirmed: z.boolean(),
      /** `us`: this machine delivers. `server`: the account's own server, which most likely sends from where it listens. */
      of: z.enum(['us', 'server']).default('us'),
      /** What that machine calls itself, where it is known without asking it. */
      said: z.array(SaidName).default([]),
    })
    .nullable(),
})
export type DomainEvidence = z.infer<typeof DomainEvidence>
