import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type ConnectionOptions, type TlsOptions, type TLSSocket } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { channelBindingOf, serverEndPoint } from '#engine/tls/channel-binding.ts'
import { hasExtendedMasterSecret } from '#engine/tls/extended-master-secret.ts'
import { createAuthority } from '../../support/certificates.ts'
import { peerInstalled } from '../../peers/support/peer.ts'

/** OpenSSL's SSL_OP_NO_EXTENDED_MASTER_SECRET, which Node has no name for. */
const NO_EXTENDED_MASTER_SECRET = 0x1

const identity = await (await createAuthority()).issue()

/** A server, and the binding that the client's end of one connection to it has. */
async function serve(options: TlsOptions = {}): Promise<{
  shake(options?: ConnectionOptions): Promise<TLSSocket>
  readonly serverSides: TLSSocket[]
}> {
  const serverSides: TLSSocket[] = []
  const server = createServer({ ...identity, ...options }, socket => {
    serverSides.push(socket.on('error', () => {}))
    socket.resume()
    socket.write('hello')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    serverSides,
    shake: async options => {
      // A TCP server's address is an object.
      const { port } = server.address() as AddressInfo
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
      onTestFinished(() => void socket.destroy())
      await once(socket, 'data')
      return socket
    },
  }
}

test('TLS 1.3: tls-exporter, the same octets at both ends (RFC 9266)', async () => {
  const server = await serve()
  const binding = channelBindingOf(await server.shake())
  const theirs = server.serverSides[0]?.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
  expect(binding).toEqual({ type: 'tls-exporter', data: theirs })
})

test('TLS 1.2: tls-unique, which the server knows as the Finished message of its peer (RFC 5929 section 3)', async () => {
  const server = await serve()
  const binding = channelBindingOf(await server.shake({ maxVersion: 'TLSv1.2' }))
  expect(binding).toEqual({ type: 'tls-unique', data: server.serverSides[0]?.getPeerFinished() })
})

describe('TLS 1.2 without the extended master secret, where tls-unique is not unique (RFC 7627)', () => {
  test('tls-server-end-point, the hash of the certificate', async () => {
    const server = await serve({ secureOptions: NO_EXTENDED_MASTER_SECRET })
    const binding = channelBindingOf(await server.shake({ maxVersion: 'TLSv1.2' }))
    const data = createHash('sha256').update(new X509Certificate(identity.cert).raw).digest()
    expect(binding).toEqual({ type: 'tls-server-end-point', data })
  })

  test('a session that is taken up again, which has no full handshake of its own, gives none', async () => {
    const server = await serve({ maxVersion: 'TLSv1.2' })
    const session = (await server.shake()).getSession()
    const again = await server.shake(session === undefined ? {} : { session })
    expect(again.isSessionReused()).toBe(true)
    expect(channelBindingOf(again)).toBeNull()
  })

  test.each(['', '30', '308000', '3003ad0100', 'ff'.repeat(600)])('what is no session (%s) proves nothing', octets => {
    expect(hasExtendedMasterSecret(Buffer.from(octets, 'hex'))).toBe(false)
  })
})

describe.skipIf(!peerInstalled('openssl'))(
  'tls-server-end-point: the digest that OpenSSL computes (RFC 5929 section 4.1)',
  () => {
    test.each([
      ['sha1', 'sha256'],
      ['sha256', 'sha256'],
      ['sha384', 'sha384'],
      ['sha512', 'sha512'],
    ])('signed with %s: %s', (signedWith, hash) => {
      const words = `req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -days 9 -subj /CN=x -${signedWith}`.split(' ')
      const pem = execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'] })
      const der = execFileSync('openssl', ['x509', '-outform', 'DER'], { input: pem })
      const data = execFileSync('openssl', ['dgst', `-${hash}`, '-binary'], { input: der })
      expect(serverEndPoint(new X509Certificate(pem))).toEqual({ type: 'tls-server-end-point', data })
    })

    test('signed with Ed25519, which has no hash function of its own: not defined', () => {
      const words = 'req -x509 -newkey ed25519 -nodes -keyout /dev/null -days 9 -subj /CN=x'.split(' ')
      const pem = execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'] })
      expect(serverEndPoint(new X509Certificate(pem))).toBeNull()
    })
  },
)
