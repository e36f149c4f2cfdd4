import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'

/** The records of the sending domain: all of them warnings, for they decide only later, at the receiver. */
export function judgeDomain(seen: DomainEvidence, context: JudgeContext): readonly Judged[] {
  return [...judgeSpf(seen, context), ...judgeDmarc(seen), ...judgePtr(seen), ...judgeUnknown(seen)]
}

function judgeSpf({ domain, spf }: DomainEvidence, { provider }: JudgeContext): readonly Judged[] {
  const wantedInclude = spf.wantedInclude === null ? undefined : `include:${spf.wantedInclude.replace(/^include:/, '')}`
  const facts = { domain, provider: provider?.name, record: spf.record ?? undefined, wantedInclude }
  switch (spf.state) {
    case 'none':
      return [judged('domain-spf-missing', { facts, evidence: [`${domain} TXT: no v=spf1 record`] })]
    case 'several':
      return [
        judged('domain-spf-several', { facts, evidence: [spf.record ?? `${domain} TXT: several v=spf1 records`] }),
      ]
    case 'one':
      // Where the provider uses an envelope domain of its own, SPF is not about this record, so this is likely, not certain.
      return spf.coversProvider === false && wantedInclude !== undefined
        ? [
            judged('domain-spf-lacks-provider', {
              facts,
              evidence: [`${domain} TXT ${spf.record ?? ''}`],
              confidence: 0.8,
            }),
          ]
        : []
    case 'unknown':
      return []
  }
}

function judgeDmarc({ domain, dmarc }: DomainEvidence): readonly Judged[] {
  const facts = { domain, at: dmarc.at ?? undefined }
  if (dmarc.state === 'none')
    return [judged('domain-dmarc-missing', { facts, evidence: [`_dmarc.${domain} TXT: no record`] })]
  if (dmarc.state !== 'several') return []
  return [judged('domain-dmarc-several', { facts, evidence: [`_dmarc.${domain} TXT: several v=DMARC1 records`] })]
}

function judgePtr({ ptr }: DomainEvidence): readonly Judged[] {
  if (!ptr || ptr.confirmed) return []
  const names = ptr.names.join(', ')
  const facts = { ip: ptr.address, names: names === '' ? undefined : names }
  if (ptr.names.length === 0) return [judged('domain-ptr-missing', { facts, evidence: [`${ptr.address} PTR: none`] })]
  return [judged('domain-ptr-not-confirmed', { facts, evidence: [`${ptr.address} PTR ${names}`] })]
}

function judgeUnknown({ domain, spf, dmarc }: DomainEvidence): readonly Judged[] {
  return spf.state === 'unknown' && dmarc.state === 'unknown' ? [judged('domain-unknown', { facts: { domain } })] : []
}
