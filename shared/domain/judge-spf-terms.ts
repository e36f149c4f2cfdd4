import type { ProviderInclude } from '#shared/domain/aside.ts'
import { composeFinding, replaceTxt } from '#shared/domain/compose-finding.ts'
import { flattened, LENGTH_LIMIT, LOOKUP_LIMIT, termsOf, withoutTerm, withTerm } from '#shared/domain/edit-spf.ts'
import type { SpfCost, SpfReport } from '#shared/domain/spf.ts'
import type { Finding } from '#shared/finding/finding.ts'

/** RFC 7208 section 4.6.4. */
const VOID_LIMIT = 2

/** Terms that find nothing. Only those of the domain's own record can be taken away. */
export function judgeVoidTerms(domain: string, record: string, voidTerms: SpfReport['voidTerms']): readonly Finding[] {
  if (voidTerms.length === 0) return []
  const terms = voidTerms.map(({ term, domain: at }) => (at === domain ? term : `${term} of ${at}`))
  const own = voidTerms.filter(({ domain: at }) => at === domain).map(({ term }) => term)
  const value = own.reduce(withoutTerm, record)
  const changes = [replaceTxt(domain, record, value, 'these terms find nothing')]
  return [
    composeFinding('domain-spf-void-lookups', {
      facts: { domain, count: voidTerms.length, terms: terms.join(', ') },
      evidence: [`${domain} TXT "${record}"`, ...voidTerms.map(({ term, name }) => `${term}: nothing at ${name}`)],
      severity: voidTerms.length > VOID_LIMIT ? 'error' : 'warning',
      ...(own.length === 0 ? {} : { repair: { label: 'Take them away', changes } }),
    }),
  ]
}

/** The beginning of a term; `all` and the other words without a value are whole terms only. */
const TERM_BEGINS = /^[+\-~?]?(?:(?:include|exists|ip4|ip6|a|mx|ptr):|(?:a|mx|ptr|all)(?=[ /]|$))|^(?:redirect|exp)=/i

/** RFC 7208 section 3.3: the strings of a record are joined without anything between them. */
export function judgeJoined(domain: string, record: string, strings: readonly string[]): Finding | null {
  const runsOn = (before: string, after: string) => /[a-z0-9]$/i.test(before) && TERM_BEGINS.test(after)
  const separated = strings.map((text, i) => {
    const next = strings[i + 1]
    return next !== undefined && runsOn(text, next) ? `${text} ` : text
  })
  const at = separated.findIndex((text, i) => text !== strings[i])
  if (at < 0) return null
  const joined = `${strings[at]?.split(' ').at(-1) ?? ''}${strings[at + 1]?.split(' ')[0] ?? ''}`
  const changes = [replaceTxt(domain, record, separated.join(''), 'with a blank between the terms')]
  return composeFinding('domain-spf-joined', {
    facts: { domain, joined },
    evidence: [`${domain} TXT ${strings.map(text => `"${text}"`).join(' ')}`],
    repair: { label: 'Separate them', changes },
  })
}

export function judgeLength(domain: string, record: string): readonly Finding[] {
  if (record.length <= LENGTH_LIMIT) return []
  return [composeFinding('domain-spf-long', { facts: { domain, length: record.length } })]
}

/** The include that the account's provider asks for, added without breaking what is there. */
export function judgeProvider(
  domain: string,
  record: string,
  cost: SpfCost,
  wanted: ProviderInclude | null,
): readonly Finding[] {
  if (wanted === null || covers(cost, wanted.include)) return []
  const value = merged(record, cost, wanted)
  const changes =
    value === null ? [] : [replaceTxt(domain, record, value, `${wanted.provider} sends from its own servers`)]
  return [
    composeFinding('domain-spf-lacks-provider', {
      facts: { domain, provider: wanted.provider, wantedInclude: `include:${wanted.include}` },
      evidence: [`${domain} TXT "${record}"`],
      ...(value === null ? {} : { repair: { label: `Add ${wanted.provider}`, changes } }),
    }),
  ]
}

/** The record with the include; where that makes more than ten lookups, with others written out. Null where it cannot be. */
function merged(record: string, cost: SpfCost, { include, lookups }: ProviderInclude): string | null {
  const term = `include:${include}`
  const value = withTerm(record, term)
  const total = cost.lookups + 1 + (lookups ?? 0)
  if (total <= LOOKUP_LIMIT) return value
  // What it leads to was not looked at record by record, so it stays an include and others are written out.
  const opaque: SpfCost = {
    domain: include,
    term,
    record: null,
    fault: 'macro',
    detail: null,
    lookups: lookups ?? 0,
    children: [],
  }
  return flattened({ ...cost, record: value, lookups: total, children: [...cost.children, opaque] })
}

function covers(cost: SpfCost, include: string): boolean {
  const named = termsOf(cost.record ?? 'v=spf1').some(term => sameName(term.replace(/^\+?include:/i, ''), include))
  return named || cost.children.some(child => sameName(child.domain, include) || covers(child, include))
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase().replace(/\.$/, '') === other.toLowerCase().replace(/\.$/, '')
}
