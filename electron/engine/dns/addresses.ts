import { lookup } from 'node:dns'
import { isIP } from 'node:net'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DnsFault } from '#engine/dns/answer.ts'
import { recordsOf } from '#engine/dns/answer.ts'
import { parseName, printName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Address, ResolveEvidence } from '#shared/diagnosis/evidence.ts'

/**
 * The addresses of a host as the evidence of the "resolve" step; never rejects. With `system` the operating system's own
 * way is taken (hosts file, mDNS, split DNS), with a resolver A and AAAA are asked at the same time. A host that is an
 * address already is `literal`.
 *
 * @param family the only family that is wanted, or null for both
 */
export async function lookupAddresses(
  host: string,
  family: 4 | 6 | null,
  resolver: Resolver | 'system',
  deadline: Deadline,
): Promise<ResolveEvidence> {
  const literal = isIP(host)
  if (literal === 4 || literal === 6) {
    return { kind: 'literal', host, address: { address: host, family: literal }, via: 'address' }
  }
  const labels = parseName(host)
  const label = resolver === 'system' ? 'system' : resolver.label
  // A name that DNS cannot hold does not exist; nobody has to be asked.
  if (!labels.ok || labels.value.length === 0) return { kind: 'not-found', host, resolver: label, code: 'NXDOMAIN' }
  const name = printName(labels.value)
  return resolver === 'system'
    ? askSystem(host, name, family, deadline)
    : askResolver(host, name, family, resolver, deadline)
}

async function askResolver(
  host: string,
  name: string,
  family: 4 | 6 | null,
  resolver: Resolver,
  deadline: Deadline,
): Promise<ResolveEvidence> {
  const [v6, v4] = await Promise.all([
    family === 4 ? null : resolver.lookup(name, 'AAAA', deadline),
    family === 6 ? null : resolver.lookup(name, 'A', deadline),
  ])
  const answers = [v6, v4].filter(answer => answer !== null)
  const addresses: Address[] = [
    ...(v6 ? recordsOf(v6).map(record => ({ address: record.data.address, family: 6 as const })) : []),
    ...(v4 ? recordsOf(v4).map(record => ({ address: record.data.address, family: 4 as const })) : []),
  ]
  const at = { host, resolver: resolver.label }
  if (addresses.length > 0) {
    const found = answers.find(answer => answer.kind === 'found')
    return { kind: 'resolved', ...at, addresses, canonicalName: found?.chain.at(-1) ?? name.toLowerCase() }
  }
  const failure = answers.find(answer => answer.kind === 'failed')
  if (failure) return { kind: 'resolver-failed', ...at, code: codeOf(failure.code) }
  const nowhere = answers.some(answer => answer.kind === 'nxdomain')
  return { kind: 'not-found', ...at, code: nowhere ? 'NXDOMAIN' : 'NODATA' }
}

type FailureCode = Extract<ResolveEvidence, { kind: 'resolver-failed' }>['code']

function codeOf(fault: DnsFault): FailureCode {
  switch (fault) {
    case 'SERVFAIL':
    case 'REFUSED':
    case 'MALFORMED':
    case 'TIMEOUT':
    case 'UNTRUSTED':
      return fault
    // Nothing came back from the resolver in these cases; the run itself says that it was stopped.
    case 'UNREACHABLE':
    case 'STOPPED':
      return 'TIMEOUT'
    case 'UNSUPPORTED':
    case 'TRUNCATED':
    case 'CNAME-LOOP':
    case 'BAD-NAME':
      return 'SERVFAIL'
  }
}

/** getaddrinfo cannot be interrupted: when the time is up its answer is simply not awaited any more. */
function askSystem(host: string, name: string, family: 4 | 6 | null, deadline: Deadline): Promise<ResolveEvidence> {
  const at = { host, resolver: 'system' }
  const { promise, resolve } = Promise.withResolvers<ResolveEvidence>()
  const end = () => resolve({ kind: 'resolver-failed', ...at, code: 'TIMEOUT' })
  if (deadline.signal.aborted) end()
  deadline.signal.addEventListener('abort', end, { once: true })
  lookup(name, { all: true, order: 'verbatim', family: family ?? 0 }, (error, found) => {
    deadline.signal.removeEventListener('abort', end)
    if (error) resolve(systemFailure(at, error.code ?? ''))
    else resolve({ kind: 'resolved', ...at, addresses: found.map(toAddress), canonicalName: null })
  })
  return promise
}

function toAddress(found: { readonly address: string; readonly family: number }): Address {
  return { address: found.address, family: found.family === 6 ? 6 : 4 }
}

function systemFailure(at: { readonly host: string; readonly resolver: string }, code: string): ResolveEvidence {
  // EAI_AGAIN: the resolver did not answer or said SERVFAIL; getaddrinfo does not tell which.
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { kind: 'not-found', ...at, code: 'ENOTFOUND' }
  return { kind: 'resolver-failed', ...at, code: 'EAI_AGAIN' }
}
