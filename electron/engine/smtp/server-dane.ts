import { isIP } from 'node:net'
import type { CompareDane } from '#engine/diagnosis/steps/encrypt-aside.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { nothingAfter } from '#engine/net/nothing-after.ts'
import { lookupDane } from '#engine/policy/dane.ts'
import { matchesTlsa, tlsaDataOf } from '#engine/policy/tlsa.ts'

export type DaneQuestion = {
  readonly host: string
  readonly port: number
  readonly resolver: Resolver | 'system'
  readonly deadline: Deadline
  /** How long the comparison waits for an answer that has not come by then; the question goes out before the connection does. */
  readonly graceMs: number
}

/**
 * Asks for the TLSA records of a server (RFC 7672), beside everything else, and gives what compares them with its
 * certificate. Null for an address, and for a name of this machine alone (RFC 6761 section 6.3): there is no record to ask for.
 */
export function lookupServerDane({ host, port, resolver, deadline, graceMs }: DaneQuestion): CompareDane | null {
  const name = host.replace(/\.$/, '')
  if (isIP(name) !== 0 || !name.includes('.') || /(?:^|\.)localhost$/i.test(name)) return null
  const asked: Resolver = resolver === 'system' ? createResolver({ servers: 'system' }) : resolver
  const looking = lookupDane(name, lookupWith(asked, deadline), port)
  return async chain => {
    const report = await Promise.race([looking, nothingAfter(graceMs)])
    const wanted = chain[0] === undefined ? null : `3 1 1 ${tlsaDataOf(chain[0], 1, 1)}`
    if (report === null) return { name: `_${port}._tcp.${name}`, state: 'unknown', records: [], matches: null, wanted }
    const { state, records } = report
    const matches = state === 'ok' ? records.some(record => matchesTlsa(record, chain, name)) : null
    return { name: report.name, state, records, matches, wanted }
  }
}
