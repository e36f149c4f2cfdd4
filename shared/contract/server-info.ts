import { z } from 'zod'
import { Security } from '#shared/account/account.ts'
import { parseAddress } from '#shared/account/address.ts'
import { RunOptions } from '#shared/contract/run.ts'
import { Address, ConnectAttempt, Family } from '#shared/diagnosis/evidence.ts'
import { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { Step, StepId } from '#shared/diagnosis/step.ts'
import { ServerDane, TlsFacts, TlsLimits, TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { Finding } from '#shared/finding/finding.ts'
import { Capabilities } from '#shared/smtp/capabilities.ts'

export const LookInput = z.object({
  host: z.string().min(1).max(4096),
  port: z.int().min(1).max(65_535),
  /** Null: TLS on port 465, else STARTTLS where it is offered. */
  security: Security.nullable().default(null),
  options: RunOptions.prefault({}),
})
export type LookInput = z.infer<typeof LookInput>

const Ms = z.number().nullable()

/** As `mailwright serverinfo --json` prints it; filled as far as the look got. */
export const ServerInfo = z.object({
  host: z.string(),
  port: z.int(),
  security: Security.nullable(),
  address: z.string().nullable(),
  canonicalName: z.string().nullable(),
  /** Each address that was tried, in the order of the race. */
  attempts: z.array(ConnectAttempt).readonly().default([]),
  banner: z.string().nullable(),
  software: z.string().nullable(),
  capabilities: z.object({ plain: Capabilities.nullable(), tls: Capabilities.nullable() }),
  tls: TlsFacts.omit({ distrust: true, dane: true, limits: true }).nullable(),
  /** What the handshake was limited to; null where none was begun. */
  tlsLimits: TlsLimits.nullable().default(null),
  injectedOctets: z.int().default(0),
  /** What DNS says about the certificate (RFC 7672); null where there is no name to ask for, or no certificate. */
  dane: ServerDane.nullable().default(null),
  timings: z.object({
    resolveMs: Ms,
    connectMs: Ms,
    greetingMs: Ms,
    ehloMs: Ms,
    starttlsMs: Ms,
    tlsMs: Ms,
    secondEhloMs: Ms,
    totalMs: z.number(),
  }),
})
export type ServerInfo = z.infer<typeof ServerInfo>

export const LookEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    lookId: z.string(),
    host: z.string(),
    port: z.int(),
    startedAt: z.string(),
  }),
  z.object({ kind: z.literal('step-started'), id: StepId, atMs: z.number() }),
  z.object({ kind: z.literal('transcript'), lines: z.array(TranscriptLine) }),
  z.object({ kind: z.literal('step-ended'), step: Step }),
  /** Always last, also after Stop. */
  z.object({
    kind: z.literal('ended'),
    info: ServerInfo,
    /** The server's own words that the guess at its software rests on. */
    softwareRestsOn: z.string().nullable(),
    findings: z.array(Finding),
    steps: z.array(Step),
  }),
])
export type LookEvent = z.infer<typeof LookEvent>

export const PortRow = z.object({
  port: z.int(),
  security: Security,
  family: Family,
  address: z.string(),
  outcome: z.enum([
    'ok',
    'untrusted',
    'not-offered',
    'not-smtp',
    'rejected',
    'silent',
    'handshake-failed',
    'refused',
    'timed-out',
    'unreachable',
    'reset',
    'not-permitted',
    'proxy-failed',
    'stopped',
    'failed',
  ]),
  ms: z.number(),
  offersAuth: z.array(z.string()),
  trusted: z.boolean().nullable(),
  /** What is spoken; where the handshake failed by its limits alone, what the server spoke without them. */
  protocol: z.string().nullable().default(null),
})
export type PortRow = z.infer<typeof PortRow>

export const PortsInput = z.object({
  host: z.string().min(1).max(4096),
  /** Looked at too, where it is none of the usual ones. */
  alsoPort: z.int().min(1).max(65_535).nullable().default(null),
  options: RunOptions.prefault({}),
})
export type PortsInput = z.infer<typeof PortsInput>

const Way = z.object({ port: z.int(), security: Security })

export const PortsEvent = z.discriminatedUnion('kind', [
  /** What will be looked at: the table stands before its rows are known. */
  z.object({ kind: z.literal('started'), ports: z.array(z.int()) }),
  z.object({ kind: z.literal('addresses'), addresses: z.array(Address) }),
  z.object({ kind: z.literal('row'), row: PortRow }),
  z.object({
    kind: z.literal('ended'),
    best: Way.nullable(),
    /** What would be the best if its certificate were trusted; null where there is a best one. */
    bestIfTrusted: Way.nullable(),
    /** Null where the name was found. */
    unresolved: z.enum(['not-found', 'resolver-failed']).nullable(),
  }),
])
export type PortsEvent = z.infer<typeof PortsEvent>

export const TlsVersionsInput = LookInput.extend({
  /** The certificate that a look was shown before, to notice another one. */
  shown: TlsVersion.shape.certificate,
})
export type TlsVersionsInput = z.infer<typeof TlsVersionsInput>

export const TlsVersions = z.object({ versions: z.array(TlsVersion), findings: z.array(Finding) })
export type TlsVersions = z.infer<typeof TlsVersions>

const Path = z
  .string()
  .max(254)
  .refine(text => text === '' || parseAddress(text).ok, 'is not a mail address')

export const CheckInput = LookInput.extend({
  /** A harmless command is slipped in behind STARTTLS. */
  injection: z.boolean().default(false),
  /** An envelope between two addresses elsewhere; never a message. */
  relay: z
    .object({ mailFrom: Path, rcptTo: Path.min(1) })
    .nullable()
    .default(null),
})
export type CheckInput = z.infer<typeof CheckInput>

export const Checked = z.object({ checks: ServerChecks, findings: z.array(Finding) })
export type Checked = z.infer<typeof Checked>
