import { z } from 'zod'
import { PROTOCOL_NAMES, TLS_VERSIONS } from '#shared/account/tls-version.ts'

/** What a handshake was limited to. */
export const TlsLimits = z.object({
  min: z.enum(TLS_VERSIONS),
  max: z.enum(TLS_VERSIONS),
  /** An OpenSSL cipher list; null: the library's own. */
  ciphers: z.string().nullable(),
})

export const CertificateFacts = z.object({
  /** `O=Lab,CN=mail.lab.test` form. */
  subject: z.string(),
  issuer: z.string(),
  /** `DNS:…` and `IP:…` entries of subjectAltName. */
  altNames: z.array(z.string()),
  notBefore: z.string(),
  notAfter: z.string(),
  serial: z.string(),
  /** Upper-case hex with colons, as msmtp prints fingerprints. */
  sha256: z.string(),
  sha1: z.string(),
  /** `RSA`, `EC`, `Ed25519` … */
  keyType: z.string(),
  keyBits: z.number().nullable(),
  signature: z.string().nullable(),
  /** The certificate itself asks for a stapled answer of its CA (RFC 7633); absent in older reports. */
  mustStaple: z.boolean().optional(),
})
export type CertificateFacts = z.infer<typeof CertificateFacts>

/** Why a certificate is not trusted for the host that was asked for. */
export const Distrust = z.enum([
  'expired',
  'not-yet-valid',
  'wrong-name',
  'self-signed',
  'self-signed-in-chain',
  'unknown-issuer',
  'incomplete-chain',
  'intercepted',
  'revoked',
  'fingerprint-mismatch',
  'weak',
  'other',
])
export type Distrust = z.infer<typeof Distrust>

/** What a stapled OCSP response says (RFC 6960, RFC 6066 section 8). Its signature is not checked. */
export const StapledStatus = z.object({
  /** `no-answer`: the CA's responder gave an error, which the server passes on. */
  status: z.enum(['good', 'revoked', 'unknown', 'no-answer', 'other-certificate', 'unreadable']),
  thisUpdate: z.string().nullable(),
  nextUpdate: z.string().nullable(),
})
export type StapledStatus = z.infer<typeof StapledStatus>

/** What DNS says about a server's certificate (RFC 7672), next to the certificate that it showed. */
export const ServerDane = z.object({
  /** `_465._tcp.mail.lab.test` */
  name: z.string(),
  /**
   * `unsigned`: there are records, but the resolver does not say that they are signed, so no sender heeds them.
   * `unusable`: signed, and of kinds that SMTP does not use.
   */
  state: z.enum(['ok', 'none', 'unsigned', 'unusable', 'unknown']),
  records: z.array(z.string()).readonly(),
  /** Whether a record is about this certificate; null where no signed record can be used. */
  matches: z.boolean().nullable(),
  /** The record that the certificate would need: DANE-EE with the digest of its key. */
  wanted: z.string().nullable().default(null),
})
export type ServerDane = z.infer<typeof ServerDane>

export const TlsFacts = z.object({
  /** `TLSv1.3` … */
  protocol: z.string().nullable(),
  cipher: z.string().nullable(),
  trusted: z.boolean(),
  /** Why not, in plain words; null when trusted. */
  reason: z.string().nullable(),
  distrust: Distrust.nullable(),
  /** As the server presented it, leaf first. */
  chain: z.array(CertificateFacts),
  /** Null where the server staples none; reports from before this was looked at lack it. */
  ocsp: StapledStatus.nullable().optional(),
  /** Null where there is no name to ask for; absent where nobody asked. */
  dane: ServerDane.nullable().optional(),
  /** What the handshake was limited to; absent in older reports. */
  limits: TlsLimits.optional(),
})
export type TlsFacts = z.infer<typeof TlsFacts>

/** Whether a server accepts one version of TLS, offered alone on a connection of its own. */
export const TlsVersion = z.object({
  version: z.enum(PROTOCOL_NAMES),
  /** `unknown`: the server could not be asked, which is no refusal. */
  outcome: z.enum(['accepted', 'refused', 'unknown']),
  cipher: z.string().nullable(),
  /** What the refusal said, or why it is not known. */
  detail: z.string().nullable(),
  /** What the server showed on that connection, so that one which changes is noticed. */
  certificate: CertificateFacts.pick({ sha256: true, issuer: true, keyType: true }).nullable().default(null),
})
export type TlsVersion = z.infer<typeof TlsVersion>
