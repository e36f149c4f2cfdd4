import { createHash, type X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { ChannelBinding } from '#engine/sasl/mechanism.ts'
import { peerCertificateOf } from '#engine/tls/certificate.ts'
import { hasExtendedMasterSecret } from '#engine/tls/extended-master-secret.ts'

/**
 * What ties a sign-in to this connection: tls-exporter on TLS 1.3 (RFC 9266), else tls-unique, and where that is not
 * unique, tls-server-end-point (both RFC 5929). Null where the connection gives none.
 */
export function channelBindingOf(socket: TLSSocket): ChannelBinding | null {
  if (socket.getProtocol() === 'TLSv1.3') {
    const data = socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
    return { type: 'tls-exporter', data }
  }
  // In a full handshake the client's Finished message comes first, and that is tls-unique. Without the extended master
  // secret somebody between can bring two connections to the same one (the triple handshake, RFC 7627 section 1).
  const unique = !socket.isSessionReused() && hasExtendedMasterSecret(socket.getSession())
  const finished = unique ? socket.getFinished() : undefined
  if (finished) return { type: 'tls-unique', data: finished }
  const certificate = peerCertificateOf(socket)
  return certificate ? serverEndPoint(certificate) : null
}

/**
 * RFC 5929 section 4.1: the certificate's hash, with its signature's hash function, MD5 and SHA-1 replaced by SHA-256.
 * Null for signatures without one hash function of their own, such as Ed25519: for them it is not defined.
 */
export function serverEndPoint(certificate: X509Certificate): ChannelBinding | null {
  const hash = /(?:md5|sha-?(1|224|256|384|512))(?!\d)/i.exec(certificate.signatureAlgorithm ?? '')
  if (!hash) return null
  const bits = hash[1] === undefined || hash[1] === '1' ? '256' : hash[1]
  return { type: 'tls-server-end-point', data: createHash(`sha${bits}`).update(certificate.raw).digest() }
}
