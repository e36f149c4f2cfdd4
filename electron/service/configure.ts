import { Account } from '#shared/account/account.ts'
import type { ConfigureResult } from '#shared/contract/discover.ts'
import type { RunOptions } from '#shared/contract/run.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { ResolverFor } from '#service/runs/resolvers.ts'

export type Configure = (
  input: { readonly address: string; readonly onlineLookup: boolean; readonly options: RunOptions },
  signal?: AbortSignal,
) => Promise<ConfigureResult>

/** A resolver that has not answered by then will not answer at all. */
const LOOKUP_LIMIT_MS = 15_000

/** Settings for a mail address. @throws Problem `bad-input` for what is no address */
export function createConfigure(resolverFor: ResolverFor, settings: () => Settings): Configure {
  return async ({ address, onlineLookup, options }, signal) => {
    const { configure } = await import('#engine/discover/configure.ts')
    const nobody = Account.parse({ id: 'draft', name: 'draft' })
    const { forRecords } = await resolverFor(options.resolver ?? settings().resolver, nobody, true)
    const deadline = new Deadline(Math.min(options.timeoutMs ?? LOOKUP_LIMIT_MS, LOOKUP_LIMIT_MS), signal)
    const found = await configure(address, { resolver: forRecords, deadline, onlineLookup })
    const { candidates, best, domain } = found
    return { address: found.address, domain, candidates, best }
  }
}
