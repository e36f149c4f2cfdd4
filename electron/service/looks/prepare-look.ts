import { Account } from '#shared/account/account.ts'
import { tlsLimitsOf } from '#shared/account/tls-limits.ts'
import { understandHost } from '#shared/account/host-input.ts'
import type { RunOptions } from '#shared/contract/run.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { Problem } from '#shared/problem.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import { readBoundedFile } from '#service/bounded-file.ts'
import { readCa } from '#service/read-ca.ts'
import { requireCiphers } from '#service/require-ciphers.ts'
import type { ResolverFor } from '#service/runs/resolvers.ts'

export type PreparedLook = {
  /** ASCII, or an address without brackets. */
  readonly host: string
  readonly options: LookOptions
  /** The DNS servers themselves, where names are looked up in another way; null where that is the same. */
  readonly dns: Resolver | null
}

/** What a look at a server, or a session by hand, needs, gathered before anything is sent. @throws Problem */
export type PrepareLook = (
  asked: { readonly host: string; readonly port: number | null; readonly options: RunOptions },
  stopped: AbortSignal,
) => Promise<PreparedLook>

export type LookParts = {
  readonly settings: () => Settings
  readonly resolverFor: ResolverFor
  /** The CA of the practice server, where this is one of its ports. */
  readonly practiceCa: (host: string, port: number | null) => string | null
  readonly now: () => Date
}

export function createPrepareLook(parts: LookParts): PrepareLook {
  return async ({ host: text, port, options }, stopped) => {
    const understood = understandHost(text)
    if (!understood.ok) {
      const { message, remedy } = understood.error
      throw new Problem('bad-input', message, { field: 'host', remedy })
    }
    const { host } = understood.value
    const settings = parts.settings()
    const nobody = Account.parse({ id: 'look', name: 'look' })
    const resolver = await parts.resolverFor(options.resolver ?? settings.resolver, nobody, true)
    const caFile = options.caFile ?? parts.practiceCa(host, port)
    const ehlo = options.ehlo ?? settings.ehlo
    const { family, tlsMin, ciphers } = options
    if (ciphers !== null) requireCiphers(ciphers, 'bad-input', 'ciphers')
    return {
      host,
      dns: resolver.forHosts === 'system' ? resolver.forRecords : null,
      options: {
        deadline: new Deadline(options.timeoutMs ?? settings.timeoutSeconds * 1000, stopped),
        resolver: resolver.forHosts,
        insecure: options.insecure,
        tlsLimits: tlsLimitsOf({ tlsMin, ciphers }),
        now: parts.now,
        readFile: readBoundedFile,
        ...(caFile === null ? {} : { extraCa: await readCa(caFile) }),
        ...(family === '4' ? { family: 4 as const } : family === '6' ? { family: 6 as const } : {}),
        ...(ehlo === null ? {} : { ehlo }),
      },
    }
  }
}
