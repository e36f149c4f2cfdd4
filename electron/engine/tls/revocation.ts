import type { X509Certificate } from 'node:crypto'
import type { TlsMaterial } from '#engine/tls/trust-store.ts'

/**
 * The first certificate of the chain that a revocation list of the account names, or null. Only lists count that the
 * certificate's own issuer signed.
 *
 * Done here and not by OpenSSL: given one list, OpenSSL wants a list for every issuer of the chain and otherwise reports
 * that in place of the error that matters.
 */
export async function revokedIn(
  chain: readonly X509Certificate[],
  material: TlsMaterial,
  anchorsOf: (material: TlsMaterial) => readonly X509Certificate[],
): Promise<X509Certificate | null> {
  if (material.crls.length === 0) return null
  // Loaded only here: most accounts have no revocation list, and this library is large.
  await import('reflect-metadata')
  const { X509Crl, PublicKey } = await import('@peculiar/x509')
  const issuers = [...chain, ...anchorsOf(material)]
  for (const content of material.crls) {
    const lists = pemBlocks(content)
    for (const list of lists) {
      const crl = new X509Crl(list)
      for (const certificate of chain) {
        const issuer = issuers.find(each => certificate.checkIssued(each))
        if (!issuer) continue
        const signed = await crl.verify({
          publicKey: new PublicKey(issuer.publicKey.export({ type: 'spki', format: 'der' })),
        })
        if (signed && crl.findRevoked(certificate.serialNumber) !== null) return certificate
      }
    }
  }
  return null
}

function pemBlocks(content: Uint8Array): readonly (string | Uint8Array<ArrayBuffer>)[] {
  const text = Buffer.from(content).toString('latin1')
  const blocks = text.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g)
  return blocks ?? [new Uint8Array(content)]
}
