import type { X509Certificate } from 'node:crypto'
import type { X509Crl } from '@peculiar/x509'
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
  const lists = (await Promise.all(material.crls.map(parseRevocationLists))).flat()
  const issuers = [...chain, ...anchorsOf(material)]
  for (const certificate of chain) {
    const naming = lists.filter(list => names(list, certificate))
    for (const issuer of issuers.filter(each => certificate.checkIssued(each))) {
      for (const list of naming) if (await signed(issuer, list)) return certificate
    }
  }
  return null
}

/** @throws for what is no revocation list */
export async function parseRevocationLists(content: Uint8Array): Promise<readonly X509Crl[]> {
  const { X509Crl } = await loadLibrary()
  const text = Buffer.from(content).toString('latin1')
  const blocks = text.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g)
  const lists = (blocks ?? [new Uint8Array(content)]).map(block => new X509Crl(block))
  // RFC 5280 section 5.1.2.5 requires it, and the library takes a list without it for an empty one.
  if (lists.some(list => list.nextUpdate === undefined)) throw new Error('a revocation list without nextUpdate')
  return lists
}

function names(list: X509Crl, certificate: X509Certificate): boolean {
  const serial = BigInt(`0x${certificate.serialNumber}`)
  return list.entries.some(entry => BigInt(`0x${entry.serialNumber}`) === serial)
}

async function signed(issuer: X509Certificate, list: X509Crl): Promise<boolean> {
  const { PublicKey } = await loadLibrary()
  const publicKey = new PublicKey(issuer.publicKey.export({ type: 'spki', format: 'der' }))
  return list.verify({ publicKey })
}

// Loaded only where an account has a revocation list: few do, and the library is large.
async function loadLibrary() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}
