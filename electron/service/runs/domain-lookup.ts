import type { Account } from '#shared/account/account.ts'
import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import { deliversItself } from '#shared/domain/sender-path.ts'
import { providerOf } from '#shared/finding/provider.ts'
import type { Report } from '#shared/report/report.ts'
import type { DomainLookup } from '#engine/diagnosis/diagnosis.ts'
import type { ResolverChoice } from '#service/runs/resolvers.ts'

export type RunDomainLookup = (earlier: Report | null, account: Account, resolver: ResolverChoice) => DomainLookup

/** The domain step of a run: from an earlier run where that still holds, else from the DNS. */
export const lookupDomainForRun: RunDomainLookup = (earlier, account, resolver) => async (question, deadline) => {
  const wantedInclude = providerOf(account)?.spfInclude ?? null
  const known = earlier === null ? null : reusable(earlier, account, resolver)
  if (known?.domain === question.domain && known.spf.wantedInclude === wantedInclude && saysTheSame(known, account))
    return known
  const { lookupDomainEvidence } = await import('#engine/domain/evidence.ts')
  return lookupDomainEvidence({
    domain: question.domain,
    sendingIp: sendingIpOf(account),
    sendingHost: ownServerOf(account, question.domain),
    ehlo: account.ehlo,
    wantedInclude,
    resolver: resolver.forRecords,
    deadline,
  })
}

/** What the earlier run of the same account saw, if the same resolver was asked. */
function reusable(earlier: Report, account: Account, resolver: ResolverChoice): DomainEvidence | null {
  const step = stepWith(earlier.steps, 'domain')
  if (step?.state !== 'done' || earlier.account.id !== account.id) return null
  const resolved = stepWith(earlier.steps, 'resolve')?.evidence
  // An address was not looked up, so the report does not tell which resolver was asked: the system's, unless chosen.
  const label = resolved && 'resolver' in resolved ? resolved.resolver : 'system'
  return label === resolver.label ? step.evidence : null
}

/** A name that was changed since has to be looked at anew. */
function saysTheSame({ ptr }: DomainEvidence, account: Account): boolean {
  const said = ptr?.said.find(({ where }) => where === 'ehlo')?.name ?? null
  return ptr === null || ptr.of === 'server' || said === account.ehlo
}

/** The address that the account chooses, for the one that the system would choose may be translated on the way. */
function sendingIpOf(account: Account): string | null {
  if (!deliversItself(account)) return null
  return account.provider === 'practice' ? (account.sourceIp ?? '127.0.0.1') : account.sourceIp
}

/** A server below the sending domain itself, of no provider that we know: whoever runs it sets its name too. */
function ownServerOf(account: Account, domain: string): string | null {
  const host = account.host.toLowerCase()
  const own = host.endsWith(`.${domain.toLowerCase()}`) && account.provider !== 'practice'
  return own && !deliversItself(account) && providerOf(account) === null ? host : null
}
