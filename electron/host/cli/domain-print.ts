import type { DomainReport } from '#shared/domain/report.ts'
import { escapeControlLines } from '#shared/escape.ts'
import { printFinding } from './print-report.ts'

/** A domain for people: one line for each thing, then the findings, worst first, then the plan. */
export function printDomain(report: DomainReport): string {
  const lines = [
    report.domain,
    ...overview(report).map(([name, text]) => `  ${name.padEnd(10)} ${text}`),
    ...report.findings.flatMap(finding => ['', ...printFinding(finding)]),
    ...(report.changes.length === 0 ? [] : ['', 'Records to publish:', ...report.changes.map(printChange)]),
  ]
  return lines.map(escapeControlLines).join('\n')
}

/** As zone files have it: a TXT value in quotes, in strings of at most 255 octets (RFC 1035 section 3.3). */
export function printChange({ action, name, type, value, replaces, why }: DomainReport['changes'][number]): string {
  const data = type === 'TXT' || type === 'SPF' ? quoted(value) : value
  const note = replaces === null ? why : `${why}; in place of ${quoted(replaces)}`
  return `  ${action.padEnd(7)} ${name}. ${type} ${data}  ; ${note}`
}

function overview(report: DomainReport): readonly (readonly [string, string])[] {
  const { mx, spf, dmarc, ptr, mtaSts } = report
  const hosts = mx.hosts.map(({ host, preference }) => `${preference} ${host}`).join(', ')
  const keys = report.dkim.map(
    ({ selector, state, bits }) => `${selector}: ${state}${bits === null ? '' : ` (${bits} bits)`}`,
  )
  return [
    ['MX', mx.state === 'found' ? hosts : mx.state],
    ['SPF', spf.record ?? spf.state],
    ...(spf.cost === null ? [] : [['', `${spf.cost.lookups} of 10 lookups`] as const]),
    ...(spf.verdict === null ? [] : [['', `${spf.verdict.result}: ${spf.verdict.reason}`] as const]),
    [
      'DMARC',
      dmarc.tags === null
        ? dmarc.state
        : `${dmarc.tags.text} (at ${dmarc.at ?? ''}, in force: ${dmarc.policy ?? 'nothing'})`,
    ],
    ['DKIM', keys.length === 0 ? 'no key at the usual selectors' : keys.join(', ')],
    ...(ptr === null ? [] : [['PTR', printPtr(ptr)] as const]),
    ...(ptr?.said ?? []).map(
      ({ where, name, state }) => [where === 'ehlo' ? 'EHLO' : 'greeting', `${name}: ${state}`] as const,
    ),
    ['MTA-STS', mtaSts.mode === null ? mtaSts.state : `${mtaSts.state}, ${mtaSts.mode}`],
    ['TLS-RPT', report.tlsRpt.state],
    ['DANE', report.dane.length === 0 ? 'none' : report.dane.map(({ host, state }) => `${host}: ${state}`).join(', ')],
    ['BIMI', report.bimi.state],
    ...(report.caa === null ? [] : [['CAA', printCaa(report.caa)] as const]),
    ...(report.blocklists ?? []).map(
      ({ list, subject, state }) => ['blocklist', `${list}: ${subject} ${state}`] as const,
    ),
  ]
}

function printCaa({ state, at, records }: NonNullable<DomainReport['caa']>): string {
  if (state !== 'found') return state
  return `${records.map(({ flags, tag, value }) => `${flags} ${tag} "${value}"`).join(', ')} (at ${at ?? ''})`
}

function printPtr({ state, names, confirmed }: NonNullable<DomainReport['ptr']>): string {
  return state === 'found' ? `${names.join(', ')}${confirmed ? '' : ' (does not lead back)'}` : state
}

function quoted(text: string): string {
  const strings = text.match(/[^]{1,255}/g) ?? ['']
  return strings.map(string => `"${string.replaceAll(/["\\]/g, character => `\\${character}`)}"`).join(' ')
}
