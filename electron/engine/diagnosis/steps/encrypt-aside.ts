import type { X509Certificate } from 'node:crypto'
import type { EncryptEvidence, HandshakeFault } from '#shared/diagnosis/evidence.ts'
import type { ServerDane } from '#shared/diagnosis/tls-facts.ts'
import { DEFAULT_TLS_LIMITS, type TlsLimits } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import type { ConnectionRecord } from '#engine/smtp/recorder.ts'
import { readyForTls, type WayToTls } from '#engine/smtp/ready-for-tls.ts'
import { ANYTHING, tryHandshake } from '#engine/tls/try-handshake.ts'

/** Compares what DNS says with a certificate, once there is one. */
export type CompareDane = (chain: readonly X509Certificate[]) => Promise<ServerDane>

export type SecondTry = {
  /** Null where nothing can be dialled again. */
  readonly target: DialTarget | null
  readonly way: WayToTls
  readonly host: string
}

/** A connection and a handshake more: nobody waits longer to learn why the first one failed. */
const SECOND_TRY_MS = 8000

/** A failed handshake with what it was limited to and, where that may be why, what comes of one without limits. */
export async function withSecondTry(
  evidence: EncryptEvidence,
  limits: TlsLimits,
  { target, way, host }: SecondTry,
  record: ConnectionRecord,
  deadline: Deadline,
): Promise<EncryptEvidence> {
  if (evidence.kind !== 'handshake-failed') return evidence
  const seen = { ...evidence, limits }
  if (target === null || !mayBeOurs(evidence.fault, limits)) return seen
  const limit = deadline.within(SECOND_TRY_MS)
  const ready = await readyForTls(target, way, limit)
  if (ready.kind === 'failed') return seen
  const [min] = TLS_VERSIONS
  const tried = await tryHandshake(ready.socket, host, { min, max: DEFAULT_TLS_LIMITS.max, ciphers: ANYTHING }, limit)
  if (tried.kind === 'failed') return tried.fault.kind === 'no-time' ? seen : { ...seen, withoutLimits: null }
  const { protocol, cipher } = tried
  record.note(`without limits, on a connection of its own, the TLS handshake works: ${protocol} ${cipher}`)
  return { ...seen, withoutLimits: { protocol, cipher } }
}

/** Whether the limits, and not the server's setup, may be what the handshake failed by. */
function mayBeOurs({ kind }: HandshakeFault, { min, max, ciphers }: TlsLimits): boolean {
  if (kind === 'protocol-version' || kind === 'no-shared-cipher') return true
  // Some servers hang up, or send an alert of another kind, on what they cannot speak.
  const chosen = min !== DEFAULT_TLS_LIMITS.min || max !== DEFAULT_TLS_LIMITS.max || ciphers !== null
  return chosen && (kind === 'alert' || kind === 'closed' || kind === 'reset')
}

/** The evidence with what DNS says about the certificate in it. */
export function withDane(evidence: EncryptEvidence, dane: ServerDane | null): EncryptEvidence {
  return 'tls' in evidence ? { ...evidence, tls: { ...evidence.tls, dane } } : evidence
}
