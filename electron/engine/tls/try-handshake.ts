import { isIP, type Socket } from 'node:net'
import { connect, createSecureContext, type TLSSocket } from 'node:tls'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import type { CertificateFacts } from '#shared/diagnosis/tls-facts.ts'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { certificateFacts, peerCertificateOf } from '#engine/tls/certificate.ts'
import { handshakeFault } from '#engine/tls/fault.ts'
import { contextLimits } from '#engine/tls/limits.ts'

export type HandshakeTry =
  | {
      readonly kind: 'accepted'
      readonly protocol: string | null
      readonly cipher: string
      /** The server's own certificate, not verified. */
      readonly certificate: CertificateFacts | null
    }
  | { readonly kind: 'failed'; readonly fault: HandshakeFault | { readonly kind: 'no-time' } }

/** What is asked is whether the server would: OpenSSL itself refuses old versions and short keys above security level 0. */
export const ANYTHING = 'DEFAULT:@SECLEVEL=0'

/** A handshake within these limits that says nothing behind it, so that whom the certificate names does not matter. */
export async function tryHandshake(
  plain: Socket,
  host: string,
  limits: TlsLimits,
  deadline: Deadline,
): Promise<HandshakeTry> {
  if (plain.destroyed || plain.readableEnded) {
    return { kind: 'failed', fault: { kind: 'closed', code: null, message: 'closed before the handshake' } }
  }
  const socket = connect({
    socket: plain,
    secureContext: createSecureContext(contextLimits(limits)),
    // Nothing is sent over it: only what the handshake shows is wanted, trusted or not.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(isIP(host) === 0 && host !== '' ? { servername: host } : {}),
  })
  const fault = await endOf(socket, deadline)
  const leaf = fault === null ? peerCertificateOf(socket) : undefined
  const tried: HandshakeTry =
    fault === null
      ? {
          kind: 'accepted',
          protocol: socket.getProtocol(),
          cipher: socket.getCipher().name,
          certificate: leaf === undefined ? null : certificateFacts(leaf),
        }
      : { kind: 'failed', fault }
  socket.destroy()
  return tried
}

/** How a handshake ended; null when it worked. */
function endOf(socket: TLSSocket, deadline: Deadline): Promise<HandshakeFault | { readonly kind: 'no-time' } | null> {
  return new Promise(resolve => {
    const onAbort = () => resolve({ kind: 'no-time' })
    if (deadline.signal.aborted) onAbort()
    deadline.signal.addEventListener('abort', onAbort, { once: true })
    // Stays for the socket's whole life: an unheard 'error' event would end the process.
    socket.on('error', error => resolve(handshakeFault(error)))
    socket.once('close', () => resolve({ kind: 'closed', code: null, message: 'closed' }))
    socket.once('secureConnect', () => resolve(null))
  })
}
