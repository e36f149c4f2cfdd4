import { recordsOf } from '#engine/dns/answer.ts'
import { type Ip, isPrivate, parseIp } from '#engine/dns/ip.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { escapeTexts } from '#engine/domain/escape-texts.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookupPtr } from '#engine/policy/ptr.ts'
import { lookupSaidNames } from '#engine/policy/said-names.ts'
import { type Lookup, lookupWith } from '#engine/dns/lookup.ts'
import { coversInclude, measureSpf } from '#engine/spf/measure.ts'
import { brokenSpf } from '#shared/domain/broken-spf.ts'
import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import type { SpfCost } from '#shared/domain/spf.ts'
import { escapeControls } from '#shared/escape.ts'

export type DomainQuestion = {
  /** The domain of the From address. */
  readonly domain: string
  /** The address that receivers see, when mail is delivered directly; else null. */
  readonly sendingIp: string | null
  /** A server of the domain's own that the mail goes through, and most likely out from; else null. */
  readonly sendingHost: string | null
  /** What this machine says in EHLO, where it was told what. */
  readonly ehlo: string | null
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
  const [cost, dmarc, ptr] = await Promise.all([
    measureSpf(domain, lookup),
    lookupDmarc(domain, lookup),
    lookupSender(question, lookup),
  ])
  return {
    kind: 'looked-up',
    domain,
    sendingIp: question.sendingIp,
    spf: {
      record: escapedOrNull(cost.record),
      state: spfState(cost),
      coversProvider: covers(cost, question.wantedInclude),
      wantedInclude: question.wantedInclude,
      broken: cost.record === null ? null : escapedOrNull(brokenSpf(cost)),
    },
    dmarc: {
      record: escapedOrNull(dmarc.record),
      state: dmarc.state,
      policy: dmarc.policy,
      at: dmarc.at,
    },
    ptr,
  }
}

function escapedOrNull(text: string | null): string | null {
  return text === null ? null : escapeControls(text)
}

/** The reverse name of the machine that receivers see, and what it calls itself. */
async function lookupSender(question: DomainQuestion, lookup: Lookup): Promise<DomainEvidence['ptr']> {
  const { sendingIp, sendingHost, ehlo } = question
  const of = sendingIp === null ? 'server' : 'us'
  const ip = sendingIp === null ? await lookupHost(sendingHost, lookup) : parseIp(sendingIp)
  if (ip === null) return null
  const [ptr, said] = await Promise.all([
    lookupPtr(ip, lookup),
    lookupSaidNames(ip, of === 'us' ? ehlo : null, null, lookup),
  ])
  // An unanswered question is not "no name": then nothing is said about it.
  if (ptr.state === 'unknown') return null
  return escapeTexts({ address: ptr.address, names: ptr.names, confirmed: ptr.confirmed, of, said })
}

async function lookupHost(host: string | null, lookup: Lookup): Promise<Ip | null> {
  if (host === null) return null
  const answers = await Promise.all([lookup(host, 'A'), lookup(host, 'AAAA')])
  const addresses = answers.flatMap(answer => recordsOf<'A' | 'AAAA'>(answer)).map(({ data }) => parseIp(data.address))
  return addresses.find(ip => ip !== null && !isPrivate(ip)) ?? null
}

function spfState(cost: SpfCost): DomainEvidence['spf']['state'] {
  if (cost.record !== null) return 'one'
  return cost.fault === 'several' ? 'several' : cost.fault === 'unknown' ? 'unknown' : 'none'
}

function covers(cost: SpfCost, wanted: string | null): boolean | null {
  if (wanted === null || cost.fault === 'unknown') return null
  return cost.record === null ? false : coversInclude(cost, wanted)
}
