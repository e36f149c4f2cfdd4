import { type Account, portOf } from '#shared/account/account.ts'
import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { stepWith } from '#shared/diagnosis/step.ts'
import { providerOf } from '#shared/finding/provider.ts'
import type { Report } from '#shared/report/report.ts'
import type { DomainLookup } from '#engine/diagnosis/diagnosis.ts'
import type { ResolverChoice } from '#service/runs/resolvers.ts'

export type RunDomainLookup = (earlier: Report | null, account: Account, resolver: ResolverChoice) => DomainLookup

/** The domain step of a run: from an earlier run where that still holds, else from the DNS. */
export const lookupDomainForRun: RunDomainLookup = (earlier, account, resolver) => async (question, deadline) => {
  const wantedInclude = providerOf(account)?.spfInclude ?? null
  const known = earlier === null ? null : reusable(earlier, account, resolver)
  if (known?.domain === question.domain && known.spf.wantedInclude === wantedInclude) return known
  const { lookupDomainEvidence } = await import('#engine/domain/evidence.ts')
  return lookupDomainEvidence({
    domain: question.domain,
    sendingIp: sendingIpOf(account),
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

/**
 * Without signing in, on the port between servers, receivers see this machine's address: the one that the account
 * chooses, for the one that the system would choose may be translated on the way. The practice relay plays that port.
 */
function sendingIpOf(account: Account): string | null {
  if (account.auth !== 'none') return null
  if (account.provider === 'practice') return account.sourceIp ?? '127.0.0.1'
  return portOf(account) === 25 ? account.sourceIp : null
}
