import type { AccountSettings } from '#shared/account/account.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import { entryOf, stepOf, type FindingId } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { Severity } from '#shared/finding/finding.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'

/** What was observed, by the names that the catalogue's sentences use. Absent: not observed. */
export type Facts = Readonly<Record<string, string | number | undefined>>

/** A finding before it has words and fixes. */
export type Judged = {
  readonly id: FindingId
  readonly step: StepId
  readonly class: FailureClass | null
  readonly severity: Severity
  readonly facts: Facts
  /** The lines that prove it. */
  readonly evidence: readonly string[]
  /** 0 to 1. */
  readonly confidence: number
  /** The finding that is the cause of this one; null for a cause of its own. */
  readonly explainedBy: FindingId | null
}

/** What a rule may look at beside the evidence of its own step. */
export type JudgeContext = {
  readonly account: AccountSettings
  readonly provider: ProviderPolicy | null
  readonly steps: readonly Step[]
}

export type Details = {
  readonly facts?: Facts
  readonly evidence?: readonly string[]
  readonly confidence?: number
  readonly class?: FailureClass
  readonly severity?: Severity
}

/** A finding with the class and severity of its catalogue entry, unless told otherwise. */
export function judged(id: FindingId, details: Details = {}): Judged {
  const entry = entryOf(id)
  return {
    id,
    step: stepOf(id),
    class: details.class ?? entry.class,
    severity: details.severity ?? entry.severity,
    facts: details.facts ?? {},
    evidence: details.evidence ?? [],
    confidence: details.confidence ?? 0.95,
    explainedBy: null,
  }
}
