import { organizationalDomainOf, walkTree, type WalkStep } from '#engine/dmarc/tree-walk.ts'
import { lookupDestinations } from '#engine/dmarc/destinations.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { DmarcPolicy, DmarcRecord, DmarcReport } from '#shared/domain/dmarc.ts'

/** What receivers find for this From domain (RFC 9989 section 4.10.1). @param domain normalized */
export async function lookupDmarc(domain: string, lookup: Lookup): Promise<DmarcReport> {
  const [steps, soa] = await Promise.all([walkTree(domain, lookup), lookup(domain, 'SOA')])
  const report = judgeWalk(steps, soa.kind !== 'nxdomain')
  const destinations = report.tags && report.at !== null ? await lookupDestinations(report.tags, report.at, lookup) : []
  return { ...report, destinations }
}

/** @param exists false: the domain itself is NXDOMAIN, so `np` applies to it */
function judgeWalk(steps: readonly WalkStep[], exists: boolean): DmarcReport {
  const [start] = steps
  const asked = steps.map(step => `_dmarc.${step.domain}`)
  const organizationalDomain = organizationalDomainOf(steps)
  const nothing = { record: null, at: null, policy: null, tags: null, asked, organizationalDomain, destinations: [] }
  if (start?.found.kind === 'failed') return { ...nothing, state: 'unknown', organizationalDomain: null }
  // Several records are discarded like none, but a person has to be told why theirs do nothing.
  const several = start?.found.kind === 'several' ? start.found : null
  const applying = applyingStep(steps, organizationalDomain)
  if (several && !applying) {
    return { ...nothing, state: 'several', record: several.texts.join('\n'), at: start?.domain ?? null }
  }
  if (!applying) {
    const unsure = steps.some(({ found }) => found.kind === 'failed')
    return { ...nothing, state: unsure ? 'unknown' : 'none' }
  }
  const { record, domain: at } = applying
  const policy = policyOf(record, at === start?.domain ? 'itself' : exists ? 'subdomain' : 'missing-subdomain')
  const state = several ? 'several' : 'one'
  return { ...nothing, state, record: record.text, at, policy, tags: record }
}

/** Which of p, sp and np counts, and what is left of it under `t=y`. Null: DMARC is not applied (RFC 9989 section 4.10.1). */
export function policyOf(record: DmarcRecord, of: 'itself' | 'subdomain' | 'missing-subdomain'): DmarcPolicy | null {
  if (record.policyFault) return record.rua.length > 0 ? 'none' : null
  const forSubdomain = record.sp ?? record.p
  const policy = of === 'itself' ? record.p : of === 'subdomain' ? forSubdomain : (record.np ?? forSubdomain)
  return lowered(policy ?? 'none', record.testing)
}

function lowered(policy: DmarcPolicy, testing: boolean): DmarcPolicy {
  if (!testing || policy === 'none') return policy
  return policy === 'reject' ? 'quarantine' : 'none'
}

/** The author domain's own record, else the organizational domain's, else that of the public suffix above it. */
function applyingStep(steps: readonly WalkStep[], organizationalDomain: string) {
  const recordAt = (domain: string) => {
    const found = steps.find(step => step.domain === domain)?.found
    return found?.kind === 'one' ? { domain, record: found.record } : null
  }
  const suffix = steps.find(({ found }) => found.kind === 'one' && found.record.psd === 'y')
  return recordAt(steps[0]?.domain ?? '') ?? recordAt(organizationalDomain) ?? (suffix ? recordAt(suffix.domain) : null)
}
