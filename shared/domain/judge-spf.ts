import { addTxt, composeFinding, removeTxt, replaceTxt } from '#shared/domain/compose-finding.ts'
import type { ProviderInclude } from '#shared/domain/aside.ts'
import { mendSpf } from '#shared/domain/mend-record.ts'
import { judgeJoined, judgeLength, judgeProvider, judgeVoidTerms } from '#shared/domain/judge-spf-terms.ts'
import {
  closed,
  flattenedCost,
  hasEnd,
  joinTerms,
  merged,
  termsOf,
  withoutTerm,
  withTerm,
} from '#shared/domain/edit-spf.ts'
import type { DomainFacts } from '#shared/domain/report.ts'
import type { SpfCost } from '#shared/domain/spf.ts'
import type { Finding } from '#shared/finding/finding.ts'

export function judgeSpf(facts: DomainFacts, include: ProviderInclude | null): readonly Finding[] {
  const { domain, spf } = facts
  const type99 = spf.type99.length === 0 ? [] : [judgeType99(domain, spf.type99)]
  if (spf.state === 'unknown') return type99
  if (spf.state === 'several') return [judgeSeveral(domain, spf.candidates), ...type99]
  if (spf.state === 'none' || spf.record === null) return [judgeMissing(facts, include), ...type99]
  const joined = judgeJoined(domain, spf.record, spf.strings ?? [])
  // What else is said about terms that nobody wrote would only lead astray.
  if (joined !== null) return [joined, ...type99]
  const terms =
    spf.cost === null || spf.cost.fault !== null
      ? []
      : [...judgeVoidTerms(domain, spf.record, spf.voidTerms), ...judgeProvider(domain, spf.record, spf.cost, include)]
  return [
    ...judgeRecord(domain, spf.record, spf.cost),
    ...terms,
    ...judgeLength(domain, spf.record),
    ...judgeVerdict(facts, spf.record),
    ...type99,
  ]
}

function judgeMissing({ domain, spf, mx, ptr }: DomainFacts, include: ProviderInclude | null): Finding {
  const [blank] = spf.candidates
  if (blank !== undefined) {
    const changes = [replaceTxt(domain, blank, trimmedRecord(blank), 'so that it begins with v=spf1')]
    const repair = { label: 'Take away what stands in front', changes }
    return composeFinding('domain-spf-leading-blank', {
      facts: { domain },
      evidence: [`${domain} TXT "${blank}"`],
      repair,
    })
  }
  const known = [
    ptr === null ? null : networkOf(ptr.address),
    include === null ? null : `include:${include.include}`,
    mx.state === 'found' ? 'mx' : null,
  ].filter(term => term !== null)
  const nobody = mx.state === 'null-mx' && known.length === 0
  // Who else sends is not known, so others are suspicious and no more; with the null MX a domain is out of use.
  const value = nobody ? 'v=spf1 -all' : joinTerms([...(known.length === 0 ? ['a'] : known), '~all'])
  const why = nobody ? 'no server sends for this domain' : 'names the servers that may send; add those that are missing'
  const repair = { label: 'Publish an SPF record', changes: [addTxt(domain, value, why)] }
  return composeFinding('domain-spf-missing', { facts: { domain }, repair })
}

function judgeSeveral(domain: string, records: readonly string[]): Finding {
  const [first = '', ...others] = records
  const changes = [
    replaceTxt(domain, first, merged(records), 'one record with the senders of all'),
    ...others.map(other => removeTxt(domain, other, 'its senders stand in the one record now')),
  ]
  return composeFinding('domain-spf-several', {
    facts: { domain },
    evidence: records.map(record => `${domain} TXT "${record}"`),
    repair: { label: 'Make one record of them', changes },
  })
}

