import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { Security } from '#shared/account/account.ts'
import { explain } from '#shared/explain/explain.ts'
import { Stage } from '#shared/explain/stage.ts'
import { FailureClass } from '#shared/finding/classes.ts'

/** A text whose cause is known, and what was known beside it. */
export const LabelledCase = z.object({
  stage: Stage.nullable(),
  text: z.string(),
  context: z.object({ host: z.string().nullable(), port: z.int().nullable(), security: Security.nullable() }),
  class: FailureClass,
})
export type LabelledCase = z.infer<typeof LabelledCase>

/** Ours, in our own words, and those that may lie beside the project. */
export const OUR_CASES = new URL('../shared/explain/cases.jsonl', import.meta.url)
export const ESTABLISHED_CASES = new URL('../../../shared/data/smtp-errors.jsonl', import.meta.url)

/** One case a line; null when the file is not there. */
export function readCases(file: URL): readonly LabelledCase[] | null {
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => LabelledCase.parse(JSON.parse(line)))
}

export function classOfText({ text }: LabelledCase): FailureClass {
  return explain({ text }).class
}

export function classWithContext({ text, stage, context }: LabelledCase): FailureClass {
  return explain({ text, stage, ...context }).class
}

/** The share of cases that are right, 0 to 1. */
export function accuracy(cases: readonly LabelledCase[], judge: (each: LabelledCase) => FailureClass): number {
  return cases.filter(each => judge(each) === each.class).length / cases.length
}
