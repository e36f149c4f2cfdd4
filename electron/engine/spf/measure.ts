import { normalizeName } from '#engine/dns/name.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { asName } from '#engine/spf/evaluation.ts'
import type { MacroString } from '#engine/spf/macro.ts'
import { parseSpf } from '#engine/spf/parse.ts'
import type { SpfRecord } from '#engine/spf/record.ts'
import { selectSpf } from '#engine/spf/select.ts'
import type { SpfCost } from '#shared/domain/spf.ts'

/** Enough to see what a policy five times over the limit costs, and an end for one that never ends. */
const RECORD_LIMIT = 50

/** `left`: records that may still be read. */
type Walk = { left: number; readonly lookup: Lookup; readonly onRecord: OnRecord }
type Lead = { readonly term: string; readonly spec: MacroString }

/**
 * Walks every include and redirect of a policy, past the limit of ten too, so that a person sees which one costs what.
 * Terms behind `all` are never reached and cost nothing.
 *
 * @param onRecord told of each record as soon as it is read, with the domain that has it
 */
export function measureSpf(domain: string, lookup: Lookup, onRecord: OnRecord = () => {}): Promise<SpfCost> {
  return measure(domain, null, [], { left: RECORD_LIMIT, lookup, onRecord })
}

type OnRecord = (domain: string, record: SpfRecord) => void

/** Whether the include stands anywhere in the tree. Null: a part of it could not be seen. */
export function coversInclude(cost: SpfCost, wanted: string): boolean | null {
  const name = normalizeName(wanted)
  const all = flattenCost(cost)
  if (all.some(node => node.term !== null && normalizeName(node.domain) === name)) return true
  return all.some(({ fault }) => fault === 'unknown' || fault === 'macro' || fault === 'too-many') ? null : false
}

export function flattenCost(cost: SpfCost): readonly SpfCost[] {
  return [cost, ...cost.children.flatMap(flattenCost)]
}

async function measure(domain: string, term: string | null, above: readonly string[], walk: Walk): Promise<SpfCost> {
  const node = { domain, term, record: null, detail: null, lookups: 0, children: [] }
  const name = normalizeName(asName(domain))
  if (name === null) return { ...node, fault: 'missing', detail: 'not a name that DNS can hold' }
  if (above.includes(name)) return { ...node, fault: 'circular', detail: `${domain} includes itself` }
  if (walk.left <= 0) return { ...node, fault: 'too-many', detail: `more than ${RECORD_LIMIT} records` }
  walk.left--
  const found = selectSpf(await walk.lookup(asName(domain), 'TXT'))
  switch (found.kind) {
    case 'failed':
      return { ...node, fault: 'unknown', detail: found.detail }
    case 'none': {
      const detail = found.because === 'nxdomain' ? `${domain} does not exist` : `${domain} has no SPF record`
      return { ...node, fault: 'missing', detail }
    }
    case 'several':
      return { ...node, fault: 'several', detail: `${domain} has ${found.texts.length} SPF records` }
    case 'one': {
      const parsed = parseSpf(found.text)
      if (parsed.ok) return measureRecord(node, found.text, parsed.value, [...above, name], walk)
      return { ...node, record: found.text, fault: 'syntax', detail: `"${parsed.error.term}": ${parsed.error.reason}` }
    }
  }
}

async function measureRecord(
  node: { readonly domain: string; readonly term: string | null; readonly detail: null },
  text: string,
  record: SpfRecord,
  above: readonly string[],
  walk: Walk,
): Promise<SpfCost> {
  walk.onRecord(node.domain, record)
  const all = record.mechanisms.findIndex(({ kind }) => kind === 'all')
  const reached = all < 0 ? record.mechanisms : record.mechanisms.slice(0, all)
  const leads: Lead[] = reached.flatMap(mechanism =>
    mechanism.kind === 'include' ? [{ term: mechanism.text, spec: mechanism.domain }] : [],
  )
  if (all < 0 && record.redirect) leads.push({ term: record.redirect.text, spec: record.redirect.domain })
  const children = await Promise.all(leads.map(lead => follow(lead, node.domain, above, walk)))
  const own =
    reached.filter(({ kind }) => kind !== 'ip4' && kind !== 'ip6').length + (all < 0 && record.redirect ? 1 : 0)
  const lookups = children.reduce((sum, child) => sum + child.lookups, own)
  return { ...node, record: text, fault: null, lookups, children }
}

async function follow({ term, spec }: Lead, domain: string, above: readonly string[], walk: Walk): Promise<SpfCost> {
  const target = spec.map(part => (part.kind !== 'macro' ? part.text : part.letter === 'd' ? domain : null))
  // Where it leads depends on the message; the current domain alone can be filled in.
  const isPlain = spec.every(
    part => part.kind !== 'macro' || (part.letter === 'd' && part.keep === null && !part.reversed),
  )
  if (!isPlain || target.includes(null)) {
    return {
      domain: term,
      term,
      record: null,
      fault: 'macro',
      detail: 'depends on the message',
      lookups: 0,
      children: [],
    }
  }
  return measure(target.join(''), term, above, walk)
}