function judgeRecord(domain: string, record: string, cost: SpfCost | null): readonly Finding[] {
  const evidence = [`${domain} TXT "${record}"`]
  if (cost?.fault === 'syntax') {
    const [, faulty] = /^"(.*)": /.exec(cost.detail ?? '') ?? []
    const value = faulty === undefined ? record : mendSpf(record, faulty)
    const changes = [replaceTxt(domain, record, value, 'without the mistake')]
    const repair = value === record ? {} : { repair: { label: 'Mend the term', changes } }
    return [composeFinding('domain-spf-syntax', { facts: { domain, detail: cost.detail ?? '' }, evidence, ...repair })]
  }
  const findings: Finding[] = []
  const repaired = (value: string, label: string, why: string) => ({
    label,
    changes: [replaceTxt(domain, record, value, why)],
  })
  const open = termsOf(record).find(term => /^\+?all$/i.test(term))
  if (open !== undefined) {
    const repair = repaired(closed(record), 'Close it', 'other senders are suspicious')
    findings.push(composeFinding('domain-spf-open', { facts: { domain, term: open }, evidence, repair }))
  } else if (!hasEnd(record)) {
    const repair = repaired(`${record.trimEnd()} ~all`, 'Add an end', 'other senders are suspicious')
    findings.push(composeFinding('domain-spf-no-end', { facts: { domain }, evidence, repair }))
  }
  const ptr = termsOf(record).find(term => /^[+\-~?]?ptr(?::|$)/i.test(term))
  if (ptr !== undefined) {
    const repair = repaired(withoutTerm(record, ptr), 'Take ptr away', 'RFC 7208 section 5.5 says not to use it')
    findings.push(composeFinding('domain-spf-ptr', { facts: { domain }, evidence, repair }))
  }
  return cost === null ? findings : [...findings, ...judgeCost(domain, record, cost)]
}

function judgeCost(domain: string, record: string, cost: SpfCost): readonly Finding[] {
  const dead = flatten(cost).filter(node => node !== cost && isDead(node))
  const broken = dead.map(node => {
    // A loop through another domain ends here too: the term that leads into it goes.
    const term = cost.children.find(child =>
      node.fault === 'circular' ? flatten(child).includes(node) : child === node,
    )?.term
    const own = term != null
    const why = node.fault === 'circular' ? 'it leads back here' : 'it leads to nothing'
    const changes = own ? [replaceTxt(domain, record, withoutTerm(record, term), why)] : []
    return composeFinding('domain-spf-dead-include', {
      facts: { domain, term: node.term ?? '', detail: node.detail ?? '' },
      evidence: [`${domain} TXT "${record}"`, node.record],
      ...(own ? { repair: { label: 'Take the term away', changes } } : {}),
    })
  })
  if (cost.lookups <= 10) return broken
  const flat = flattenedCost(cost)
  const why = `${flat?.lookups ?? 0} lookups in place of ${cost.lookups}; to be renewed when the provider changes its addresses`
  const changes = flat === null ? [] : [replaceTxt(domain, record, flat.record, why)]
  const tooMany = composeFinding('domain-spf-too-many-lookups', {
    facts: { domain, lookups: cost.lookups },
    evidence: [
      `${domain} TXT "${record}"`,
      ...cost.children.map(child => `${child.term ?? child.domain}: ${child.lookups + 1}`),
      flat === null ? null : `with the addresses written out: ${flat.lookups}`,
    ],
    ...(flat === null ? {} : { repair: { label: 'Write the addresses out', changes } }),
  })
  return [tooMany, ...broken]
}

function judgeVerdict({ domain, ptr, spf }: DomainFacts, record: string): readonly Finding[] {
  const { verdict, cost } = spf
  const refused = verdict?.result === 'fail' || verdict?.result === 'softfail' || verdict?.result === 'neutral'
  // A permerror has a finding of its own; a record with a mistake cannot be mended by adding to it.
  if (!verdict || !refused || ptr === null || cost?.fault != null) return []
  const term = networkOf(ptr.address)
  const changes = [replaceTxt(domain, record, withTerm(record, term), `${ptr.address} may send`)]
  return [
    composeFinding('domain-spf-refuses-address', {
      facts: { domain, result: verdict.result, ip: ptr.address, detail: verdict.reason },
      evidence: [`${domain} TXT "${record}"`],
      severity: verdict.result === 'fail' ? 'error' : 'warning',
      repair: { label: 'Allow this address', changes },
    }),
  ]
}

function judgeType99(domain: string, records: readonly string[]): Finding {
  const changes = records.map(value => ({
    ...removeTxt(domain, value, 'the type is not used any more'),
    type: 'SPF',
  }))
  const evidence = records.map(record => `${domain} SPF "${record}"`)
  return composeFinding('domain-spf-type-99', {
    facts: { domain },
    evidence,
    repair: { label: 'Remove them', changes },
  })
}

function isDead({ fault }: SpfCost): boolean {
  return fault === 'missing' || fault === 'several' || fault === 'syntax' || fault === 'circular'
}

function flatten(cost: SpfCost): readonly SpfCost[] {
  return [cost, ...cost.children.flatMap(flatten)]
}

function networkOf(address: string): string {
  return address.includes(':') ? `ip6:${address}` : `ip4:${address}`
}

function trimmedRecord(text: string): string {
  return text.replace(/^[\s"']+/, '').replace(/["']+$/, '')
}
