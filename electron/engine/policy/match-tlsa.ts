import { createHash, type X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { lookAtServer } from '#engine/smtp/look.ts'
import { presentedChain } from '#engine/tls/certificate.ts'
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
  let chain: readonly X509Certificate[] = []
  await lookAtServer(
    { host: report.host, port, security: 'starttls' },
    {
      deadline: deadline.within(PROBE_MS),
      resolver,
      insecure: true,
      now: () => new Date(),
      converse: session => {
        const { socket } = session.wire
        if (socket instanceof TLSSocket) chain = presentedChain(socket.getPeerX509Certificate())
        return Promise.resolve()
      },
    },
  )
  const [leaf] = chain
  if (leaf === undefined) return { ...report, certificate: 'unreachable' }
  const matches = report.records.some(record => matchesTlsa(record, chain))
  return { ...report, certificate: matches ? 'matches' : 'mismatch', wanted: `3 1 1 ${dataOf(leaf, 1, 1)}` }
}

/**
 * Whether a record as `printTlsa` prints it is about one of the certificates (RFC 6698 section 2.1): DANE-EE looks at the
 * server's own, DANE-TA at those that it sends behind it too.
 */
export function matchesTlsa(record: string, chain: readonly X509Certificate[]): boolean {
  const match = /^([23]) ([01]) ([012]) ([0-9a-f]+)$/.exec(record)
  if (!match) return false
  const [, usage, selector, matchingType, data] = match
  const looked = usage === '3' ? chain.slice(0, 1) : chain
  return looked.some(certificate => dataOf(certificate, Number(selector), Number(matchingType)) === data)
}

function dataOf(certificate: X509Certificate, selector: number, matchingType: number): string {
  const octets = selector === 0 ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' })
  if (matchingType === 0) return octets.toString('hex')
  return createHash(matchingType === 1 ? 'sha256' : 'sha512')
    .update(octets)
    .digest('hex')
}
