import type { AccountSettings } from '#shared/account/account.ts'
import { steadyText } from '#shared/diagnosis/steady-text.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Report } from '#shared/report/report.ts'
import { settingNames } from '#shared/report/setting-lines.ts'

type SettingValue = AccountSettings[keyof AccountSettings]

export type StepChange = {
  readonly id: StepId
  /** null: the step is not in that report. */
  readonly before: Step | null
  readonly after: Step | null
  readonly stateChanged: boolean
  /** It ended the same way, and something else was seen: another address, certificate, reply. */
  readonly evidenceChanged: boolean
}

export type ReportChanges = {
  readonly settings: readonly {
    readonly field: keyof AccountSettings
    readonly before: SettingValue
    readonly after: SettingValue
  }[]
  /** Only steps in which something changed. */
  readonly steps: readonly StepChange[]
  readonly findings: { readonly gone: readonly Finding[]; readonly appeared: readonly Finding[] }
}

/** What changed between two runs: of one account over time, or of two machines. Times are no change. */
export function compareReports(before: Report, after: Report): ReportChanges {
  return {
    settings: settingNames().flatMap(field => {
      const [left, right] = [before.account[field], after.account[field]]
      return same(left, right) ? [] : [{ field, before: left, after: right }]
    }),
    steps: STEP_IDS.flatMap(id => compareStep(id, before.steps, after.steps)),
    findings: {
      gone: before.findings.filter(({ id }) => !after.findings.some(other => other.id === id)),
      appeared: after.findings.filter(({ id }) => !before.findings.some(other => other.id === id)),
    },
  }
}

function compareStep(id: StepId, left: readonly Step[], right: readonly Step[]): readonly StepChange[] {
  const before = left.find(step => step.id === id) ?? null
  const after = right.find(step => step.id === id) ?? null
  const stateChanged = before?.state !== after?.state
  const evidenceChanged = !same(withoutTimes(before?.evidence ?? null), withoutTimes(after?.evidence ?? null))
  return stateChanged || evidenceChanged ? [{ id, before, after, stateChanged, evidenceChanged }] : []
}

/** Evidence without what differs from run to run: milliseconds, and ids that servers put into their replies. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  if (typeof value === 'string') return steadyText(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      /^ms$|Ms$|^messageId$/.test(key) ? [] : [[key, withoutTimes(part)]],
    ),
  )
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
