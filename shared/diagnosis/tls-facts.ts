import { z } from 'zod'

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
  /** Null where the server staples none; reports of before this was looked at lack it. */
  ocsp: StapledStatus.nullable().optional(),
})
export type TlsFacts = z.infer<typeof TlsFacts>
