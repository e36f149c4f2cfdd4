import { isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect, type ConnectionOptions, TLSSocket } from 'node:tls'
import type { Exchange } from '#engine/dns/exchange.ts'
import type { EncryptedServer } from '#shared/domain/dns-server.ts'
import { NO_MATERIAL, secureContextFor } from '#engine/tls/trust-store.ts'

/**
 * How the certificate of an encrypted resolver is checked: it must be one that the system or `extraCas` trust and be for
 * the name that was chosen, else for the address (RFC 8310 section 8.1). A resolver that could be anybody is not asked.
 */
export function tlsOptions(server: EncryptedServer, extraCas: readonly string[]): ConnectionOptions {
  const name = server.name ?? server.host
  return {
    secureContext: secureContextFor({ ...NO_MATERIAL, extraCas }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    // RFC 6066 section 3: names only. The empty name keeps Node from sending the host in its place.
    servername: isIP(name) === 0 ? name : '',
  }
}

/** @param protocols for ALPN (RFC 7301), the best first */
export function connectTls(
  server: EncryptedServer,
  extraCas: readonly string[],
  protocols: readonly string[],
): TLSSocket {
  const socket = connect({
    ...tlsOptions(server, extraCas),
    host: server.host,
    port: server.port,
    ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
  })
  socket.setNoDelay(true)
  return socket
}

/** What the error of an encrypted connection says about the certificate; null where it is about something else. */
export function distrustOf(socket: Socket, error: Error): Exchange | null {
  // Typed as an Error, and in fact the code as a string.
  const reason: unknown = socket instanceof TLSSocket ? socket.authorizationError : null
  if (reason === null || reason === undefined) return null
  const code = typeof reason === 'string' ? reason : 'code' in error ? String(error.code) : error.message
  return { kind: 'failed', code: 'UNTRUSTED', detail: `the certificate is not accepted: ${code}` }
}
