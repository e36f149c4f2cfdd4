import type { FailureClass } from '#shared/finding/classes.ts'

/** How surely a wording means its class: only this one; nearly always; often; a mere hint. */
export const SURE = 0.95
export const LIKELY = 0.82
export const MAYBE = 0.62
export const HINT = 0.42

/**
 * A class, how surely, and wordings that mean it: fragments between bars, in lower case with single blanks and straight
 * quotes. `…` stands for a gap of at most `GAP` characters, ` .. ` for one of at most `NEAR`, `{one, another}` for either.
 * Fragments, not expressions, so that matching takes linear time.
 */
export type Row = readonly [means: FailureClass, sure: number, says: string]

/** The wordings of one speaker, or about one subject. */
export type Table = {
  /** Pages that document the wordings, or the programs that say them. */
  readonly sources: readonly string[]
  readonly rows: readonly Row[]
}

/** A sentence. */
export const GAP = 160

/** A few words, such as an address between a noun and its verb. */
export const NEAR = 40
