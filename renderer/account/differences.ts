import { FIELDS } from '#shared/account/field.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { compareReports, type ReportChanges } from '#shared/report/compare.ts'
import type { Report } from '#shared/report/report.ts'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { printSetting } from '../form/print-setting.ts'

export type Difference = { readonly what: string; readonly before: string; readonly after: string }

/** What two runs of an account differ in, as rows: the settings first, since they explain the rest. */
export function differencesOf(before: Report, after: Report): readonly Difference[] {
  const { settings, steps, findings } = compareReports(before, after)
  return [
    ...rowsOfSettings(settings),
    ...rowsOfSteps(steps),
    ...findings.gone.map(finding => ({ what: finding.title, before: 'found', after: 'gone' })),
    ...findings.appeared.map(finding => ({ what: finding.title, before: 'not there', after: 'found' })),
  ]
}

/** What is different in a run that fails now, beside its path and its findings: neither they nor what it did not reach. */
export function seenDifferencesOf(before: Report, after: Report): readonly Difference[] {
  const { settings, steps } = compareReports(before, after)
  return [...rowsOfSettings(settings), ...rowsOfSteps(steps.filter(step => step.after?.state !== 'skipped'))]
}

function rowsOfSettings(settings: ReportChanges['settings']): readonly Difference[] {
  return settings.map(({ field, before, after }) => ({
    what: FIELDS[field].label,
    before: printSetting(field, before),
    after: printSetting(field, after),
  }))
}

function rowsOfSteps(steps: ReportChanges['steps']): readonly Difference[] {
  return steps.map(step => {
    const [left, right] = [lineOf(step.before), lineOf(step.after)]
    // The line is the same, and something behind it is not: an offered extension, a certificate.
    return { what: STATION_NAMES[step.id], before: left, after: left === right ? `${right}, in other words` : right }
  })
}

function lineOf(step: Step | null): string {
  return step ? describeStep(step) : 'not part of it'
}
