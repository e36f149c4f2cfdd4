import { readCa } from '#service/read-ca.ts'
import type { Account } from '#shared/account/account.ts'
import type { Resolver } from '#engine/dns/resolver.ts'

/** Who answers questions in one run. */
export type ResolverChoice = {
  /** `system`, or the server as `printServer` writes it: `HOST:PORT`, `tls://HOST:PORT` … */
  readonly label: string
  /** For the mail server's address: the operating system's own way where no resolver was chosen. */
  readonly forHosts: Resolver | 'system'
  /** For records around the domain, which the operating system's own way does not know. */
  readonly forRecords: Resolver
}

/**
 * @param chosen `HOST[:PORT]`, `tls://…` or `https://…`, or null for the system's
 * @param fresh whether answers remembered from earlier runs are to be forgotten
 * @throws Problem `bad-input` for something that is no address of a resolver, `file-missing` for its CA file
 */
export type ResolverFor = (chosen: string | null, account: Account, fresh: boolean) => Promise<ResolverChoice>

/**
 * Keeps one resolver per server, so that a run that builds on an earlier one is answered from what that one learnt, as
 * long as the answers live.
 *
 * @param practiceDns the practice server's DNS while it runs: it alone knows the domain that practice accounts send from
 * @param caFile of the settings: trusted beside the system's CAs where the resolver is encrypted
 */
export function createResolvers(practiceDns: () => string | null, caFile: () => string | null): ResolverFor {
  const known = new Map<string, Resolver>()
  return async (chosen, account, fresh) => {
    const [{ createResolver }, { parseServer, printServer }] = await Promise.all([
      import('#engine/dns/resolver.ts'),
      import('#engine/dns/server.ts'),
    ])
    const wanted = chosen ?? (account.provider === 'practice' ? practiceDns() : null)
    const server = wanted === null ? null : parseServer(wanted, 'resolver')
    const label = server === null ? 'system' : printServer(server)
    const encrypted = server?.transport === 'tls' || server?.transport === 'https'
    const ca = encrypted ? caFile() : null
    const key = ca === null ? label : `${label} ${ca}`
    const resolver = fresh ? undefined : known.get(key)
    const extraCas = ca === null ? [] : [await readCa(ca, 'resolverCaFile')]
    const forRecords = resolver ?? createResolver({ servers: server === null ? 'system' : [server], extraCas })
    known.set(key, forRecords)
    return { label, forHosts: chosen === null ? 'system' : forRecords, forRecords }
  }
}
