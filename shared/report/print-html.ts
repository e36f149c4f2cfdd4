import { describeStep, STEP_TITLES } from '#shared/diagnosis/describe-step.ts'
import { printTranscript } from '#shared/diagnosis/transcript.ts'
import { escapeControlLines } from '#shared/escape.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { printFixLines } from '#shared/report/print-fix.ts'
import type { Report } from '#shared/report/report.ts'
import { settingLines } from '#shared/report/setting-lines.ts'

const STYLE = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
pre { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .75rem }
section { margin: 1.5rem 0 }
.state, .severity { font-weight: 600 }
`

/**
 * A report as one HTML file that needs nothing else. It runs no script and loads nothing, whatever stands in it:
 * every text is escaped, and a policy in the page forbids both.
 */
export function printHtml(report: Report): string {
  const { account, program } = report
  const title = `Mail test of ${account.name}`
  const sent = report.sendTo === null ? 'No message was sent.' : `Test message to ${report.sendTo}.`
  const about = `${report.startedAt}, ${Math.round(report.totalMs)} ms, ${program.name} ${program.version} on ${program.platform}. ${sent}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(about)}</p>
<h2>Path</h2>
<table>
<thead><tr><th>Step</th><th>State</th><th>Time</th><th>Result</th></tr></thead>
<tbody>
${report.steps.map(step => row([STEP_TITLES[step.id], step.state, step.ms === null ? '' : `${Math.round(step.ms)} ms`, describeStep(step)])).join('\n')}
</tbody>
</table>
<h2>Findings</h2>
${report.findings.length === 0 ? '<p>None.</p>' : report.findings.map(printFinding).join('\n')}
${printTried(report)}<h2>Settings</h2>
<table>
<thead><tr><th>Setting</th><th>Value</th></tr></thead>
<tbody>
${settingLines(account)
  .map(({ field, value }) => row([field, value]))
  .join('\n')}
</tbody>
</table>
<h2>Transcript</h2>
<pre>${escapeHtml(printTranscript(report.transcript))}</pre>
</body>
</html>
`
}

function printTried({ tried = [] }: Report): string {
  if (tried.length === 0) return ''
  const items = tried.map(({ label, helped }) => `<li>${escapeHtml(label)}: ${helped ? 'helped' : 'did not help'}</li>`)
  return `<h2>Tried</h2>\n<ul>${items.join('\n')}</ul>\n`
}

function printFinding(finding: Finding): string {
  const { title, severity, id, explanation, evidence, confidence, fixes } = finding
  const facts = [
    severity,
    id,
    ...(finding.class === null ? [] : [finding.class]),
    `${Math.round(confidence * 100)} % sure`,
  ]
  const items = fixes.map(
    fix => `<li>${escapeHtml(fix.label)}<pre>${escapeHtml(printFixLines(fix).join('\n'))}</pre></li>`,
  )
  return `<section>
<h3>${escapeHtml(title)}</h3>
<p class="severity">${escapeHtml(facts.join(', '))}</p>
<p>${escapeHtml(explanation)}</p>
${evidence.length === 0 ? '' : `<pre>${escapeHtml(evidence.join('\n'))}</pre>`}
${items.length === 0 ? '' : `<ul>${items.join('\n')}</ul>`}
</section>`
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return escapeControlLines(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}
