import { getDiffieHellman } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import type { Identity } from '../../support/certificates.ts'
import type { Failure } from './failure.ts'

export const WEAK_DH_CASE: Failure = {
  number: 19,
  how: 'a server whose key exchange has 1024 bits',
  shows: 'encrypt-weak-key',
  means: 'tls-no-shared-cipher-or-weak-dh',
}

/** TLS from the start, with the group that RFC 2409 section 6.2 has and nothing better. @param identity with an RSA key */
export async function startWeakDh(identity: Identity): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer({
    ...identity,
    dhparam: parametersOf(getDiffieHellman('modp2').getPrime()),
    ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is an object.
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() }
}

/** DHParameter of PKCS #3: the prime and the generator 2, as DER in PEM. The lengths are those of a prime of 1024 bits. */
function parametersOf(prime: Buffer): string {
  const body = Buffer.concat([
    Buffer.from([0x02, 0x81, prime.length + 1, 0x00]),
    prime,
    Buffer.from([0x02, 0x01, 0x02]),
  ])
  const der = Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body])
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN DH PARAMETERS-----\n${lines.join('\n')}\n-----END DH PARAMETERS-----\n`
}
