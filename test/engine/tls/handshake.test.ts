import { once } from 'node:events'
import { connect } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { handshake, type Handshaken } from '#engine/tls/handshake.ts'
import { loadTlsMaterial } from '#engine/tls/material.ts'
import { NO_MATERIAL, type TlsMaterial } from '#engine/tls/trust-store.ts'
import { createAuthority, createSelfSigned, type Authority } from '../../support/certificates.ts'
import { accountOf } from '../../support/diagnose.ts'

let root: Authority
beforeAll(async () => {
  root = await createAuthority()
})

const trusting = (...rest: readonly Partial<TlsMaterial>[]): TlsMaterial =>
  Object.assign({}, NO_MATERIAL, { extraCas: [root.pem] }, ...rest)

async function shake(
  server: TlsOptions,
  material: TlsMaterial = trusting(),
  host = 'mail.lab.test',
): Promise<Handshaken> {
  const listener = createServer(server, socket => socket.on('error', () => {}).resume())
  listener.on('tlsClientError', () => {})
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  // A TCP server's address is an object.
  const plain = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  plain.on('error', () => {})
  await once(plain, 'connect')
  const shaken = await handshake(plain, host, material, new Deadline(5000), new Date())
  if (shaken.kind === 'encrypted') shaken.socket.destroy()
  listener.close()
  return shaken
}

async function tlsOf(server: TlsOptions, material?: TlsMaterial, host?: string) {
  const shaken = await shake(server, material, host)
  if (shaken.kind !== 'encrypted') throw new Error(shaken.fault.message)
  return shaken.tls
}

