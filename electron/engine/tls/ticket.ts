import type { TLSSocket } from 'node:tls'

/** A server sends its ticket within a round trip of ours, and needs about this long to make it. */
const MAKING_MS = 5

/** Beyond this a ticket is not waited for: the wait would cost about what it can save. */
const FARTHEST_MS = 20

/**
 * Waits for the session ticket of a TLS 1.3 server that is near (RFC 8446 section 4.6.1), so that what we send next
 * acknowledges it. Servers that leave Nagle's algorithm on, as Postfix does, hold their reply back while the ticket is not
 * acknowledged, and a client that has nothing more to send acknowledges 40 ms later.
 *
 * @param roundTripMs how long the server took to answer so far
 */
export async function awaitTicket(socket: TLSSocket, roundTripMs: number): Promise<void> {
  if (roundTripMs > FARTHEST_MS || socket.getProtocol() !== 'TLSv1.3' || socket.getTLSTicket() !== undefined) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, roundTripMs + MAKING_MS)
    const settle = () => {
      clearTimeout(timer)
      // OpenSSL is still reading when it tells of a ticket: what is written in that turn would not leave.
      setImmediate(resolve)
    }
    socket.once('session', settle).once('close', settle)
  })
}
