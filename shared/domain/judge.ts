import { type DomainAside, NO_ASIDE } from '#shared/domain/aside.ts'
import { composeFinding } from '#shared/domain/compose-finding.ts'
import { combined } from '#shared/domain/edit-spf.ts'
import { combinedTags } from '#shared/domain/mend-record.ts'
import { judgeAside, judgeSilence } from '#shared/domain/judge-aside.ts'
import { judgeDkim } from '#shared/domain/judge-dkim.ts'
import { judgeDmarc } from '#shared/domain/judge-dmarc.ts'
import { judgeMx, judgePtr } from '#shared/domain/judge-hosts.ts'
import { judgeSaid } from '#shared/domain/judge-said.ts'
import { judgePolicies } from '#shared/domain/judge-policies.ts'
import { judgeSpf } from '#shared/domain/judge-spf.ts'
import type { DomainFacts, DomainReport } from '#shared/domain/report.ts'
import type { Finding, Severity } from '#shared/finding/finding.ts'
import type { DnsChange } from '#shared/fix/fix.ts'

/** What the From address adds: its domain, and whether SPF for the domain counts for it. */
export type FromDomain = { readonly domain: string; readonly spfAligned: boolean | null }

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Findings, worst first, and the records that end them. */
export function judgeDomain(facts: DomainFacts, from: FromDomain | null, aside: DomainAside = NO_ASIDE): DomainReport {
  const findings = findingsOf(facts, from, aside).toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity])
  return { ...facts, caa: aside.caa, findings, changes: changesOf(findings) }
}

function findingsOf(facts: DomainFacts, from: FromDomain | null, aside: DomainAside): readonly Finding[] {
  const { domain } = facts
  if (facts.mx.state === 'no-domain') return [composeFinding('domain-not-found', { facts: { domain } })]
  const unknown = facts.spf.state === 'unknown' || facts.dmarc.state === 'unknown'
  // Nobody answers at all: one finding says so, instead of one for each thing that is not known.
  const silent = facts.mx.state === 'unknown' && facts.spf.state === 'unknown' && facts.dmarc.state === 'unknown'
  if (silent && aside.trouble.length > 0) {
    return [judgeSilence(domain, aside.trouble)]
  }
  return [
    ...(unknown ? [composeFinding('domain-unknown', { facts: { domain } })] : []),
    ...judgeMx(facts),
    ...judgeSpf(facts, aside.include),
    ...judgeDmarc(from?.domain ?? domain, facts.dmarc),
    ...(from?.spfAligned === false
      ? [composeFinding('domain-from-not-aligned', { facts: { domain, from: from.domain } })]
      : []),
    ...judgeDkim(facts.dkim),
    ...judgePtr(facts),
    ...judgeSaid(facts),
    ...judgePolicies(facts),
    ...judgeAside(domain, aside),
  ]
}

/** Repairs that have their time: whoever makes them before the reports are clean loses mail. */
const LATER: ReadonlySet<string> = new Set(['domain-dmarc-only-watches'])

/** All repairs as one plan: each record is changed once. */
function changesOf(findings: readonly Finding[]): DnsChange[] {
  const plan = new Map<string, readonly DnsChange[]>()
  const now = findings.filter(({ id }) => !LATER.has(id)).flatMap(({ fixes }) => fixes)
  for (const change of now.flatMap(fix => (fix.kind === 'dns' ? fix.changes : []))) {
    const key = `${change.name} ${change.type} ${change.replaces ?? change.value}`
    plan.set(key, [...(plan.get(key) ?? []), change])
  }
  return [...plan.values()].flatMap(joined)
}

/** Repairs of the same record become one; of anything but records of terms or tags the first, of the worst finding, stands. */
function joined(repairs: readonly DnsChange[]): readonly DnsChange[] {
  const [first] = repairs
  if (first === undefined) return []
  const original = first.replaces
  const edits = repairs.filter(({ action }) => action === 'replace')
  if (original === null || edits.length < 2) return [first]
  const values = edits.map(({ value }) => value)
  const why = [...new Set(edits.map(edit => edit.why))].join('; ')
  if (/^v=spf1 /i.test(original)) return [{ ...first, value: combined(original, values), why }]
  return /^v=(?:DMARC1|DKIM1)\b/.test(original) ? [{ ...first, value: combinedTags(original, values), why }] : [first]
}
