import type { Security } from '#shared/account/account.ts'
import type { Stage } from '#shared/explain/stage.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** What decides between classes that share their wording. */
export type Setting = {
  readonly text: string
  readonly speaker: string | null
  readonly stage: Stage | null
  readonly host: string | null
  readonly port: number | null
  readonly security: Security | null
}

export type Scores = Map<FailureClass, number>

/** A refusing reply stands in the text: somebody answered in SMTP. RFC 5321 section 4.2.1: the second digit is 0 to 5, which no usual port has. */
export function hasReply(text: string): boolean {
  return /\b[45][0-5]\d[ -]/.test(text)
}

export function score(scores: Scores, means: FailureClass): number {
  return scores.get(means) ?? 0
}

export function raise(scores: Scores, means: FailureClass, to: number): void {
  scores.set(means, Math.max(score(scores, means), to))
}

export function lower(scores: Scores, means: FailureClass, by: number): void {
  if (scores.has(means)) scores.set(means, score(scores, means) * by)
}

/** All of a class's weight goes to another; a little stays, so that it is named as an alternative. */
export function turn(scores: Scores, from: FailureClass, into: FailureClass, weight = 1): void {
  const sure = score(scores, from)
  if (sure === 0) return
  raise(scores, into, sure * weight)
  scores.set(from, Math.min(sure, score(scores, into) * 0.75))
}
