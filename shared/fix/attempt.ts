import type { AccountChange } from '#shared/account/account.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { StepId } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { SettingsFix } from '#shared/fix/apply-fix.ts'

/**
 * What came of a change of settings: the way is free; it goes further, to another problem; the same problem is there
 * still; or another one comes no later than the first did. After the last two the change is of no use.
 */
export type Outcome = 'cured' | 'further' | 'same' | 'elsewhere'

/** A change of settings that was made to see whether it helps. */
export type Attempt = {
  readonly label: string
  /** What it was to cure, as it was then, with all that was offered; null where nothing was known to be wrong. */
  readonly cause: Finding | null
  /** The fixes of this cause that were tried, this one the last. */
  readonly tried: readonly string[]
  /** What takes it back. */
  readonly before: AccountChange
}

/** @param before what the change writes over */
export function beginAttempt(findings: readonly Finding[], change: AccountChange, before: AccountChange): Attempt {
  for (const cause of findings) {
    const fix = cause.fixes.find(
      each => each.kind === 'settings' && JSON.stringify(each.change) === JSON.stringify(change),
    )
    if (fix) return { label: fix.label, cause, tried: [fix.id], before }
  }
  return { label: `Change of ${Object.keys(change).join(', ')}`, cause: rootOf(findings), tried: [], before }
}

/** The next one for the same cause. */
export function continueAttempt(attempt: Attempt, next: SettingsFix, before: AccountChange): Attempt {
  return { ...attempt, label: next.label, tried: [...attempt.tried, next.id], before }
}

/** The finding that the others follow from: the worst, and of these the first. */
export function rootOf(findings: readonly Finding[]): Finding | null {
  const roots = findings.filter(({ explainedBy }) => !explainedBy)
  return (
    roots.find(({ severity }) => severity === 'error') ?? roots.find(({ severity }) => severity === 'warning') ?? null
  )
}

/** @param after the findings of a run with the change in it */
export function outcomeOf(cause: Finding, after: readonly Finding[]): Outcome {
  const same = after.some(({ id, severity }) => id === cause.id && severity === cause.severity)
  if (same) return 'same'
  const left = rootOf(after)
  if (left === null || left.severity !== 'error') return 'cured'
  // Port 25 that is blocked, and then port 587 that does not answer, are one problem with two names.
  if (left.step === cause.step && left.class !== null && left.class === cause.class) return 'same'
  return ORDER.indexOf(left.step) > ORDER.indexOf(cause.step) ? 'further' : 'elsewhere'
}

const ORDER: readonly StepId[] = STEP_IDS

/** The likeliest change that has not been tried; null where there is none left. A last resort is never the next to try. */
export function nextFix(cause: Finding, tried: readonly string[]): SettingsFix | null {
  const left = cause.fixes.find(
    (fix): fix is SettingsFix =>
      fix.kind === 'settings' && fix.id !== 'no-certificate-check' && !tried.includes(fix.id),
  )
  return left ?? null
}

/** Settings that decide who gets the password and who can read it: changing them takes a person who has looked. */
const GUARDED: readonly (keyof AccountChange)[] = [
  'host',
  'hostOverride',
  'fingerprint',
  'verifyCertificate',
  'allowPlaintextSignIn',
  'proxy',
  'tlsMin',
  'ciphers',
  'requireTls',
  'secret',
]

/** Whether a program may try it by itself, once it was told to try what is offered. */
export function isHarmless({ change }: SettingsFix): boolean {
  return change.security !== 'none' && !GUARDED.some(field => field in change)
}
