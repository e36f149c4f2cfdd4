import { parseIp } from '#engine/dns/ip.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookupPtr } from '#engine/policy/ptr.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { coversInclude, measureSpf } from '#engine/spf/measure.ts'
import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import type { SpfCost } from '#shared/domain/spf.ts'
import { escapeControls } from '#shared/escape.ts'

export type DomainQuestion = {
  /** The domain of the From address. */
  readonly domain: string
  /** The address that receivers see, when mail is delivered directly; else null. */
  readonly sendingIp: string | null
  /** What the provider wants to stand in the SPF record, such as `_spf.example.com`; else null. */
  readonly wantedInclude: string | null
  readonly resolver: Resolver
  readonly deadline: Deadline
}

/** The DNS around the sending domain for the "domain" step; what could not be learnt is `unknown`. Never rejects. */
export async function lookupDomainEvidence(question: DomainQuestion): Promise<DomainEvidence> {
  const { resolver, deadline } = question
  const domain = normalizeName(question.domain) ?? question.domain
  const lookup = lookupWith(resolver, deadline)
  const ip = question.sendingIp === null ? null : parseIp(question.sendingIp)
  const [cost, dmarc, ptr] = await Promise.all([
    measureSpf(domain, lookup),
    lookupDmarc(domain, lookup),
    ip === null ? null : lookupPtr(ip, lookup),
  ])
  return {
    kind: 'looked-up',
    domain,
    sendingIp: question.sendingIp,
    spf: {
      record: cost.record === null ? null : escapeControls(cost.record),
      state: spfState(cost),
      coversProvider: covers(cost, question.wantedInclude),
      wantedInclude: question.wantedInclude,
    },
    dmarc: {
      record: dmarc.record === null ? null : escapeControls(dmarc.record),
      state: dmarc.state,
      policy: dmarc.policy,
      at: dmarc.at,
    },
    // An unanswered question is not "no name": then nothing is said about it.
    ptr:
      ptr === null || ptr.state === 'unknown'
        ? null
        : { address: ptr.address, names: ptr.names.map(escapeControls), confirmed: ptr.confirmed },
  }
}

function spfState(cost: SpfCost): DomainEvidence['spf']['state'] {
  if (cost.record !== null) return 'one'
  return cost.fault === 'several' ? 'several' : cost.fault === 'unknown' ? 'unknown' : 'none'
}

function covers(cost: SpfCost, wanted: string | null): boolean | null {
  if (wanted === null || cost.fault === 'unknown') return null
  return cost.record === null ? false : coversInclude(cost, wanted)
}
