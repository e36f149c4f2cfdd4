import { portOf } from '#shared/account/port-of.ts'
import { describeStep, STEP_TITLES } from '#shared/diagnosis/describe-step.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Fix } from '#shared/fix/fix.ts'
import type { Report } from '#shared/report/report.ts'
import { assertNever } from '#shared/result.ts'

const SIGNS: Readonly<Record<Step['state'], string>> = { done: '✓', failed: '✗', skipped: '–', cancelled: '◼' }

/** A run for people: the path, then the findings, worst first. */
export function printReport(report: Report): string {
  const { account } = report
  const where = account.socket ?? `${account.host}:${portOf(account)}`
  const head = `${account.name}: ${account.user === null ? '' : `${account.user} at `}${where} (${account.security === 'tls' ? 'TLS from the start' : account.security === 'starttls' ? 'STARTTLS' : 'not encrypted'})`
  const path = report.steps.map(printStepLine)
  const findings = report.findings.flatMap((finding, index) => ['', ...printFinding(finding, index === 0)])
  return [head, '', ...path, ...findings].join('\n')
}

export function printStepLine(step: Step): string {
  const time = step.ms === null ? '' : `${Math.round(step.ms)} ms`
  return `  ${SIGNS[step.state]} ${STEP_TITLES[step.id].padEnd(9)}${time.padStart(9)}  ${describeStep(step)}`
}

/** @param whole also the text of a letter to whoever can change it, which is long and much the same for each finding */
export function printFinding(finding: Finding, whole = true): string[] {
  const mark = { error: 'Error', warning: 'Warning', info: 'Note' }[finding.severity]
  return [
    `${mark}: ${finding.title}`,
    `  ${finding.explanation}`,
    ...finding.evidence.map(line => `  | ${line.split('\n').join('\n  | ')}`),
    ...finding.fixes.filter(fix => fix.kind !== 'ask' || (whole && finding.severity === 'error')).flatMap(printFix),
  ]
}

export function printFix(fix: Fix): string[] {
  const head = `  → ${fix.label}`
  switch (fix.kind) {
    case 'settings':
      return [
        head,
        ...Object.entries(fix.change).map(
          ([field, value]) => `      ${field} = ${typeof value === 'string' ? value : JSON.stringify(value)}`,
        ),
      ]
    case 'secret':
      return [head, `      ${fix.hint}`]
    case 'dns':
      return [
        head,
        ...fix.changes.map(change => `      ${change.action} ${change.name} ${change.type} ${change.value}`),
      ]
    case 'command':
      return [head, ...fix.commands.map(({ system, command }) => `      ${system}: ${command}`)]
    case 'provider':
      return [
        head,
        ...fix.steps.map((step, index) => `      ${index + 1}. ${step}`),
        ...(fix.url === null ? [] : [`      ${fix.url}`]),
      ]
    case 'ask':
      return [head, ...fix.text.split('\n').map(line => `      ${line}`)]
    case 'wait':
      return [head, `      ${fix.why}`]
    default:
      return assertNever(fix)
  }
}
