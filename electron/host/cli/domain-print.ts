import type { Forecast, Met } from '#shared/domain/forecast.ts'
import type { DomainReport } from '#shared/domain/report.ts'
import { printZoneLines } from '#shared/domain/zone-lines.ts'
import { escapeControlLines } from '#shared/escape.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { printFinding, printFix } from './print-report.ts'

/** A domain for people: one line for each thing, the forecast, the findings, worst first, then the plan. */
export function printDomain(report: DomainReport, forecast: Forecast): string {
  const { domain, findings, changes } = report
  const lines = [
    domain,
    ...overview(report).map(([name, text]) => `  ${name.padEnd(10)} ${text}`),
    ...(report.mx.state === 'no-domain' ? [] : ['', ...printForecast(forecast)]),
    ...findings.flatMap(finding => ['', ...printFinding(finding), ...printLetters(finding)]),
    ...(changes.length === 0
      ? []
      : ['', 'Records to publish, as lines of a zone file:', ...printZoneLines(changes).split('\n')]),
  ]
  return lines.map(escapeControlLines).join('\n')
}

/** What to send to whoever holds an address or a web server; `printFinding` has them with errors. */
function printLetters({ severity, fixes }: Finding): readonly string[] {
  return severity === 'error' ? [] : fixes.filter(({ kind }) => kind === 'ask').flatMap(printFix)
}

function printForecast({ from, provider, summary, spf, dkim, receivers }: Forecast): readonly string[] {
  const legs = [['SPF', spf] as const, ['DKIM', dkim] as const].flatMap(([name, leg]) => [
    `  ${name.padEnd(5)} passes: ${SURE[leg.passes]}, aligned: ${SURE[leg.aligned]}, carries DMARC: ${SURE[leg.carries]}`,
    ...leg.why.map(why => `        ${why}`),
  ])
  const asked = receivers.flatMap(({ name, everybody, bulk }) => {
    const rules = [...everybody, ...bulk.rules]
    const textsOf = (wanted: Met) => [...new Set(rules.filter(({ met }) => met === wanted).map(({ text }) => text))]
    const lines = (['no', 'unknown'] as const).flatMap(met => {
      const texts = textsOf(met)
      return texts.length === 0 ? [] : [`        ${met === 'no' ? 'not met' : 'not known'}: ${texts.join('; ')}`]
    })
    const all = lines.length === 0 ? ': all that the DNS shows is met' : ':'
    return [`  ${name}, from about ${bulk.perDay} messages a day${all}`, ...lines]
  })
  const through = provider === null ? '' : ` through ${provider}`
  return [`Mail from ${from}${through}:`, `  ${summary}`, ...legs, ...asked]
}

const SURE = { yes: 'yes', no: 'no', unknown: 'not known' } as const

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
