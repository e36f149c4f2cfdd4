import { isDmarc, parseDmarc } from '#engine/dmarc/parse.ts'
import { selectTxt } from '#engine/policy/select-txt.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { DmarcRecord } from '#shared/domain/dmarc.ts'

export type WalkStep = {
  readonly domain: string
  readonly found:
    | { readonly kind: 'one'; readonly record: DmarcRecord }
    | { readonly kind: 'none' }
    | { readonly kind: 'several'; readonly texts: readonly string[] }
    | { readonly kind: 'failed'; readonly detail: string }
}

/** RFC 9989 section 4.10: a domain of many labels goes straight to seven, so that there are never more than eight questions. */
export function walkTargets(domain: string): readonly string[] {
  const labels = domain.split('.')
  const parents = labels.slice(labels.length < 8 ? 1 : -7)
  return [domain, ...parents.map((_, i) => parents.slice(i).join('.'))]
}

/**
 * The DNS tree walk of RFC 9989 section 4.10, from the domain towards the root; it ends at a record with `psd=y` or
 * `psd=n`. The names are independent of the answers, so all are asked at once.
 */
export async function walkTree(domain: string, lookup: Lookup): Promise<readonly WalkStep[]> {
  const targets = walkTargets(domain)
  const steps = await Promise.all(targets.map(target => lookupStep(target, lookup)))
  const end = steps.findIndex(({ found }) => found.kind === 'one' && found.record.psd !== 'u')
  return end < 0 ? steps : steps.slice(0, end + 1)
}

/** RFC 9989 section 4.10.2. */
export function organizationalDomainOf(steps: readonly WalkStep[]): string {
  const start = steps[0]?.domain ?? ''
  const valid = steps.flatMap(({ domain, found }) => (found.kind === 'one' ? [{ domain, psd: found.record.psd }] : []))
  for (const { domain, psd } of valid) {
    if (psd === 'n') return domain
    if (psd === 'y' && domain !== start)
      return start
        .split('.')
        .slice(-(domain.split('.').length + 1))
        .join('.')
  }
  return valid.at(-1)?.domain ?? start
}

async function lookupStep(domain: string, lookup: Lookup): Promise<WalkStep> {
  const found = selectTxt(await lookup(`_dmarc.${domain}`, 'TXT'), isDmarc)
  switch (found.kind) {
    case 'one':
      return { domain, found: { kind: 'one', record: parseDmarc(found.text) } }
    case 'none':
      return { domain, found: { kind: 'none' } }
    case 'several':
    case 'failed':
      return { domain, found }
  }
}
