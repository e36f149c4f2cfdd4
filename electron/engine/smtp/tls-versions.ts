import { PROTOCOL_NAMES, TLS_VERSIONS, type TlsVersionNumber } from '#shared/account/tls-version.ts'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import { shownCertificate } from '#shared/diagnosis/shown-certificate.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import { readyForTls } from '#engine/smtp/ready-for-tls.ts'
import { ANYTHING, tryHandshake } from '#engine/tls/try-handshake.ts'

type Target = { readonly host: string; readonly port: number; readonly security: 'starttls' | 'tls' }

/** Offers each version of TLS alone, all of them at the same time, to one address of the server. No credential is sent. */
export async function tryTlsVersions(target: Target, options: LookOptions): Promise<readonly TlsVersion[]> {
  const { host, port } = target
  const place = { kind: 'host', host, port, sourceIp: null } as const
  const resolved = await runResolve({ place, family: options.family ?? null }, options.resolver, options.deadline)
  const [address] = resolved.targets
  return Promise.all(
    TLS_VERSIONS.map(async number =>
      address === undefined
        ? unknown(PROTOCOL_NAMES[number], 'the name could not be looked up')
        : await tryVersion(number, address, target, options),
    ),
  )
}

async function tryVersion(
  number: TlsVersionNumber,
  address: DialTarget,
  { host, security }: Target,
  { deadline, ehlo }: LookOptions,
): Promise<TlsVersion> {
  const version = PROTOCOL_NAMES[number]
  const ready = await readyForTls(address, { security, ehlo: ehlo ?? null }, deadline)
  if (ready.kind === 'failed') return unknown(version, ready.why)
  const limits = { min: number, max: number, ciphers: ANYTHING }
  const tried = await tryHandshake(ready.socket, host, limits, deadline.within(PHASE_LIMITS.handshakeMs))
  if (tried.kind === 'accepted') {
    const { cipher, certificate } = tried
    return {
      version,
      outcome: 'accepted',
      cipher,
      detail: null,
      certificate: certificate && shownCertificate(certificate),
    }
  }
  return tried.fault.kind === 'no-time' ? unknown(version, 'no answer in time') : refusal(version, tried.fault)
}

const REFUSALS: readonly HandshakeFault['kind'][] = ['protocol-version', 'no-shared-cipher', 'alert', 'closed', 'reset']

function refusal(version: TlsVersion['version'], { kind, message }: HandshakeFault): TlsVersion {
  if (!REFUSALS.includes(kind)) return unknown(version, message)
  return { version, outcome: 'refused', cipher: null, detail: message, certificate: null }
}

function unknown(version: TlsVersion['version'], detail: string): TlsVersion {
  return { version, outcome: 'unknown', cipher: null, detail, certificate: null }
}
