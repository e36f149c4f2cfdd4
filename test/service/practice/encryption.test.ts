import { once } from 'node:events'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Bench } from './bench.ts'
import { call, handshake } from './talk.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.practice.close())
beforeEach(() => bench.practice.setFaults([]))

/** How a handshake ends, over TLS from the start and after STARTTLS. */
const HANDSHAKES: readonly (readonly [id: string, code: string])[] = [
  ['expired-certificate', 'CERT_HAS_EXPIRED'],
  ['not-yet-valid-certificate', 'CERT_NOT_YET_VALID'],
  ['self-signed-certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['wrong-name-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['unknown-issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ['incomplete-chain', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['intercepted-certificate', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['tls-too-old', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'],
  ['no-shared-cipher', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
  ['client-certificate-required', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
]

describe('a broken handshake or certificate', () => {
  test.each(HANDSHAKES)('%s fails with %s', async (id, code) => {
    expect(await handshake(bench.port('tls'), bench.ca)).toBe(null)
    await bench.practice.setFaults([id])
    expect(await handshake(bench.port('tls'), bench.ca)).toBe(code)
    const talk = await call(bench.port('starttls'))
    await talk.reply()
    await talk.say('EHLO client.practice.test')
    await talk.say('STARTTLS')
    const failed = new Promise(resolve => {
      talk.socket.removeAllListeners('data')
      const secure = connectTls({ socket: talk.socket, ca: bench.ca, host: '127.0.0.1', servername: '' })
      // Certificate faults show here as well; over TLS 1.3 the server's alert comes after our own "connected".
      secure.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
    expect(await failed).toBe(code)
    talk.end()
  })

  test('must-staple-certificate says so in a TLS feature, and nothing is stapled', async () => {
    await bench.practice.setFaults(['must-staple-certificate'])
    const socket = connectTls({ port: bench.port('tls'), host: '127.0.0.1', ca: bench.ca, requestOCSP: true })
    const stapled = once(socket, 'OCSPResponse')
    await once(socket, 'secureConnect')
    const feature = Buffer.from('06082b0601050507011804053003020105', 'hex')
    expect(socket.getPeerX509Certificate()?.raw.includes(feature)).toBe(true)
    expect(await stapled).toEqual([null])
    socket.destroy()
  })

  test('weak-key-certificate has 1024 bits, which OpenSSL calls too weak', async () => {
    await bench.practice.setFaults(['weak-key-certificate'])
    const socket = connectTls({ port: bench.port('tls'), host: '127.0.0.1', ca: bench.ca })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/key too weak/i)
  })
})

describe('STARTTLS', () => {
  async function offer(security: 'none' | 'starttls') {
    const talk = await call(bench.port(security))
    const greeting = await talk.reply()
    const ehlo = (await talk.say('EHLO client.practice.test')) ?? ''
    return { talk, greeting, lines: ehlo.split('\n').map(line => line.slice(4)) }
  }

  test('no-starttls neither offers nor takes it, and signs in without', async () => {
    await bench.practice.setFaults(['no-starttls'])
    const { talk, lines } = await offer('starttls')
    expect(lines).not.toContain('STARTTLS')
    expect(lines).toContain('AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2')
    expect(await talk.say('STARTTLS')).toBe('502 5.5.1 Error: command not implemented')
    talk.end()
  })

  test('strip-starttls overwrites the word and the greeting', async () => {
    await bench.practice.setFaults(['strip-starttls'])
    const { talk, greeting, lines } = await offer('starttls')
    expect(greeting).toMatch(/^220 [* ]+$/)
    expect(lines).toContain('XXXXXXXA')
    expect(lines).not.toContain('STARTTLS')
    expect(await talk.say('STARTTLS')).toMatch(/^502 /)
    talk.end()
  })

  test('starttls-required refuses senders and sign-in before it, on the relay port too', async () => {
    await bench.practice.setFaults(['starttls-required'])
    expect(await bench.relay()).toEqual({ at: 'MAIL', reply: '530 5.7.0 Must issue a STARTTLS command first' })
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
  })

  test('starttls-broken answers 454', async () => {
    await bench.practice.setFaults(['starttls-broken'])
    const { talk, lines } = await offer('starttls')
    expect(lines).toContain('STARTTLS')
    expect(await talk.say('STARTTLS')).toBe('454 4.7.0 TLS not available due to local problem')
    talk.end()
  })

  test('starttls-garbage answers the handshake in plain text', async () => {
    await bench.practice.setFaults(['starttls-garbage'])
    const { talk } = await offer('starttls')
    expect(await talk.say('STARTTLS')).toMatch(/^220 /)
    expect(await talk.say('\u0016\u0003\u0001')).toBe('454 4.7.0 TLS library problem')
    talk.end()
  })

  test('inject-behind-starttls puts a second reply into the same packet, and TLS works all the same', async () => {
    await bench.practice.setFaults(['inject-behind-starttls'])
    const { talk } = await offer('starttls')
    expect(await talk.say('STARTTLS')).toBe('220 2.0.0 Ready to start TLS')
    expect(await talk.words()).toBe('250 2.0.0 Practice injected this\r\n')
    const secure = await talk.startTls(bench.ca)
    expect(secure.authorized).toBe(true)
    talk.end()
  })

  test('obey-behind-starttls answers behind the handshake what stood behind STARTTLS, and nothing else does', async () => {
    const slipIn = async () => {
      const { talk } = await offer('starttls')
      expect(await talk.say('STARTTLS\r\nNOOP')).toMatch(/^220 /)
      await talk.startTls(bench.ca)
      const first = await talk.say('QUIT')
      talk.end()
      return first?.slice(0, 3)
    }
    expect(await slipIn()).toBe('221')
    await bench.practice.setFaults(['obey-behind-starttls'])
    expect(await slipIn()).toBe('250')
  })

  test('plaintext-on-tls-port and tls-on-plain-port swap which port begins with TLS', async () => {
    await bench.practice.setFaults(['plaintext-on-tls-port'])
    expect(await handshake(bench.port('tls'), bench.ca)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
    const talk = await call(bench.port('tls'))
    expect(await talk.reply()).toMatch(/^220 /)
    talk.end()
    await bench.practice.setFaults(['tls-on-plain-port'])
    expect(await handshake(bench.port('starttls'), bench.ca)).toBe(null)
    expect(await handshake(bench.port('none'), bench.ca)).toBe(null)
    expect(await handshake(bench.port('tls'), bench.ca)).toBe(null)
  })
})
