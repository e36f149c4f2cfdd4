import { z } from 'zod'
import { DmarcReport } from '#shared/domain/dmarc.ts'
import { SignatureReport } from '#shared/domain/dkim-signature.ts'
import { Forecast, Sure } from '#shared/domain/forecast.ts'
import { DomainPart } from '#shared/domain/part.ts'
import { SpfVerdict } from '#shared/domain/spf.ts'
import { Finding } from '#shared/finding/finding.ts'
import { DnsChange } from '#shared/fix/fix.ts'

const selector = z.string().min(1).max(253)
/** `HOST[:PORT]`; null: the one of the program's settings. */
const resolver = z.string().max(300).nullable().default(null)

export const DomainLookInput = z.object({
  /** A domain; or a mail address, which is then the From address too. */
  domain: z.string().min(1).max(320),
  /** The From address, where its domain is another one. */
  from: z.string().max(320).nullable().default(null),
  /** The address that mail is sent from. */
  ip: z.string().max(64).nullable().default(null),
  /** What the sending server says in EHLO; null: what the account says, where it delivers by itself. */
  ehlo: z.string().max(255).nullable().default(null),
  selectors: z.array(selector).max(20).default([]),
  /** The account that the mail goes out through, for the forecast. */
  accountId: z.string().max(64).nullable().default(null),
  /** The `d=` of its signatures, where it is known. */
  signing: z.string().max(255).nullable().default(null),
  /** The lists learn who asks. */
  blocklists: z.boolean().default(false),
  /** Asks the name servers of the zone themselves, past every cache. */
  authoritative: z.boolean().default(false),
  /** Connects to port 25 of mail servers that publish TLSA records, and of the sending address, and compares what they show. */
  probe: z.boolean().default(false),
  resolver,
})
export type DomainLookInput = z.infer<typeof DomainLookInput>

export const DomainEvent = z.discriminatedUnion('kind', [
  /** `waitsFor`: the parts that will come. */
  z.object({
    kind: z.literal('started'),
    domain: z.string(),
    from: z.string(),
    ip: z.string().nullable(),
    resolver: z.string(),
    waitsFor: z.array(z.string()),
  }),
  z.object({ kind: z.literal('part'), part: DomainPart }),
  z.object({ kind: z.literal('findings'), findings: z.array(Finding) }),
  z.object({ kind: z.literal('changes'), changes: z.array(DnsChange) }),
  z.object({ kind: z.literal('forecast'), forecast: Forecast }),
  /** Always last. `outOfTime`: what is missing was not answered before the time ran out. */
  z.object({ kind: z.literal('ended'), tookMs: z.number(), outOfTime: z.boolean() }),
])
export type DomainEvent = z.infer<typeof DomainEvent>

export const DkimKeyKind = z.enum(['rsa-2048', 'ed25519'])
export type DkimKeyKind = z.infer<typeof DkimKeyKind>

export const DkimKeyInput = z.object({
  selector,
  domain: z.string().min(1).max(255),
  kind: DkimKeyKind,
  /** Where the private key is written; null: below the folder where everything is stored. */
  path: z.string().min(1).max(4096).nullable().default(null),
})
export type DkimKeyInput = z.infer<typeof DkimKeyInput>

/** The public half, and where the private one is: it never crosses a door. */
export const DkimKeyMade = z.object({
  kind: DkimKeyKind,
  selector: z.string(),
  domain: z.string(),
  change: DnsChange,
  /** The file with the private key (PEM), mode 0600. */
  path: z.string(),
  /** A file that was there before was kept as this. */
  backup: z.string().nullable(),
})
export type DkimKeyMade = z.infer<typeof DkimKeyMade>

export const MessageCheckInput = z.object({
  /** The whole message with its header, as the mail program shows its source; or base64 of the file. */
  source: z.string().min(1).max(4_000_000),
  encoding: z.enum(['text', 'base64']).default('text'),
  /** Who sent it, where the header does not tell. */
  ip: z.string().max(64).nullable().default(null),
  mailFrom: z.string().max(320).nullable().default(null),
  resolver,
})
export type MessageCheckInput = z.infer<typeof MessageCheckInput>

export const MessageCheck = z.object({
  from: z.string().nullable(),
  fromDomain: z.string().nullable(),
  /** Of Return-Path; null where the message does not say. */
  mailFrom: z.string().nullable(),
  /** Of the newest Received line with a public address; null where there is none. */
  ip: z.string().nullable(),
  /** The line or the field that `ip` was read from. */
  ipFrom: z.string().nullable(),
  spf: z.object({ verdict: SpfVerdict, aligned: Sure }).nullable(),
  dkim: z.array(SignatureReport),
  dmarc: DmarcReport.nullable(),
  /** Whether the message passes DMARC. */
  passes: Sure,
  by: z.array(z.enum(['spf', 'dkim'])),
  /** What the receiver wrote into Authentication-Results, to compare. */
  receiverSaid: z.array(z.string()),
  notes: z.array(z.string()),
})
export type MessageCheck = z.infer<typeof MessageCheck>
