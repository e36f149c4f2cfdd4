import { expect } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import { applyFix, type SettingsFix } from '#shared/fix/apply-fix.ts'
import { verdictOf } from '#shared/report/report.ts'
import type { Diagnosed } from './diagnosed.ts'
import { FAILURES } from './failures.ts'

/** One real failure and how it is met here. */
export type Failure = {
  /** Its number among the 48; null: beside them. */
  readonly number: keyof typeof FAILURES | null
  /** What brings it about. */
  readonly how: string
  /** The first finding, and its class. */
  readonly shows: FindingId
  readonly means: FailureClass | null
  /** The settings fixes that are offered and make the account work. */
  readonly cures?: readonly string[]
  /** Those that are offered and do not help here, with the reason that no rule could know. */
  readonly vain?: Readonly<Record<string, string>>
}

export function titleOf({ number, how }: Pick<Failure, 'number' | 'how'>): string {
  return number === null ? `beside the 48: ${how}` : `${number} ${FAILURES[number]}: ${how}`
}

/** The first finding is the cause, it has its evidence and fixes, and each settings fix is applied to see what it does. */
export async function expectDiagnosed(
  failure: Failure,
  settings: Partial<AccountSettings>,
  diagnose: (settings: Partial<AccountSettings>) => Promise<Diagnosed>,
): Promise<void> {
  const seen = await diagnose(settings)
  const [first] = seen.findings
  const all = seen.findings.map(({ id, evidence }) => `${id}: ${evidence.join(' / ')}`).join('\n')
  expect({ shows: first?.id, means: first?.class }, all).toEqual({ shows: failure.shows, means: failure.means })
  expect(first?.evidence, all).not.toEqual([])
  expect(first?.fixes).not.toEqual([])
  const fixes = (first?.fixes ?? []).filter((fix): fix is SettingsFix => fix.kind === 'settings')
  const { cures = [], vain = {} } = failure
  expect(fixes.map(({ id }) => id).toSorted()).toEqual([...cures, ...Object.keys(vain)].toSorted())
  for (const fix of fixes) {
    const after = await diagnose(applyFix(seen.account, fix))
    const cured =
      verdictOf(after) === 'works' &&
      !after.findings.some(({ id, severity }) => id === first?.id && severity === first.severity)
    expect(cured, `${fix.label}: ${after.findings.map(({ title }) => title).join('; ')}`).toBe(cures.includes(fix.id))
  }
}
