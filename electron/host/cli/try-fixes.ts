import type { AccountChange } from '#shared/account/account.ts'
import type { RunInput, RunTarget } from '#shared/contract/run.ts'
import { isHarmless, nextFix, outcomeOf, rootOf, type Outcome } from '#shared/fix/attempt.ts'
import type { Report } from '#shared/report/report.ts'
import type { CommandIo } from './command.ts'
import { followRun } from './follow-run.ts'
import { printChange } from './settings-options.ts'
import type { Client } from './session.ts'

export type Tried = {
  readonly id: string
  readonly label: string
  readonly change: AccountChange
  readonly outcome: Outcome
  /** As reports have it. */
  readonly helped: boolean
}

export type Attempts = {
  readonly tried: readonly Tried[]
  /** What made it work, whole; null where nothing did. */
  readonly cure: AccountChange | null
}

/** A chain of problems, one behind the other, is seldom longer, and each try takes the time of a test. */
const MOST_TRIES = 8

/**
 * Tries the changes of settings that are offered for the cause, the likeliest first, each in a run of its own. What does
 * not help is taken back before the next; what uncovers another problem behind it is kept. Nothing is stored, and nothing
 * is tried that decides who gets the password or who can read it.
 */
export async function tryFixes(io: CommandIo, client: Client, input: RunInput, report: Report): Promise<Attempts> {
  const tried: Tried[] = []
  let kept: AccountChange = {}
  let cause = rootOf(report.findings)
  while (cause?.severity === 'error' && tried.length < MOST_TRIES && !io.deadline.signal.aborted) {
    const left = { ...cause, fixes: cause.fixes.filter(fix => fix.kind === 'settings' && isHarmless(fix)) }
    const fix = nextFix(
      left,
      tried.map(({ id }) => id),
    )
    if (fix === null) break
    io.note(`Trying: ${fix.label}`)
    const change = { ...kept, ...fix.change }
    const after = await followRun(io, client, { ...input, target: withChange(input.target, change) })
    const outcome = outcomeOf(cause, after.findings)
    const helped = outcome === 'cured' || outcome === 'further'
    tried.push({ id: fix.id, label: fix.label, change: fix.change, outcome, helped })
    if (outcome === 'cured') return { tried, cure: change }
    if (!helped) continue
    kept = change
    cause = rootOf(after.findings)
  }
  return { tried, cure: null }
}

function withChange(target: RunTarget, change: AccountChange): RunTarget {
  return target.kind === 'saved' ? { ...target, change } : { ...target, settings: { ...target.settings, ...change } }
}

const WORDS: Readonly<Record<Outcome, string>> = {
  cured: 'works',
  further: 'helps, and another problem lies behind it',
  same: 'does not help, taken back',
  elsewhere: 'leads to another problem, taken back',
}

/** What was tried, and how to keep what works. */
export function printAttempts({ tried, cure }: Attempts, account: string | null): string {
  if (tried.length === 0) return 'No change of settings is left that could be tried without you.'
  const lines = ['Tried, for this test only:', ...tried.map(({ label, outcome }) => `  ${label}: ${WORDS[outcome]}`)]
  if (cure === null) return lines.join('\n')
  const keep =
    account === null
      ? `Settings that work: ${printChange(cure)}`
      : `Keep it: mailwright accounts edit ${account} ${printChange(cure)}`
  return [...lines, keep].join('\n')
}
