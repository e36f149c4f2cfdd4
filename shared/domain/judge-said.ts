import { composeFinding } from '#shared/domain/compose-finding.ts'
import { addAddress, isOwn, ownHost } from '#shared/domain/judge-hosts.ts'
import type { DomainFacts, PtrReport } from '#shared/domain/report.ts'
import { judgeSaidNames, type SaidFault } from '#shared/domain/said-faults.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { renameServer } from '#shared/fix/rename-server.ts'

/** What the sending server calls itself, against its address and reverse DNS. */
export function judgeSaid(facts: DomainFacts): readonly Finding[] {
  const { ptr } = facts
  if (ptr === null) return []
  return judgeSaidNames(ptr).map(fault =>
    composeFinding(fault.id, {
      facts: fault.facts,
      evidence: fault.evidence,
      ...giveAddress(facts, ptr, fault),
      fixes: [...rename(fault, wantedName(facts, ptr)), ...askForName(ptr, fault)],
    }),
  )
}

/** The name that leads both ways, else the one that would. */
function wantedName(facts: DomainFacts, ptr: PtrReport): string {
  const [confirmed] = ptr.generic ? [] : ptr.confirmedNames
  return confirmed ?? ownHost(facts, ptr).name
}

function rename({ said }: SaidFault, wanted: string): readonly Fix[] {
  return said.name.toLowerCase() === wanted ? [] : renameServer(said.where, wanted)
}

/** A name of the domain that has no address at all, or is the right one and has another, can have this one. */
function giveAddress(facts: DomainFacts, ptr: PtrReport, { said }: SaidFault) {
  const { address } = ptr
  const fits = said.state === 'no-address' || (said.state === 'elsewhere' && said.name === wantedName(facts, ptr))
  if (!fits || !isOwn(said.name, facts.domain)) return {}
  const changes = [addAddress(said.name, address, 'so that the EHLO name leads to the server')]
  return { repair: { label: `Give ${said.name} this address`, changes } }
}

/** Where the server's own name is sound, reverse DNS can follow it instead. */
function askForName({ address }: PtrReport, { id, said }: SaidFault): readonly Fix[] {
  if (said.state !== 'ok') return []
  const text = `Please set the reverse DNS (PTR) of ${address} to ${said.name}.\nThe mail server at this address calls itself ${said.name}, and ${said.name} has ${address} as its address.`
  return [{ kind: 'ask', id: `${id}-ask`, label: 'Or have reverse DNS follow the server', text }]
}
