import type { X509Certificate } from 'node:crypto'
import type { DaneReport } from '#shared/domain/report.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { lookupDane } from '#engine/policy/dane.ts'
import { matchesTlsa } from '#engine/policy/tlsa.ts'
import type { LookOptions } from '#engine/smtp/look.ts'

/** What DNS says about a server's certificate (RFC 7672), next to the certificate that it showed. */
export type ServerDane = {
  /** `_465._tcp.mail.lab.test` */
  readonly name: string
  /** `unsigned`: there are records, but the resolver does not say that they are signed, so no sender heeds them. */
  readonly state: DaneReport['state']
  readonly records: readonly string[]
  /** Whether a record is about this certificate; null where no signed record can be used. */
  readonly matches: boolean | null
}

/** The question goes out before the connection does: an answer that has not come by the end is not waited for longer. */
const GRACE_MS = 50

/** Asks for the TLSA records, beside everything else, and gives what compares them with the certificate once that came. */
export function lookupServerDane(
  name: string,
  port: number,
  { resolver, deadline }: Pick<LookOptions, 'resolver' | 'deadline'>,
): (chain: readonly X509Certificate[]) => Promise<ServerDane> {
  const asked: Resolver = resolver === 'system' ? createResolver({ servers: 'system' }) : resolver
  const looking = lookupDane(name, lookupWith(asked, deadline), port)
  return async chain => {
    const report = await Promise.race([looking, nothingAfter(GRACE_MS)])
    if (report === null) return { name: `_${port}._tcp.${name}`, state: 'unknown', records: [], matches: null }
    const { state, records } = report
    const matches = state === 'ok' ? records.some(record => matchesTlsa(record, chain, name)) : null
    return { name: report.name, state, records, matches }
  }
}

function nothingAfter(ms: number): Promise<null> {
  return new Promise(resolve => setTimeout(() => resolve(null), ms).unref())
}
