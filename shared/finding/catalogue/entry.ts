import type { StepId } from '#shared/diagnosis/step.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { Severity } from '#shared/finding/finding.ts'

/**
 * The words of a finding. `{name}` stands for a fact of that name; a part in square brackets is left out when
 * a fact that it names was not observed. No sentence holds a fact of its own.
 */
export type Entry = {
  /** null where it is no failure. */
  readonly class: FailureClass | null
  readonly severity: Severity
  readonly title: string
  /** Why, in one or two plain sentences. */
  readonly why: string
}

/** The findings of one step: every id begins with the step's. */
export type Entries<Id extends StepId> = Readonly<Record<`${Id}-${string}`, Entry>>
