import type { Step, StepId } from '#shared/diagnosis/step.ts'

/** The step with this id, typed by it. */
export function stepWith<Id extends StepId>(steps: readonly Step[], id: Id): Extract<Step, { id: Id }> | undefined {
  return steps.find((step): step is Extract<Step, { id: Id }> => step.id === id)
}
