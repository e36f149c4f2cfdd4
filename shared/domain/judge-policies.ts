import { composeFinding, removeTxt, replaceTxt } from '#shared/domain/compose-finding.ts'
import type {
  BlocklistReport,
  DaneReport,
  DomainFacts,
  MtaStsReport,
  MxReport,
  TxtReport,
} from '#shared/domain/report.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Fix } from '#shared/fix/fix.ts'

export function judgePolicies(facts: DomainFacts): readonly Finding[] {
  const { domain } = facts
  return [
    ...judgeMtaSts(domain, facts.mtaSts, facts.mx),
    ...judgeTxt('domain-tls-rpt-broken', domain, `_smtp._tls.${domain}`, facts.tlsRpt),
    ...facts.dane.flatMap(judgeDane),
    ...judgeTxt('domain-bimi-broken', domain, `default._bimi.${domain}`, facts.bimi),
    ...(facts.blocklists ?? []).flatMap(judgeBlocklist),
  ]
}

function judgeMtaSts(domain: string, mtaSts: MtaStsReport, mx: MxReport): readonly Finding[] {
  const { state, record } = mtaSts
  const evidence = record === null ? [] : record.split('\n').map(text => `_mta-sts.${domain} TXT "${text}"`)
  if (state === 'none' || state === 'unknown') return []
  if (state !== 'ok') {
    const detail = mtaSts.detail ?? 'there are several records, so none counts'
    return [
      composeFinding('domain-mta-sts-broken', {
        facts: { domain, detail },
        evidence,
        ...mendSts(domain, mtaSts, mx),
      }),
    ]
  }
  const { mode } = mtaSts
  const onTrial =
    mode === 'testing' || mode === 'none'
      ? [
          composeFinding('domain-mta-sts-testing', {
            facts: { domain, mode },
            evidence,
            fixes: [enforce(domain, mtaSts)],
          }),
        ]
      : []
  const uncovered = mtaSts.uncovered.map(host =>
    composeFinding('domain-mta-sts-uncovered', {
      facts: { domain, host, mode: mtaSts.mode ?? '' },
      evidence: [...evidence, ...mtaSts.mx.map(pattern => `mx: ${pattern}`)],
      // While testing, mail is still delivered (RFC 8461 section 5).
      severity: mtaSts.mode === 'enforce' ? 'error' : 'warning',
      fixes: [coverHosts(domain, mtaSts)],
    }),
  )
  return [...uncovered, ...onTrial]
}

/** RFC 8461 section 3.1: one record, with an id of letters and digits; section 3.2: a policy that can be read. */
function mendSts(domain: string, { state, record, id }: MtaStsReport, { hosts }: MxReport) {
  const name = `_mta-sts.${domain}`
  if (state === 'malformed' && record !== null) {
    const fresh = (id ?? '').replaceAll(/[^a-z0-9]/gi, '').slice(0, 32)
    const value = `v=STSv1; id=${fresh === '' ? '1' : fresh}`
    return {
      repair: { label: 'Mend the record', changes: [replaceTxt(name, record, value, 'an id of letters and digits')] },
    }
  }
  if (state === 'several' || hosts.length === 0) return keepFirst(name, record)
  const mx = hosts.map(({ host }) => host)
  const label = 'Publish this policy file, on trial to begin with'
  return { fixes: [policyFile(domain, 'domain-mta-sts-publish', label, { mode: 'testing', mx, maxAgeSeconds: null })] }
}

function coverHosts(domain: string, { mode, mx, uncovered, maxAgeSeconds }: MtaStsReport): Fix {
  return policyFile(domain, 'domain-mta-sts-cover', 'Publish this policy file', {
    mode: mode ?? 'testing',
    mx: [...mx, ...uncovered],
    maxAgeSeconds,
  })
}

function enforce(domain: string, { mx, uncovered, maxAgeSeconds }: MtaStsReport): Fix {
  return policyFile(domain, 'domain-mta-sts-enforce', 'Enforce it, once the TLS reports are clean', {
    mode: 'enforce',
    mx: [...mx, ...uncovered],
    maxAgeSeconds,
  })
}

/** RFC 8461 section 3.2. Senders fetch it again only when the id in the DNS record changes. */
function policyFile(
  domain: string,
  id: string,
  label: string,
  { mode, mx, maxAgeSeconds }: { mode: string; mx: readonly string[]; maxAgeSeconds: number | null },
): Fix {
  const lines = ['version: STSv1', `mode: ${mode}`, ...mx.map(pattern => `mx: ${pattern}`)]
  const file = [...lines, `max_age: ${maxAgeSeconds ?? 604_800}`].join('\n')
  const where = `https://mta-sts.${domain}/.well-known/mta-sts.txt`
  const text = `${file}\n\n(Publish this at ${where}, then give the TXT record _mta-sts.${domain} a new id.)`
  return { kind: 'ask', id, label, text }
}

function judgeTxt(
  id: 'domain-tls-rpt-broken' | 'domain-bimi-broken',
  domain: string,
  name: string,
  { state, record, detail }: TxtReport,
): readonly Finding[] {
  if (state !== 'several' && state !== 'malformed') return []
  const evidence = (record ?? '').split('\n').map(text => `${name} TXT "${text}"`)
  return [composeFinding(id, { facts: { domain, detail: detail ?? '' }, evidence, ...keepFirst(name, record) })]
}

function keepFirst(name: string, record: string | null) {
  const others = record === null ? [] : record.split('\n').slice(1)
  const changes = others.map(text => removeTxt(name, text, 'only one record may stand there'))
  return changes.length === 0 ? {} : { repair: { label: 'Keep the first', changes } }
}

function judgeDane({ host, name, state, records, certificate, wanted }: DaneReport): readonly Finding[] {
  if (certificate === 'mismatch' && wanted !== null) {
    const [old = ''] = records
    const why = 'the certificate that the host shows now'
    const changes = [{ action: 'replace' as const, name, type: 'TLSA', value: wanted, replaces: old, why }]
    const evidence = [...records.map(record => `${name} TLSA ${record}`), `certificate: ${wanted}`]
    return [
      composeFinding('domain-dane-mismatch', {
        facts: { host },
        evidence,
        repair: { label: 'Publish this one', changes },
      }),
    ]
  }
  if (state !== 'unsigned' && state !== 'unusable') return []
  const detail =
    state === 'unsigned'
      ? 'the resolver does not say that the zone is signed with DNSSEC'
      : 'mail uses DANE-TA(2) and DANE-EE(3) with whole digests only'
  const evidence = records.map(record => `${name} TLSA ${record}`)
  return [composeFinding('domain-dane-unusable', { facts: { host, detail }, evidence })]
}

function judgeBlocklist({ list, subject, state, codes, url }: BlocklistReport): readonly Finding[] {
  const facts = { list, subject }
  if (state === 'not-listed') return []
  if (state === 'cannot-tell') return [composeFinding('domain-blocklist-silent', { facts, evidence: codes })]
  const steps = [
    `Open ${url} and look ${subject} up.`,
    'End the cause that it names.',
    'Ask there for the entry to be removed.',
  ]
  const fixes = [
    { kind: 'provider' as const, id: `domain-blocklisted-${list}`, label: `See why at ${list}`, url, steps },
  ]
  return [composeFinding('domain-blocklisted', { facts, evidence: codes, fixes })]
}
