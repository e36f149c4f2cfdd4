import type { KnownParts } from '#shared/domain/judge-known.ts'
import { PART_NAMES } from './part-verdict.ts'

const COMPARED = ['spf', 'dmarc', 'dkim', 'mx', 'mtaSts', 'tlsRpt', 'bimi', 'caa'] as const

/** What the name servers of the domain publish already and the resolver did not show: by name. */
export function notVisibleYet(before: KnownParts, published: KnownParts): readonly string[] {
  return COMPARED.filter(
    kind =>
      before[kind] !== undefined && published[kind] !== undefined && !isSame(core(before, kind), core(published, kind)),
  ).map(kind => PART_NAMES[kind])
}

/** The records alone: what is judged around them may differ for other reasons. */
function core(parts: KnownParts, kind: (typeof COMPARED)[number]): unknown {
  switch (kind) {
    case 'spf':
      return [...(parts.spf?.candidates ?? [])].sort()
    case 'dmarc':
      return [parts.dmarc?.record, parts.dmarc?.at]
    case 'dkim':
      return parts.dkim?.map(({ name, record }) => [name, record])
    case 'mx':
      return parts.mx?.hosts.map(({ host, preference }) => [host, preference]).sort()
    case 'mtaSts':
      return parts.mtaSts?.record
    case 'tlsRpt':
      return parts.tlsRpt?.record
    case 'bimi':
      return parts.bimi?.record
    case 'caa':
      return parts.caa?.records
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
