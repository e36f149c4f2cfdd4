import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookAtServer } from '#engine/smtp/look.ts'
import { matchesTlsa, tlsaDataOf } from '#engine/policy/tlsa.ts'
import type { DaneReport } from '#shared/domain/report.ts'

export type Probe = {
  /** 25 except in tests. */
  readonly port: number
  readonly resolver: Resolver
  readonly deadline: Deadline
}

/** One mail server that says neither greeting nor anything behind it must not hold up the rest. */
const PROBE_MS = 15_000

/** The report of a host with what its certificate says: connects, says EHLO and STARTTLS, sends no mail. */
export async function matchCertificate(report: DaneReport, { port, resolver, deadline }: Probe): Promise<DaneReport> {
  const { seen } = await lookAtServer(
    { host: report.host, port, security: 'starttls' },
    {
      deadline: deadline.within(PROBE_MS),
      resolver,
      insecure: true,
      now: () => new Date(),
    },
  )
  const { certificates: chain } = seen
  const [leaf] = chain
  if (leaf === undefined) return { ...report, certificate: 'unreachable' }
  const matches = report.records.some(record => matchesTlsa(record, chain, report.host))
  return { ...report, certificate: matches ? 'matches' : 'mismatch', wanted: `3 1 1 ${tlsaDataOf(leaf, 1, 1)}` }
}
