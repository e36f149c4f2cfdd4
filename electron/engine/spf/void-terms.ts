import { normalizeName } from '#engine/dns/name.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { asName } from '#engine/spf/evaluation.ts'
import type { MacroString } from '#engine/spf/macro.ts'
import type { Mechanism, SpfRecord } from '#engine/spf/record.ts'
import type { SpfReport } from '#shared/domain/spf.ts'

/**
 * The terms of a record that ask for a name where there is nothing, which receivers count (RFC 7208 section 4.6.4: more
 * than two make the whole record an error). Terms whose name depends on the message are passed over.
 */
export async function lookupVoidTerms(
  domain: string,
  { mechanisms }: SpfRecord,
  lookup: Lookup,
): Promise<SpfReport['voidTerms']> {
  const asked = namesOf(mechanisms, domain)
  const found = await Promise.all(asked.map(async question => ((await isVoid(question, lookup)) ? [question] : [])))
  return found.flat().map(({ term, name }) => ({ term, domain, name }))
}

type Question = { readonly term: string; readonly domain: string; readonly name: string; readonly mx: boolean }

function namesOf(mechanisms: readonly Mechanism[], domain: string): readonly Question[] {
  const all = mechanisms.findIndex(({ kind }) => kind === 'all')
  // What stands behind `all` is never asked.
  return mechanisms.slice(0, all < 0 ? mechanisms.length : all).flatMap(mechanism => {
    if (mechanism.kind !== 'a' && mechanism.kind !== 'mx' && mechanism.kind !== 'exists') return []
    const name = mechanism.domain === null ? domain : plainName(mechanism.domain)
    if (name === null || normalizeName(asName(name)) === null) return []
    return [{ term: mechanism.text, domain, name, mx: mechanism.kind === 'mx' }]
  })
}

async function isVoid({ name, mx }: Question, lookup: Lookup): Promise<boolean> {
  if (mx) {
    const answer = await lookup(asName(name), 'MX')
    return answer.kind === 'nxdomain' || answer.kind === 'nodata'
  }
  // Which family is asked depends on the sender: it is certainly void where neither has an address.
  const answers = await Promise.all([lookup(asName(name), 'A'), lookup(asName(name), 'AAAA')])
  return answers.every(({ kind }) => kind === 'nxdomain' || kind === 'nodata')
}

function plainName(spec: MacroString): string | null {
  const parts = spec.map(part => (part.kind === 'macro' ? null : part.text))
  return parts.includes(null) ? null : parts.join('')
}
