import { judgeDomain } from '#shared/domain/judge.ts'
import type { DomainPart } from '#shared/domain/part.ts'
import type { DomainFacts, DomainReport } from '#shared/domain/report.ts'

/** What is known of a domain until now. */
export type KnownParts = { readonly [K in DomainPart['kind']]?: Extract<DomainPart, { readonly kind: K }>['value'] }

/** The findings and repairs of a look that was stopped: about the parts that had come, and nothing about the others. */
export function judgeKnown(
  domain: string,
  from: string,
  known: KnownParts,
): Pick<DomainReport, 'findings' | 'changes'> {
  const { caa: _caa, delegation: _delegation, ...facts } = known
  const { findings, changes } = judgeDomain({ ...unknownFacts(domain), ...facts }, { domain: from, spfAligned: null })
  const silent = new Set([
    ...(known.spf && known.dmarc ? [] : ['domain-unknown']),
    ...(known.dkim ? [] : ['domain-dkim-none-seen']),
  ])
  return { findings: findings.filter(({ id }) => !silent.has(id)), changes }
}

/** Nothing was answered. */
function unknownFacts(domain: string): DomainFacts {
  const txt = { state: 'unknown', record: null, detail: null } as const
  return {
    domain,
    mx: { state: 'unknown', hosts: [] },
    spf: { state: 'unknown', record: null, candidates: [], cost: null, verdict: null, voidTerms: [], type99: [] },
    dmarc: {
      state: 'unknown',
      record: null,
      at: null,
      organizationalDomain: null,
      policy: null,
      tags: null,
      asked: [],
      destinations: [],
    },
    dkim: [],
    ptr: null,
    mtaSts: { ...txt, id: null, mode: null, mx: [], maxAgeSeconds: null, uncovered: [] },
    tlsRpt: txt,
    dane: [],
    bimi: txt,
    blocklists: null,
  }
}
