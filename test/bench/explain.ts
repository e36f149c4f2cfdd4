/*
 * Prints how many texts of each class `explain` puts into it first, from the text alone and with what is known beside it:
 * of our own cases, and of the established ones where they lie beside the project; then the slowest case and a log of 10 MB.
 *
 *   node test/bench/explain.ts [FILE.jsonl]
 */
import { pathToFileURL } from 'node:url'
import { explain } from '#shared/explain/explain.ts'
import {
  accuracy,
  classOfText,
  classWithContext,
  ESTABLISHED_CASES,
  OUR_CASES,
  readCases,
  type LabelledCase,
} from '../support/labelled-cases.ts'

const LOG_BYTES = 10_000_000

const given = process.argv[2]
printAccuracy('our own cases', OUR_CASES)
printAccuracy('established cases', ESTABLISHED_CASES)
if (given !== undefined) printAccuracy(given, pathToFileURL(given))
printTimes()

function printAccuracy(title: string, file: URL): void {
  const cases = readCases(file)
  if (cases === null) {
    console.log(`${title}: SKIPPED, ${file.pathname} is not there\n`)
    return
  }
  console.log(`${title.padEnd(42)} cases  alone  with context`)
  for (const [means, some] of Map.groupBy(cases, each => each.class)) printLine(`  ${means}`, some)
  printLine('  all', cases)
  console.log('')
}

function printLine(title: string, cases: readonly LabelledCase[]): void {
  const share = (judge: typeof classOfText) => `${(100 * accuracy(cases, judge)).toFixed(1)} %`
  const count = String(cases.length).padStart(5)
  console.log(`${title.padEnd(42)} ${count} ${share(classOfText).padStart(8)} ${share(classWithContext).padStart(10)}`)
}

function printTimes(): void {
  const cases = [OUR_CASES, ESTABLISHED_CASES].flatMap(file => readCases(file) ?? [])
  const slowest = Math.max(...cases.map(({ text }) => Math.min(timeOf(text), timeOf(text), timeOf(text))))
  const lines = cases.map(({ text }, index) => `Nov 21 10:00:${index % 60} mx smtp[${index}]: ${text}`).join('\n')
  const log = lines.repeat(Math.ceil(LOG_BYTES / lines.length)).slice(0, LOG_BYTES)
  console.log(`slowest case ${slowest.toFixed(1)} ms, a log of 10 MB ${timeOf(log).toFixed(0)} ms`)
}

function timeOf(text: string): number {
  const startedAt = performance.now()
  explain({ text })
  return performance.now() - startedAt
}
