import type { Address, ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import type { Place, Plan } from '#engine/diagnosis/plan.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import { lookupAddresses } from '#engine/dns/addresses.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import { interleaveFamilies } from '#engine/net/race.ts'

export type Resolved = StepOutcome<ResolveEvidence> & {
  /** What to dial, in the order to try. */
  readonly targets: readonly DialTarget[]
}

export async function runResolve(
  { place, family }: Pick<Plan, 'place' | 'family'>,
  resolver: Resolver | 'system',
  deadline: Deadline,
): Promise<Resolved> {
  switch (place.kind) {
    case 'socket': {
      const evidence: ResolveEvidence = { kind: 'literal', host: place.path, address: null, via: 'socket' }
      return { ok: true, evidence, targets: [place] }
    }
    case 'proxy': {
      const evidence: ResolveEvidence = { kind: 'literal', host: place.host, address: null, via: 'proxy' }
      return { ok: true, evidence, targets: [place] }
    }
    case 'host': {
      const evidence = await lookupAddresses(place.host, family, resolver, deadline)
      const targets = targetsOf(evidence, place)
      return { ok: targets.length > 0, evidence, targets }
    }
  }
}

/** What to dial, in the order to try: both families in turns. */
export function targetsOf(evidence: ResolveEvidence, place: Place): readonly DialTarget[] {
  if (place.kind !== 'host') return [place]
  const { port, sourceIp } = place
  return addressesIn(evidence).map(each => ({ kind: 'address', ...each, port, sourceIp }))
}

function addressesIn(evidence: ResolveEvidence): readonly Address[] {
  switch (evidence.kind) {
    case 'resolved':
      return interleaveFamilies(evidence.addresses)
    case 'literal':
      return evidence.address === null ? [] : [evidence.address]
    case 'not-found':
    case 'resolver-failed':
      return []
  }
}