describe('the facts of a certificate', () => {
  test('an EC certificate, with names of both kinds', async () => {
    const identity = await root.issue({ names: ['mail.lab.test', '*.lab.test', '192.0.2.7', '2001:db8::1'] })
    const tls = await tlsOf(identity)
    expect(tls).toMatchObject({ protocol: 'TLSv1.3', trusted: true, reason: null, distrust: null })
    expect(tls.cipher).toMatch(/^TLS_/)
    expect(tls.chain).toHaveLength(1)
    expect(tls.chain[0]).toMatchObject({
      subject: 'O=Lab,CN=mail.lab.test',
      issuer: 'O=Lab,CN=Lab Root',
      altNames: ['DNS:mail.lab.test', 'DNS:*.lab.test', 'IP:192.0.2.7', 'IP:2001:DB8:0:0:0:0:0:1'],
      keyType: 'EC',
      keyBits: 256,
    })
    expect(tls.chain[0]?.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(tls.chain[0]?.sha1).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/)
    expect(tls.chain[0]?.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
    expect(tls.chain[0]?.signature).toMatch(/ecdsa.*SHA256/i)
  })

  test('an RSA certificate', async () => {
    const tls = await tlsOf(await createSelfSigned({ key: 'rsa' }))
    expect(tls.chain[0]).toMatchObject({ keyType: 'RSA', keyBits: 2048, signature: 'sha256WithRSAEncryption' })
  })
})

describe('the chain is what the server presented', () => {
  test('a root that we have and it did not send is not in it', async () => {
    const between = await root.authorize('O=Lab,CN=Lab Issuing')
    const tls = await tlsOf(await between.issue())
    expect(tls.trusted).toBe(true)
    expect(tls.chain.map(each => each.subject)).toEqual(['O=Lab,CN=mail.lab.test', 'O=Lab,CN=Lab Issuing'])
  })

  test('certificates that have nothing to do with it are in it', async () => {
    const stranger = await createAuthority('O=Other,CN=Stranger')
    const identity = await root.issue()
    const tls = await tlsOf({ key: identity.key, cert: `${identity.cert}${stranger.pem}` })
    expect(tls.chain.map(each => each.subject)).toEqual(['O=Lab,CN=mail.lab.test', 'O=Other,CN=Stranger'])
    expect(tls.trusted).toBe(true)
  })
})

describe('why it is not trusted', () => {
  test('expired', async () => {
    const tls = await tlsOf(await root.issue({ validDays: [-30, -2] }))
    expect(tls).toMatchObject({
      trusted: false,
      distrust: 'expired',
      reason: expect.stringMatching(/expired on \d{4}/),
    })
  })

  test('not yet valid', async () => {
    const tls = await tlsOf(await root.issue({ validDays: [2, 30] }))
    expect(tls).toMatchObject({ trusted: false, distrust: 'not-yet-valid' })
  })

  test('a wrong name, with the names that it has', async () => {
    const tls = await tlsOf(await root.issue({ names: ['a.lab.test', 'b.lab.test'] }))
    expect(tls).toMatchObject({ trusted: false, distrust: 'wrong-name' })
    expect(tls.reason).toBe('The certificate is for a.lab.test, b.lab.test, not for mail.lab.test.')
  })

  test('an address that the certificate does not name', async () => {
    const tls = await tlsOf(await root.issue({ names: ['mail.lab.test'] }), trusting(), '127.0.0.1')
    expect(tls.distrust).toBe('wrong-name')
  })

  test('self-signed', async () => {
    expect(await tlsOf(await createSelfSigned())).toMatchObject({ trusted: false, distrust: 'self-signed' })
  })

  test('self-signed, and trusted as a CA of its own', async () => {
    const identity = await createSelfSigned()
    const tls = await tlsOf(identity, { ...NO_MATERIAL, extraCas: [identity.cert] })
    expect(tls).toMatchObject({ trusted: true, reason: null })
  })

  test('a root of its own in the chain', async () => {
    const other = await createAuthority('O=Other,CN=Other Root')
    const identity = await other.issue()
    const tls = await tlsOf({ key: identity.key, cert: `${identity.cert}${other.pem}` })
    expect(tls).toMatchObject({ distrust: 'self-signed-in-chain', reason: expect.stringContaining('CN=Other Root') })
  })

  test('an unknown issuer', async () => {
    const other = await createAuthority('O=Other,CN=Other Root')
    const tls = await tlsOf(await other.issue())
    expect(tls).toMatchObject({ distrust: 'unknown-issuer', reason: expect.stringContaining('O=Other,CN=Other Root') })
  })

  test('an incomplete chain', async () => {
    const between = await root.authorize('O=Lab,CN=Lab Issuing', { presented: false })
    const tls = await tlsOf(await between.issue())
    expect(tls).toMatchObject({ distrust: 'incomplete-chain', reason: expect.stringContaining('CN=Lab Issuing') })
  })

  test('the name of a security product in the issuer', async () => {
    const shield = await createAuthority('O=Avast,CN=Avast Web/Mail Shield Root')
    expect((await tlsOf(await shield.issue())).distrust).toBe('intercepted')
  })

  test('a key that is too weak', async () => {
    const identity = await root.issue({ key: 'weak-rsa' })
    const tls = await tlsOf({ ...identity, ciphers: 'DEFAULT@SECLEVEL=0' })
    expect(tls).toMatchObject({ trusted: false, distrust: 'weak', reason: expect.stringContaining('1024 bits') })
  })

  test('a signature with SHA-1, also where a lowered floor lets OpenSSL pass it', async () => {
    const identity = await root.issue({ hash: 'SHA-1' })
    const weak = { trusted: false, distrust: 'weak', reason: expect.stringContaining('ecdsa-with-SHA1') }
    const old = { ...identity, ciphers: 'DEFAULT@SECLEVEL=0' }
    expect(await tlsOf(old)).toMatchObject(weak)
    expect(await tlsOf(old, trusting({ limits: { min: '1.0', max: '1.3', ciphers: null } }))).toMatchObject(weak)
  })

  test('several reasons at once are all told, the gravest first', async () => {
    const other = await createAuthority('O=Other,CN=Other Root')
    const tls = await tlsOf(await other.issue({ names: ['x.lab.test'], validDays: [-9, -2] }))
    expect(tls.distrust).toBe('expired')
    expect(tls.reason).toMatch(/expired.*Other Root.*not for mail\.lab\.test/)
  })

  test('revoked, by a list that its issuer signed', async () => {
    const identity = await root.issue()
    const crls = [Buffer.from(await root.revoke([identity.serial]))]
    expect(await tlsOf(identity, trusting({ crls }))).toMatchObject({ trusted: false, distrust: 'revoked' })
  })

  test('a list that names another certificate, or comes from somebody else, changes nothing', async () => {
    const identity = await root.issue()
    const impostor = await createAuthority('O=Lab,CN=Lab Root')
    const crls = [Buffer.from(await root.revoke(['01'])), Buffer.from(await impostor.revoke([identity.serial]))]
    expect(await tlsOf(identity, trusting({ crls }))).toMatchObject({ trusted: true })
  })
})

describe('a pinned fingerprint decides alone', () => {
  test.each(['sha256', 'sha1'] as const)('%s that fits', async algorithm => {
    const identity = await createSelfSigned({ names: ['elsewhere.test'] })
    const unpinned = await tlsOf(identity, NO_MATERIAL)
    const tls = await tlsOf(identity, { ...NO_MATERIAL, pin: unpinned.chain[0]?.[algorithm] ?? '' })
    expect(tls).toMatchObject({ trusted: true, reason: null })
  })

  test('MD5, as old configurations have it', async () => {
    const { X509Certificate } = await import('node:crypto')
    const { fingerprintOf } = await import('#engine/tls/certificate.ts')
    const identity = await createSelfSigned()
    const pin = fingerprintOf(new X509Certificate(identity.cert), 'md5')
    expect(pin).toMatch(/^([0-9A-F]{2}:){15}[0-9A-F]{2}$/)
    expect(await tlsOf(identity, { ...NO_MATERIAL, pin })).toMatchObject({ trusted: true })
  })

  test('one that does not fit, although the CA is trusted', async () => {
    const tls = await tlsOf(await root.issue(), trusting({ pin: 'AB:'.repeat(31) + 'AB' }))
    expect(tls).toMatchObject({ trusted: false, distrust: 'fingerprint-mismatch' })
  })
})

describe('handshakes that fail', () => {
  test('a server that only speaks old versions', async () => {
    const identity = await root.issue({ key: 'rsa' })
    const shaken = await shake({
      ...identity,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect(shaken).toMatchObject({ kind: 'failed', fault: { kind: 'protocol-version' } })
  })

  test('no cipher in common', async () => {
    const identity = await root.issue({ key: 'rsa' })
    const shaken = await shake({ ...identity, maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' })
    expect(shaken).toMatchObject({ kind: 'failed', fault: { kind: 'no-shared-cipher' } })
  })

  test('a server that wants a client certificate, in TLS 1.2', async () => {
    const identity = await root.issue()
    const shaken = await shake({
      ...identity,
      maxVersion: 'TLSv1.2',
      requestCert: true,
      rejectUnauthorized: true,
      ca: root.pem,
    })
    // OpenSSL's servers answer with the alert handshake_failure here, which by itself does not say what was wrong.
    expect(shaken).toMatchObject({
      kind: 'failed',
      fault: { code: expect.stringContaining('ALERT_HANDSHAKE_FAILURE') },
    })
  })
})

describe('files of the account', () => {
  const files = accountOf({})

  test('a client certificate with its key is used', async () => {
    const identity = await root.issue()
    const loaded = await loadTlsMaterial(
      { ...files, clientCertFile: '/c', clientKeyFile: '/k' },
      root.pem,
      async path => Buffer.from(path === '/c' ? identity.cert : identity.key),
    )
    if (!loaded.ok) throw new Error(loaded.error.message)
    const server = await root.issue()
    const shaken = await shake({ ...server, requestCert: true, rejectUnauthorized: true, ca: root.pem }, loaded.value)
    expect(shaken).toMatchObject({ kind: 'encrypted', tls: { trusted: true } })
  })

  test('a certificate whose key is another one is a local fault', async () => {
    const [one, other] = [await root.issue(), await root.issue()]
    const loaded = await loadTlsMaterial(
      { ...files, clientCertFile: '/c', clientKeyFile: '/k' },
      undefined,
      async path => Buffer.from(path === '/c' ? one.cert : other.key),
    )
    expect(loaded).toMatchObject({ ok: false, error: { kind: 'local-file' } })
  })

  test.each(['caFile', 'crlFile'] as const)('a %s that holds something else is a local fault', async file => {
    const loaded = await loadTlsMaterial({ ...files, [file]: '/x' }, undefined, async () => Buffer.from('not this'))
    expect(loaded).toMatchObject({ ok: false, error: { kind: 'local-file' } })
  })
})
