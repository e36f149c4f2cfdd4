import { createHash, type X509Certificate } from 'node:crypto'
import { checkServerIdentity } from 'node:tls'

/**
 * Whether a record as `printTlsa` prints it vouches for this chain (RFC 6698 section 2.1, RFC 7672 section 3.1).
 * DANE-EE(3) looks at the server's own certificate alone, not at its names or dates (RFC 7672 section 3.1.1). DANE-TA(2)
 * looks at those that the server sends behind it too, and then each must have signed the one before it, and the server's
 * own must be for the host (section 3.1.2). The other usages say nothing in SMTP (section 3.1.3).
 *
 * @param chain as presented, leaf first
 */
export function matchesTlsa(record: string, chain: readonly X509Certificate[], host: string): boolean {
  const match = /^([23]) ([01]) ([012]) ([0-9a-f]+)$/i.exec(record)
  const [leaf] = chain
  if (!match || leaf === undefined) return false
  const [, usage, selector, matchingType, data = ''] = match
  const isMeant = (certificate: X509Certificate) =>
    tlsaDataOf(certificate, Number(selector), Number(matchingType)) === data.toLowerCase()
  if (usage === '3') return isMeant(leaf)
  if (checkServerIdentity(host.replace(/\.$/, ''), leaf.toLegacyObject()) !== undefined) return false
  return signedPath(chain).some(isMeant)
}

/** The data of a record about this certificate, hex: selector 0 is all of it, 1 its key; 0 plain, 1 SHA-256, 2 SHA-512. */
export function tlsaDataOf(certificate: X509Certificate, selector: number, matchingType: number): string {
  const octets = selector === 0 ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' })
  if (matchingType === 0) return octets.toString('hex')
  return createHash(matchingType === 1 ? 'sha256' : 'sha512')
    .update(octets)
    .digest('hex')
}

/** The certificates from the leaf on, as far as each is signed by the next: a stranger at the end vouches for nobody. */
function signedPath(chain: readonly X509Certificate[]): readonly X509Certificate[] {
  const end = chain.findIndex((certificate, index) => {
    const issuer = chain[index + 1]
    return issuer === undefined || !signed(issuer, certificate)
  })
  return chain.slice(0, end + 1)
}

function signed(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    // A key type that OpenSSL does not know.
    return false
  }
}
