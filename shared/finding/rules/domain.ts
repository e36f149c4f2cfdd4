import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import { judgeSaidNames, nameInReply } from '#shared/domain/said-faults.ts'
import type { SaidName } from '#shared/domain/said-name.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'

/** The records of the sending domain: all of them warnings, for they decide only later, at the receiver. */
export function judgeDomain(seen: DomainEvidence, context: JudgeContext): readonly Judged[] {
  return [
    ...judgeSpf(seen, context),
    ...judgeDmarc(seen),
    ...judgePtr(seen),
    ...judgeSaid(seen, context),
    ...judgeUnknown(seen),
  ]
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
      if (spf.broken) {
        const evidence = [`${domain} TXT ${spf.record ?? ''}`, spf.broken]
        return [judged('domain-spf-broken', { facts: { ...facts, broken: spf.broken }, evidence })]
      }
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
  // A server that takes mail to send need not be the one that sends it.
  const sure = ptr.of === 'us' ? {} : { confidence: 0.7 }
  if (ptr.names.length === 0)
    return [judged('domain-ptr-missing', { facts, evidence: [`${ptr.address} PTR: none`], ...sure })]
  return [judged('domain-ptr-not-confirmed', { facts, evidence: [`${ptr.address} PTR ${names}`], ...sure })]
}

/** What the sending machine calls itself: known for this one, read from its greeting for the account's own server. */
function judgeSaid({ ptr }: DomainEvidence, { steps }: JudgeContext): readonly Judged[] {
  if (!ptr) return []
  const said = ptr.of === 'us' ? ptr.said : greetedNames(steps)
  return judgeSaidNames({ ...ptr, said }).map(({ id, facts, evidence }) => {
    const wanted = ptr.confirmed ? ptr.names[0] : undefined
    const sure = ptr.of === 'us' ? {} : { confidence: 0.7 }
    return judged(id, { facts: { ...facts, wanted }, evidence, ...sure })
  })
}

function greetedNames(steps: JudgeContext['steps']): readonly SaidName[] {
  const connect = stepWith(steps, 'connect')?.evidence
  const encrypt = stepWith(steps, 'encrypt')?.evidence
  const greetings = [
    connect?.kind === 'connected' ? connect.greeting : null,
    encrypt?.kind === 'encrypted' ? encrypt.greeting : null,
  ]
  const hello = encrypt?.kind === 'encrypted' ? encrypt.after : encrypt?.kind === 'plain' ? encrypt.capabilities : null
  const texts = [
    ...greetings.map(greeting => (greeting?.kind === 'ready' ? greeting.reply.text[0] : undefined)),
    hello?.lines[0]?.slice('250-'.length),
  ]
  const names = new Set(texts.map(nameInReply).filter(name => name !== null))
  return [...names].map(name => ({ where: 'greeting', name, state: 'unknown', addresses: [] }))
}

function judgeUnknown({ domain, spf, dmarc }: DomainEvidence): readonly Judged[] {
  if (spf.state !== 'unknown' || dmarc.state !== 'unknown') return []
  return [judged('domain-unknown', { facts: { domain }, evidence: [`${domain} TXT: no answer`] })]
}
