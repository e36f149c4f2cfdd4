import type { Result } from '#shared/result.ts'

/** A server's challenge that the mechanism cannot go on with. `server-not-proved`: it does not know the secret either. */
export type ChallengeFault =
  | { readonly kind: 'unexpected'; readonly detail: string }
  | { readonly kind: 'server-not-proved'; readonly detail: string }

/**
 * The client's side of one SASL exchange (RFC 4422): octets in, octets out, no I/O. Good for one attempt. What goes
 * over the wire is base64; that is the caller's work (RFC 4954).
 */
export type Exchange = {
  /** The registered name, upper case. */
  readonly name: string
  /** The initial response; null where the server speaks first. */
  readonly initial: Buffer | null
  readonly respond: (challenge: Buffer) => Result<Buffer, ChallengeFault>
  /** Whether a success may be believed: false while a mechanism that proves the server has not seen the proof. */
  readonly complete: () => boolean
  /** What a challenge says, for the transcript; null where there is nothing to say or something to hide. */
  readonly describe: (challenge: Buffer) => string | null
}

/** What ties an exchange to the TLS connection it runs in (RFC 5056). */
export type ChannelBinding = {
  readonly type: 'tls-exporter' | 'tls-unique' | 'tls-server-end-point'
  readonly data: Buffer
}

export type Identity = {
  readonly user: string
  /** Of the server that was asked for: some mechanisms name it. */
  readonly host: string
  readonly port: number
}
