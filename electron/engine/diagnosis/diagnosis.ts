import type { Account } from '#shared/account/account.ts'
import type { DomainEvidence, Family } from '#shared/diagnosis/evidence.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { PhaseLimits } from '#engine/net/phase-limits.ts'
import type { Secret } from '#engine/sasl/secret.ts'

/** The secret of the account, or why there is none: "not tested" must never look like "wrong password". */
export type SuppliedSecret =
  | { readonly kind: 'known'; readonly secret: Secret }
  | {
      readonly kind: 'missing'
      readonly because: 'none-stored' | 'keyring-unavailable' | 'not-asked' | 'command-not-run'
    }

/** A whole RFC 5322 message as it goes over the wire, before dot-stuffing. */
export type RawMessage = {
  readonly messageId: string
  readonly raw: Buffer
}

/** What a message made during the run can tell about the run. */
export type SoFar = {
  readonly steps: readonly Step[]
  readonly account: Account
}

export type DiagnosisInput = {
  readonly account: Account
  readonly secret: SuppliedSecret
  /** `test` speaks the envelope and takes it back (RSET); `send` delivers `message`. */
  readonly purpose: 'test' | 'send'
  /** Recipients; for `test` the account's own address when empty. */
  readonly sendTo: readonly string[]
  /** The envelope's sender, where it is not the account's; empty for the null reverse-path. */
  readonly mailFrom?: string
  /** Steps of an earlier run that still hold: `resolve` and `domain` are taken over as they are, with their own times. */
  readonly reuse?: readonly Step[]
  /** For `send`: the message, or a function that makes it from what the run has seen so far. */
  readonly message?: RawMessage | ((soFar: SoFar) => Promise<RawMessage>)
}

export type DomainLookup = (
  question: { readonly domain: string; readonly account: Account },
  deadline: Deadline,
) => Promise<DomainEvidence>

export type DiagnosisOptions = {
  /** One budget for the whole run, and its stop. */
  readonly deadline: Deadline
  /** `system`: the operating system's own way, hosts file included. */
  readonly resolver: Resolver | 'system'
  /** PEM certificates to trust beside the system's and the account's. */
  readonly extraCa?: string
  /** Go on after a certificate failure. No credential is sent then: only the account's own setting allows that. */
  readonly insecure?: boolean
  /** The message in chunks (BDAT) where the server offers that. */
  readonly chunking?: boolean
  readonly family?: Family
  readonly ehlo?: string
  readonly now: () => Date
  /** Reads a CA, CRL, certificate or key file of the account. A rejection becomes evidence (`local-file`). */
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly domainLookup?: DomainLookup
  readonly limits?: Partial<PhaseLimits>
}

export type DiagnosisEvent =
  | { readonly kind: 'step-started'; readonly id: StepId; readonly atMs: number }
  | { readonly kind: 'transcript'; readonly lines: readonly TranscriptLine[] }
  | { readonly kind: 'step-ended'; readonly step: Step }
  | {
      readonly kind: 'ended'
      readonly steps: readonly Step[]
      readonly transcript: readonly TranscriptLine[]
      /** ISO 8601, UTC. */
      readonly startedAt: string
      readonly totalMs: number
    }
