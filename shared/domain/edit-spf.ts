import type { SpfCost } from '#shared/domain/spf.ts'

/*
 * Repairs of SPF records as text: a term is what stands between blanks. Whatever a repair does not understand it
 * leaves as it is.
 */

/** RFC 7208 section 4.6.4. */
export const LOOKUP_LIMIT = 10
/** RFC 7208 section 3.4: a record should fit a DNS answer of 512 octets. */
export const LENGTH_LIMIT = 450

export function termsOf(record: string): readonly string[] {
  return record.trim().split(/ +/).slice(1)
}

export function joinTerms(terms: readonly string[]): string {
  return ['v=spf1', ...terms].join(' ')
}

export function isAll(term: string): boolean {
  return /^[+\-~?]?all$/i.test(term)
}

/** Whether other senders are dealt with: `all` or a redirect. */
export function hasEnd(record: string): boolean {
  return termsOf(record).some(term => isAll(term) || /^redirect=/i.test(term))
}

/** The record with another term, in front of its end, where it is still reached. */
export function withTerm(record: string, term: string): string {
  const terms = termsOf(record)
  if (terms.some(other => other.toLowerCase() === term.toLowerCase())) return record
  const end = terms.findIndex(other => isAll(other) || /^(?:redirect|exp)=/i.test(other))
  const at = end < 0 ? terms.length : end
  return joinTerms([...terms.slice(0, at), term, ...terms.slice(at)])
}

export function withoutTerm(record: string, term: string): string {
  return joinTerms(termsOf(record).filter(other => other !== term))
}

/** `+all` and `all` become `~all`. */
export function closed(record: string): string {
  return joinTerms(termsOf(record).map(term => (/^\+?all$/i.test(term) ? '~all' : term)))
}

/**
 * One record with the edits of several repairs, each of which was made from the original alone: what one took away goes,
 * what it put in its place stands there, what it added stands in front of the end.
 */
export function combined(original: string, edits: readonly string[]): string {
  const before = termsOf(original)
  return edits.reduce((record, edit) => {
    const after = termsOf(edit)
    const removed = before.filter(term => !after.includes(term))
    const added = after.filter(term => !before.includes(term))
    // Where the new terms stand; gone already where another repair took it away.
    const place = removed.find(term => termsOf(record).includes(term))
    const kept = joinTerms(
      termsOf(record).flatMap(term => (term === place ? added : removed.includes(term) ? [] : [term])),
    )
    if (place !== undefined) return kept
    return added.reduce((so, term) => (isAll(term) ? `${so} ${term}` : withTerm(so, term)), kept)
  }, joinTerms(before))
}

/** One record that allows what each of several allowed; the mildest `all` of them wins, but never `+all`. */
export function merged(records: readonly string[]): string {
  const terms = records.flatMap(termsOf)
  const senders = terms.filter(term => !isAll(term) && !/^(?:redirect|exp)=/i.test(term))
  const redirects = terms
    .filter(term => /^redirect=/i.test(term))
    .map(term => `include:${term.slice('redirect='.length)}`)
  const alls = terms.filter(isAll)
  const end = alls.length > 0 && alls.every(term => term.startsWith('-')) ? '-all' : '~all'
  return joinTerms([...new Set([...senders, ...redirects]), end])
}

/**
 * The record with the most expensive includes replaced by the addresses behind them, until ten lookups are enough.
 * Null where that cannot be done: the addresses are not all plain, or would not fit.
 */
export function flattened(cost: SpfCost): string | null {
  return flattenedCost(cost)?.record ?? null
}

/** The same, with the lookups that are left. */
export function flattenedCost(cost: SpfCost): { readonly record: string; readonly lookups: number } | null {
  if (cost.record === null) return null
  const record = [...cost.children]
    .filter(child => child.term !== null && /^\+?include:/i.test(child.term))
    .toSorted((one, other) => other.lookups - one.lookups)
    .reduce(
      (so, child) => {
        const networks = so.lookups > LOOKUP_LIMIT ? networksOf(child) : null
        if (networks === null || child.term === null) return so
        const at = so.terms.indexOf(child.term)
        const terms = [...so.terms.slice(0, at), ...networks, ...so.terms.slice(at + 1)]
        return { lookups: so.lookups - child.lookups - 1, terms: [...new Set(terms)] }
      },
      { lookups: cost.lookups, terms: termsOf(cost.record) },
    )
  const text = joinTerms(record.terms)
  const fits = record.lookups <= LOOKUP_LIMIT && text.length <= LENGTH_LIMIT
  return fits ? { record: text, lookups: record.lookups } : null
}

/** The networks that an included record passes, or null where it holds more than networks and includes of such. */
function networksOf(node: SpfCost): readonly string[] | null {
  if (node.record === null || node.fault !== null) return null
  const networks: string[] = []
  for (const term of termsOf(node.record)) {
    if (/^\+?ip[46]:/i.test(term)) networks.push(term)
    else if (isAll(term) && !/^\+?all$/i.test(term)) return networks
    else {
      const child = node.children.find(other => other.term === term)
      const below = child && /^(?:\+?include:|redirect=)/i.test(term) ? networksOf(child) : null
      if (below === null) return null
      networks.push(...below)
    }
  }
  return networks
}
