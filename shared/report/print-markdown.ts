import { describeStep, STEP_TITLES } from '#shared/diagnosis/describe-step.ts'
import { printTranscript } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { printFixLines } from '#shared/report/print-fix.ts'
import type { Report } from '#shared/report/report.ts'
import { settingLines } from '#shared/report/setting-lines.ts'
import { escapeControlLines } from '#shared/escape.ts'

/** A report to hand to somebody else, as Markdown. What servers said stands in code blocks that it cannot end. */
export function printMarkdown(report: Report): string {
  const { account, program } = report
  return [
    `# Mail test of ${inline(account.name)}`,
    '',
    `${report.startedAt}, ${Math.round(report.totalMs)} ms, ${program.name} ${program.version} on ${inline(program.platform)}`,
    report.sendTo === null ? 'No message was sent.' : `Test message to ${inline(report.sendTo)}.`,
    '',
    '## Path',
    '',
    '| Step | State | Time | Result |',
    '| --- | --- | --- | --- |',
    ...report.steps.map(
      step =>
        `| ${STEP_TITLES[step.id]} | ${step.state} | ${step.ms === null ? '' : `${Math.round(step.ms)} ms`} | ${cell(describeStep(step))} |`,
    ),
    '',
    '## Findings',
    '',
    ...(report.findings.length === 0 ? ['None.', ''] : report.findings.flatMap(printFinding)),
    ...printTried(report),
    '## Settings',
    '',
    '| Setting | Value |',
    '| --- | --- |',
    ...settingLines(account).map(({ field, value }) => `| ${field} | ${cell(value)} |`),
    '',
    '## Transcript',
    '',
    ...block(printTranscript(report.transcript)),
    '',
  ].join('\n')
}

function printTried({ tried = [] }: Report): readonly string[] {
  if (tried.length === 0) return []
  const lines = tried.map(({ label, helped }) => `- ${inline(label)}: ${helped ? 'helped' : 'did not help'}`)
  return ['## Tried', '', ...lines, '']
}

function printFinding(finding: Finding): readonly string[] {
  const { title, severity, id, explanation, evidence, confidence, fixes } = finding
  return [
    `### ${inline(title)}`,
    '',
    `${severity}, ${id}${finding.class === null ? '' : `, ${finding.class}`}, ${Math.round(confidence * 100)} % sure`,
    '',
    inline(explanation),
    '',
    ...(evidence.length === 0 ? [] : [...block(evidence.join('\n')), '']),
    ...fixes.flatMap(printFix),
    '',
  ]
}

function printFix(fix: Fix): readonly string[] {
  const lines = printFixLines(fix)
  return [
    `- ${inline(fix.label)}`,
    ...(lines.length === 0 ? [] : ['', ...block(lines.join('\n')).map(line => `  ${line}`), '']),
  ]
}

/** A code block whose fence is longer than any run of backticks in it. */
function block(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(run => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...escapeControlLines(text).split('\n'), fence]
}

/** Text in which no character is taken for markup: HTML in it stays text, too. */
function inline(text: string): string {
  return escapeControlLines(text)
    .replaceAll('\n', ' ')
    .replace(/[\\`*_[\]<>|#~]/g, character => `\\${character}`)
    .replaceAll('&', '&amp;')
}

function cell(text: string): string {
  return inline(text)
}
