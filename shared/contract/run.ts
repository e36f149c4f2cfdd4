import { z } from 'zod'
import { Account, AccountChange, AccountName, AccountSettings } from '#shared/account/account.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import { Step, StepId } from '#shared/diagnosis/step.ts'
import { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { Finding } from '#shared/finding/finding.ts'
import { Report, Verdict } from '#shared/report/report.ts'

/** Longest password or token that is taken; XOAUTH2 tokens of Microsoft reach about 3 kB. */
export const SECRET_LIMIT = 16_384

/** A secret on its way in. It never travels the other way. */
export const SecretInput = z.discriminatedUnion('kind', [
  /** The one that is stored, if any. */
  z.object({ kind: z.literal('keep') }),
  z.object({ kind: z.literal('forget') }),
  z.object({ kind: z.literal('set'), value: z.string().min(1).max(SECRET_LIMIT) }),
  /** Amazon SES: derive the SMTP password from an IAM secret key; the key itself is never stored. */
  z.object({ kind: z.literal('derive-ses'), region: z.string().min(1).max(64), secretKey: z.string().min(1).max(256) }),
])
export type SecretInput = z.infer<typeof SecretInput>

/** What to test: a stored account, or settings that are being typed. */
export const RunTarget = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('saved'),
    id: z.string().max(64),
    secret: SecretInput.default({ kind: 'keep' }),
    /** Settings that hold for this run only, to see what they would do. */
    change: AccountChange.default({}),
  }),
  z.object({
    kind: z.literal('draft'),
    name: AccountName.default('draft'),
    settings: AccountSettings,
    secret: SecretInput.default({ kind: 'forget' }),
  }),
])
export type RunTarget = z.infer<typeof RunTarget>

/** For this run only; null leaves it to the account and the program's settings. */
export const RunOptions = z.object({
  timeoutMs: z.number().min(1).max(86_400_000).nullable().default(null),
  /** `HOST[:PORT]`, `[::1]:5353`. */
  resolver: z.string().max(300).nullable().default(null),
  caFile: z.string().max(4096).nullable().default(null),
  insecure: z.boolean().default(false),
  family: z.enum(['any', '4', '6']).nullable().default(null),
  ehlo: z.string().max(255).nullable().default(null),
  tlsMin: z.enum(TLS_VERSIONS).nullable().default(null),
  /** As `requireTls` of the account, for this run. */
  requireTls: z.boolean().default(false),
  /** The message in chunks (BDAT, RFC 3030) where the server offers that, in place of DATA. */
  chunking: z.boolean().default(false),
  /** An OpenSSL cipher list. */
  ciphers: z.string().max(1000).nullable().default(null),
})
export type RunOptions = z.infer<typeof RunOptions>

/** 100 MB of message as base64: more than any server that we know takes. */
const RAW_LIMIT = 140_000_000

/** A message of the caller's own, in place of the test message. */
export const OwnMessage = z.object({
  /** The whole RFC 5322 message, base64. */
  raw: z.string().max(RAW_LIMIT),
  messageId: z.string().max(998),
  /** The envelope's sender; null: the account's. */
  mailFrom: z.string().max(320).nullable(),
  rcptTo: z.array(z.string().max(320)).min(1).max(1000),
})
export type OwnMessage = z.infer<typeof OwnMessage>

export const RunInput = z.object({
  target: RunTarget,
  /** `test` signs in, offers the envelope and takes it back; `send` sends the test message. */
  purpose: z.enum(['test', 'send']),
  /** The recipient; without one a test uses the account's own address, and a send is a problem. */
  sendTo: z.string().max(320).nullable().default(null),
  /** For `send`: what to send; null sends the test message to `sendTo`. */
  message: OwnMessage.nullable().default(null),
  /** An earlier run of the same account whose resolve and domain steps still hold where the settings that they depend on are unchanged. */
  reuse: z.string().max(64).nullable().default(null),
  options: RunOptions.prefault({}),
})
export type RunInput = z.infer<typeof RunInput>

export const RunEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), runId: z.string(), startedAt: z.string(), account: Account }),
  z.object({ kind: z.literal('step-started'), id: StepId, atMs: z.number() }),
  /** In batches. */
  z.object({ kind: z.literal('transcript'), lines: z.array(TranscriptLine) }),
  z.object({ kind: z.literal('step-ended'), step: Step, findings: z.array(Finding) }),
  /** Always last, also after Stop. Kept in history for saved accounts. */
  z.object({ kind: z.literal('ended'), report: Report }),
])
export type RunEvent = z.infer<typeof RunEvent>

export const RunSummary = z.object({
  id: z.string(),
  accountId: z.string(),
  startedAt: z.string(),
  totalMs: z.number(),
  purpose: z.enum(['test', 'send']),
  verdict: Verdict,
  /** Title of the first finding that is an error. */
  headline: z.string().nullable(),
})
export type RunSummary = z.infer<typeof RunSummary>
