import { FIELD_NAMES, FIELDS } from '#shared/account/field.ts'
import type { Report } from '#shared/report/report.ts'
import { resultLine } from '../delivery-path/result-line.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { printSetting } from '../form/print-setting.ts'

export type Difference = { readonly what: string; readonly before: string; readonly after: string }

/** What two runs of an account differ in, times aside: the settings first, since they explain the rest. */
export function differencesOf(before: Report, after: Report): readonly Difference[] {
  return [...settings(before, after), ...stations(before, after), ...findings(before, after)]
}

function settings(before: Report, after: Report): readonly Difference[] {
  return FIELD_NAMES.map(name => ({
    what: FIELDS[name].label,
    before: printSetting(name, before.account[name]),
    after: printSetting(name, after.account[name]),
  })).filter(differ)
}

function stations(before: Report, after: Report): readonly Difference[] {
  return after.steps
    .map(step => {
      const earlier = before.steps.find(candidate => candidate.id === step.id)
      return {
        what: STATION_NAMES[step.id],
        before: earlier ? resultLine(earlier) : 'not part of it',
        after: resultLine(step),
      }
    })
    .filter(differ)
}

function findings(before: Report, after: Report): readonly Difference[] {
  const held = (report: Report, id: string) => report.findings.some(finding => finding.id === id)
  const gone = before.findings
    .filter(finding => !held(after, finding.id))
    .map(finding => ({ what: finding.title, before: 'found', after: 'gone' }))
  const came = after.findings
    .filter(finding => !held(before, finding.id))
    .map(finding => ({ what: finding.title, before: 'not there', after: 'found' }))
  return [...gone, ...came]
}

function differ(row: Difference): boolean {
  return row.before !== row.after
}
