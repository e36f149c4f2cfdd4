import type { X509Certificate } from 'node:crypto'
import type { Greeting } from '#shared/diagnosis/evidence.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'

export type EncryptTimings = {
  readonly greetingMs: number | null
  readonly ehloMs: number | null
  readonly starttlsMs: number | null
  readonly tlsMs: number | null
  readonly secondEhloMs: number | null
}

/** What was seen on the way, also where the step failed behind it. */
export type EncryptSeen = {
  readonly greeting: Greeting | null
  /** The EHLO in plain text; null with implicit TLS. */
  readonly plain: Capabilities | null
  readonly tls: TlsFacts | null
  /** As the server presented them, leaf first. */
  readonly certificates: readonly X509Certificate[]
}

export const NO_TIMINGS: EncryptTimings = {
  greetingMs: null,
  ehloMs: null,
  starttlsMs: null,
  tlsMs: null,
  secondEhloMs: null,
}

export const NOTHING_SEEN: EncryptSeen = { greeting: null, plain: null, tls: null, certificates: [] }
