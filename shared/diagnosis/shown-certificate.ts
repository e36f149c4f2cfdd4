import type { CertificateFacts, TlsVersion } from '#shared/diagnosis/tls-facts.ts'

/** As much of a certificate as tells it from another one of the same server. */
export type ShownCertificate = NonNullable<TlsVersion['certificate']>

export function shownCertificate({ sha256, issuer, keyType }: CertificateFacts): ShownCertificate {
  return { sha256, issuer, keyType }
}
