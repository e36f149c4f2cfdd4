import type { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { certificateFacts, peerCertificateOf, presentedChain } from '#engine/tls/certificate.ts'
import { handshakeFault } from '#engine/tls/fault.ts'
import { parseStaple } from '#engine/tls/ocsp.ts'
import { secureContextFor, type TlsMaterial } from '#engine/tls/trust-store.ts'
import { verifyChain } from '#engine/tls/verify.ts'

export type Handshaken =
  | {
      readonly kind: 'encrypted'
      readonly socket: TLSSocket
      readonly tls: TlsFacts
      /** As presented, leaf first: what `tls.chain` tells about, for whoever must look inside. */
      readonly certificates: readonly X509Certificate[]
      readonly ms: number
    }
  | { readonly kind: 'failed'; readonly fault: HandshakeFault; readonly ms: number }

/**
 * Runs the TLS handshake over a connected socket and says what it saw, also when the certificate is bad. From here on the
 * plain socket belongs to the encrypted one; after a failure both are closed.
 *
 * @param host what the certificate must be for, and what SNI says (RFC 6066 section 3: not for addresses)
 */
export async function handshake(
  plain: Socket,
  host: string,
  material: TlsMaterial,
  deadline: Deadline,
  now: Date,
): Promise<Handshaken> {
  // Made before the time is taken: reading the system's CAs is not the server's doing.
  const secureContext = secureContextFor(material)
  const startedAt = performance.now()
  const opened = await open(plain, host, secureContext, deadline)
  const ms = performance.now() - startedAt
  if (opened.kind === 'failed') return { kind: 'failed', fault: opened.fault, ms }
  const { socket, staple } = opened
  const chain = presentedChain(peerCertificateOf(socket))
  const ocsp = staple === null || !chain[0] ? null : parseStaple(staple, chain[0].serialNumber)
  const verdict = await verifyChain({ chain, material, host, now, code: codeOf(socket), staple: ocsp })
  const tls: TlsFacts = {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().name,
    ...verdict,
    chain: chain.map(certificateFacts),
    ocsp,
    limits: material.limits,
  }
  return { kind: 'encrypted', socket, tls, certificates: chain, ms }
}

type Opened =
  | { readonly kind: 'open'; readonly socket: TLSSocket; readonly staple: Buffer | null }
  | { readonly kind: 'failed'; readonly fault: HandshakeFault }

function open(plain: Socket, host: string, secureContext: SecureContext, deadline: Deadline): Promise<Opened> {
  const timedOut: Opened = { kind: 'failed', fault: { kind: 'timed-out', code: null, message: 'no answer in time' } }
  if (plain.destroyed || plain.readableEnded) {
    const fault = { kind: 'closed', code: null, message: 'the connection ended before the TLS handshake' } as const
    return Promise.resolve({ kind: 'failed', fault })
  }
  if (deadline.signal.aborted) {
    plain.destroy()
    return Promise.resolve(timedOut)
  }
  return new Promise(resolve => {
    const socket = connect({
      socket: plain,
      secureContext,
      // A bad certificate must not end the handshake: telling what is wrong with it is what this program is for. OpenSSL
      // verifies all the same; `verifyChain` reads its verdict, and whoever sends a credential asks that first.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      requestOCSP: true,
      ...(isIP(host) === 0 && host !== '' ? { servername: host } : {}),
    })
    let staple: Buffer | null = null
    socket.once('OCSPResponse', (response: Buffer | null) => (staple = response))
    const settle = (opened: Opened) => {
      deadline.signal.removeEventListener('abort', onAbort)
      // Closes the plain socket too. That one must never be destroyed under a living TLS socket: Node 24 crashes.
      if (opened.kind === 'failed') socket.destroy()
      resolve(opened)
    }
    const onAbort = () => settle(timedOut)
    deadline.signal.addEventListener('abort', onAbort, { once: true })
    // Stays for the socket's whole life, like the one of `dial`.
    socket.on('error', error => settle({ kind: 'failed', fault: handshakeFault(error) }))
    socket.once('close', () => settle({ kind: 'failed', fault: { kind: 'closed', code: null, message: 'closed' } }))
    socket.once('secureConnect', () => settle({ kind: 'open', socket, staple }))
  })
}

// Typed as an Error, and in fact the code as a string ("DEPTH_ZERO_SELF_SIGNED_CERT") since Node 0.x.
function codeOf(socket: TLSSocket): string | null {
  if (socket.authorized) return null
  const error: unknown = socket.authorizationError
  if (typeof error === 'string') return error
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return 'UNKNOWN'
}
