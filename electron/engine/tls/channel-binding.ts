import { createHash, type X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { ChannelBinding } from '#engine/sasl/mechanism.ts'

/** What ties a sign-in to this connection: tls-exporter on TLS 1.3 (RFC 9266), else tls-unique (RFC 5929). */
export function channelBindingOf(socket: TLSSocket): ChannelBinding | null {
  if (socket.getProtocol() === 'TLSv1.3') {
    const data = socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
    return { type: 'tls-exporter', data }
  }
  // In a full handshake the client's Finished message comes first, and that is tls-unique.
  const finished = socket.isSessionReused() ? undefined : socket.getFinished()
  if (finished) return { type: 'tls-unique', data: finished }
  const certificate = socket.getPeerX509Certificate()
  return certificate ? serverEndPoint(certificate) : null
}

/** RFC 5929 section 4.1: the certificate's hash, with its signature's hash function, MD5 and SHA-1 replaced by SHA-256. */
export function serverEndPoint(certificate: X509Certificate): ChannelBinding {
  const hash = /sha-?(384|512)/i.exec(certificate.signatureAlgorithm ?? '')?.[1] ?? '256'
  return { type: 'tls-server-end-point', data: createHash(`sha${hash}`).update(certificate.raw).digest() }
}
