import type { PracticeFault } from '#shared/contract/practice.ts'
import type { CertificateName } from './certificates.ts'
import type { ZoneRecord } from './zone.ts'

/** When in a session the server may say no. `message` is after the final dot of DATA. */
export type Moment = 'greeting' | 'ehlo' | 'helo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'message'

/** What the server knows of a session at such a moment. */
export type Visit = {
  readonly clientAddress: string
  readonly ehloName: string | null
  readonly encrypted: boolean
  /** Who signed in; at `auth`, who tries to. */
  readonly user: string | null
  readonly mailFrom: string | null
  readonly rcptTo: string | null
  /** Parameters of MAIL or RCPT, upper case. */
  readonly parameters: readonly string[]
}

/** What a fault does on the wire. */
export type Effect =
  | Refusal
  /** The ports are closed: the operating system itself refuses. */
  | { readonly kind: 'closed' }
  /** A greeting that comes late (`delayMs`) or, with `null`, never. */
  | { readonly kind: 'greet-late'; readonly delayMs: number | null }
  /** Another protocol's first words in place of ours, before any TLS; the connection stays open. */
  | { readonly kind: 'say'; readonly bytes: string }
  /** Ports that should begin with TLS begin without it, or the reverse. */
  | { readonly kind: 'swap-tls'; readonly port: 'tls' | 'plain' }
  | { readonly kind: 'certificate'; readonly certificate: CertificateName }
  | { readonly kind: 'handshake'; readonly limit: 'old-protocol' | 'rsa-ciphers' | 'client-certificate' }
  /** After `220` to STARTTLS comes plain text, the reply has a second one behind it, or what the client sent behind it is obeyed. */
  | { readonly kind: 'starttls'; readonly next: 'plain-text' | 'injected' | 'obeyed' }
  /** No door asks anybody to sign in. */
  | { readonly kind: 'open-relay' }
  /** EHLO keywords that are not offered; what they stand for is refused. */
  | { readonly kind: 'withhold'; readonly keyword: 'STARTTLS' | 'AUTH' | 'SMTPUTF8' | 'DSN' | 'REQUIRETLS' }
  /** STARTTLS and the greeting overwritten, as some firewalls do. */
  | { readonly kind: 'mangle' }
  /** Only these sign-in mechanisms are offered. */
  | { readonly kind: 'mechanisms'; readonly only: readonly string[] }
  | { readonly kind: 'size'; readonly limitBytes: number }
  /** The connection is cut in the middle of this. */
  | { readonly kind: 'cut'; readonly at: 'connect' | 'auth' | 'data' | 'message' }
  | { readonly kind: 'zone'; readonly change: (records: readonly ZoneRecord[]) => readonly ZoneRecord[] }
  | { readonly kind: 'dns'; readonly answer: 'none' | 'servfail' }

export type Refusal = {
  readonly kind: 'refuse'
  readonly at: Moment
  /** 421 makes the server hang up (RFC 5321 section 3.8). */
  readonly code: number
  /** With its enhanced status code where it has one; `\n` makes it a reply of several lines. */
  readonly text: string | ((visit: Visit) => string)
  /**
   * Whom it refuses; everybody when absent.
   * @param earlier what this fault refused since it was switched on, so that it can tell when its cure was applied
   */
  readonly when?: (visit: Visit, earlier: readonly Visit[]) => boolean
}

export type Fault = PracticeFault & { readonly effects: readonly Effect[] }
