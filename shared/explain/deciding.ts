import { QUESTIONS, type DecidingQuestion } from '#shared/explain/questions.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** The question that decides between these readings; null where none of ours does. */
export function decidingQuestion(first: FailureClass, others: readonly FailureClass[]): DecidingQuestion | null {
  const readings = new Set([first, ...others])
  return (
    QUESTIONS.find(
      ({ answers }) =>
        answers.some(({ means }) => means === first) && answers.every(({ means }) => readings.has(means)),
    ) ?? null
  )
}
