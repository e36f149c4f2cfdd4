import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { deliver, type Ending, type SessionOptions } from './session.ts'
import { call, callEncrypted, handshake, portFor } from './talk.ts'

const USER = 'practice@practice.test'
let practice: Practice
let ca: string

beforeAll(async () => {
  practice = createPractice({ home: await mkdtemp(join(tmpdir(), 'mailwright-faults-')), slowGreetingMs: 300 })
  ca = await readFile((await practice.start()).caFile ?? '', 'utf8')
})
afterAll(() => practice.close())
beforeEach(() => practice.setFaults([]))

const port = (security: 'none' | 'starttls' | 'tls') => portFor(practice.status(), security)

/** A whole delivery over the submission port: encrypted and signed in. */
async function submit(options: SessionOptions = {}): Promise<Ending> {
  const talk = await callEncrypted(port('starttls'), ca)
  const ending = await deliver(talk, { signIn: { user: USER, password: practice.password() }, ...options })
  talk.end()
  return ending
}

/** The same over the relay port: nobody signs in, nothing is encrypted. */
async function relay(options: SessionOptions = {}): Promise<Ending> {
  const talk = await call(port('none'))
  await talk.reply()
  const ending = await deliver(talk, options)
  talk.end()
  return ending
}

/** What the server says at the first refusal of an ordinary delivery. */
const REFUSALS: readonly (readonly [id: string, at: string, reply: string])[] = [
  ['refuse-password', 'AUTH', '535 5.7.8 Error: authentication failed'],
  ['app-password-needed', 'AUTH', '534-5.7.9 Application-specific password required'],
  [
    'tenant-disabled',
    'AUTH',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant',
  ],
  ['basic-auth-disabled', 'AUTH', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled'],
  ['account-locked', 'AUTH', '534 5.7.14 '],
  ['too-many-logins', 'AUTH', '454 4.7.0 Too many login attempts'],
  ['auth-temporary-error', 'AUTH', '454 4.7.0 Temporary authentication failure'],
  ['auth-mechanism-unsupported', 'AUTH', '504 5.7.4 Unrecognized authentication type'],
  ['no-auth', 'AUTH', '502 5.5.1 '],
  ['refuse-sender', 'MAIL', '550 5.7.1 <practice@practice.test>: Sender address rejected'],
  ['sender-not-owned', 'MAIL', `553 5.7.1 <${USER}>: Sender address rejected: not owned by user ${USER}`],
  ['sender-not-verified', 'MAIL', '550 5.7.1 The from address practice@practice.test does not match'],
  ['sender-domain-not-found', 'MAIL', '550 5.1.8 '],
  ['rate-limited', 'MAIL', '450 4.7.1 '],
  ['daily-quota', 'MAIL', '550 5.4.5 '],
  ['account-suspended', 'MAIL', '550 5.7.1 '],
  ['temporary-error', 'MAIL', '451 4.3.0 '],
  ['server-shutting-down', 'MAIL', '421 4.3.2 '],
  ['refuse-recipient', 'RCPT', '550 5.1.1 <someone@practice.test>: Recipient address rejected: User unknown'],
  ['recipient-domain-not-found', 'RCPT', '550 5.1.2 '],
  ['recipient-syntax', 'RCPT', '553 5.1.3 '],
  ['relay-denied', 'RCPT', '554 5.7.1 <someone@practice.test>: Relay access denied'],
  ['greylist', 'RCPT', '450 4.2.0 '],
  ['mailbox-full', 'RCPT', '552 5.2.2 '],
  ['sandbox', 'RCPT', '554 5.7.1 '],
  ['data-refused', 'DATA', '554 5.3.2 '],
  ['content-spam', 'message', '554 5.7.1 '],
  ['content-virus', 'message', '554 5.7.1 '],
  ['content-malformed', 'message', '554 5.6.0 '],
  ['from-header-missing', 'message', '550 5.7.1 '],
  ['send-as-denied', 'message', '550 5.7.60 '],
  ['mail-loop', 'message', '554 5.4.6 '],
  ['insufficient-storage', 'message', '452 4.3.1 '],
  ['recipient-over-tls-only', 'message', '421 4.7.0 '],
  ['dmarc-reject', 'message', '550 5.7.26 '],
  ['spf-reject', 'message', '550 5.7.23 '],
  ['dkim-reject', 'message', '550 5.7.20 '],
  ['ptr-required', 'message', '550 5.7.25 '],
  ['ip-blocklisted', 'message', '554 5.7.1 Service unavailable; client host [192.0.2.25] blocked using'],
  ['blocklist-broken', 'message', '554 5.7.1 Service unavailable; client host [192.0.2.25] blocked using'],
  ['low-reputation', 'message', '421 4.7.0 '],
]

describe('a refusal is the first negative reply of the session, word for word', () => {
  test.each(REFUSALS)('%s', async (id, at, reply) => {
    await practice.setFaults([id])
    const ending = await submit()
    expect(ending.at).toBe(at)
    expect(ending.reply?.slice(0, reply.length)).toBe(reply)
  })

  test('without a fault there is none', async () => {
    expect(await submit()).toEqual({ at: 'accepted', reply: null })
    expect(await relay()).toEqual({ at: 'accepted', reply: null })
  })

  test('a reply of several lines has its enhanced code on each of them, and only its own', async () => {
    await practice.setFaults(['app-password-needed'])
    const lines = (await submit()).reply?.split('\n') ?? []
    expect(lines.map(line => line.slice(0, 10))).toEqual(['534-5.7.9 ', '534 5.7.9 '])
    expect(lines[0]).not.toMatch(/5\.7\.8/)
  })
})

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
    expect(await handshake(port('tls'), ca)).toBe(null)
    await practice.setFaults([id])
    expect(await handshake(port('tls'), ca)).toBe(code)
    const talk = await call(port('starttls'))
    await talk.reply()
    await talk.say('EHLO client.practice.test')
    await talk.say('STARTTLS')
    const failed = new Promise(resolve => {
      talk.socket.removeAllListeners('data')
      const secure = connectTls({ socket: talk.socket, ca, host: '127.0.0.1', servername: '' })
      // Certificate faults show here as well; over TLS 1.3 the server's alert comes after our own "connected".
      secure.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
    expect(await failed).toBe(code)
    talk.end()
  })

  test('weak-key-certificate has 1024 bits, which OpenSSL calls too weak', async () => {
    await practice.setFaults(['weak-key-certificate'])
    const socket = connectTls({ port: port('tls'), host: '127.0.0.1', ca })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/key too weak/i)
  })
})

describe('before and around the greeting', () => {
  test('refuse-connection closes the ports, and opens the same ones again', async () => {
    const before = practice.status().smtp
    await practice.setFaults(['refuse-connection'])
    for (const { port } of before) await expect(call(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(practice.status().smtp).toEqual(before)
    await practice.setFaults([])
    expect(await submit()).toMatchObject({ at: 'accepted' })
  })

  test('close-at-once ends the connection without a word', async () => {
    await practice.setFaults(['close-at-once'])
    const talk = await call(port('none'))
    expect(await talk.words()).toBe('')
    expect(await talk.reply()).toBe(null)
  })

  test.each([
    ['not-smtp', /^SSH-2\.0-/],
    ['imap-instead', /^\* OK \[CAPABILITY IMAP4rev1/],
  ])('%s speaks another protocol, on the TLS port too', async (id, words) => {
    await practice.setFaults([id])
    for (const security of ['none', 'starttls', 'tls'] as const) {
      const talk = await call(port(security))
      expect(await talk.words()).toMatch(words)
      talk.end()
    }
    expect(await handshake(port('tls'), ca)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
  })

  test('silence says nothing, whatever the client says; TLS comes first where it belongs', async () => {
    await practice.setFaults(['silence'])
    const talk = await call(port('none'))
    talk.socket.write('EHLO client.practice.test\r\n')
    const secure = connectTls({ port: port('tls'), host: '127.0.0.1', ca })
    await new Promise(resolve => secure.once('secureConnect', resolve))
    let said = false
    secure.once('data', () => (said = true))
    // A whole session with the slow server passes meanwhile, so silence is not just our impatience.
    const other = createPractice({ home: await mkdtemp(join(tmpdir(), 'mailwright-slow-')), slowGreetingMs: 300 })
    await other.setFaults(['slow-greeting'])
    const slow = await call(portFor(await other.start(), 'none'))
    expect(await slow.reply()).toMatch(/^220 /)
    expect(said).toBe(false)
    secure.destroy()
    talk.end()
    slow.end()
    await other.close()
  })

  test('slow-greeting waits, and then everything works', async () => {
    await practice.setFaults(['slow-greeting'])
    const startedAt = performance.now()
    expect(await relay()).toMatchObject({ at: 'accepted' })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300)
  })

  test.each([
    ['greeting-421', /^421 4\.7\.0 mail\.practice\.test Error: too many connections/],
    ['greeting-554', /^554 5\.7\.1 Service unavailable; client \[127\.0\.0\.1\] blocked using bl\.practice\.test/],
  ])('%s greets with a refusal and hangs up', async (id, greeting) => {
    await practice.setFaults([id])
    const talk = await call(port('none'))
    expect(await talk.reply()).toMatch(greeting)
    expect(await talk.reply()).toBe(null)
    talk.end()
  })

  test('ehlo-refused leaves HELO, and mail can be sent with it', async () => {
    await practice.setFaults(['ehlo-refused'])
    const talk = await call(port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).toBe('502 5.5.1 Error: command not implemented')
    expect(await talk.say('HELO client.practice.test')).toBe('250 mail.practice.test')
    expect(await talk.say('MAIL FROM:<a@practice.test>')).toMatch(/^250 /)
    talk.end()
  })

  test('helo-name-rejected refuses EHLO and HELO, but not a name of the practice domain', async () => {
    await practice.setFaults(['helo-name-rejected'])
    expect(await relay({ ehlo: 'localhost' })).toEqual({
      at: 'EHLO',
      reply: '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname',
    })
    const talk = await call(port('none'))
    await talk.reply()
    expect(await talk.say('HELO [127.0.0.1]')).toMatch(/^504 5\.5\.2 <\[127\.0\.0\.1\]>: Helo command rejected/)
    talk.end()
    expect(await relay({ ehlo: 'laptop.practice.test' })).toMatchObject({ at: 'accepted' })
  })

  test('helo-name-rejected-late says so at the recipient', async () => {
    await practice.setFaults(['helo-name-rejected-late'])
    expect(await submit({ ehlo: 'localhost' })).toMatchObject({
      at: 'RCPT',
      reply: expect.stringMatching(/^504 5\.5\.2 <localhost>/),
    })
    expect(await submit()).toMatchObject({ at: 'accepted' })
  })
})

describe('STARTTLS', () => {
  async function offer(security: 'none' | 'starttls') {
    const talk = await call(port(security))
    const greeting = await talk.reply()
    const ehlo = (await talk.say('EHLO client.practice.test')) ?? ''
    return { talk, greeting, lines: ehlo.split('\n').map(line => line.slice(4)) }
  }

  test('no-starttls neither offers nor takes it, and signs in without', async () => {
    await practice.setFaults(['no-starttls'])
    const { talk, lines } = await offer('starttls')
    expect(lines).not.toContain('STARTTLS')
    expect(lines).toContain('AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2')
    expect(await talk.say('STARTTLS')).toBe('502 5.5.1 Error: command not implemented')
    talk.end()
  })

  test('strip-starttls overwrites the word and the greeting', async () => {
    await practice.setFaults(['strip-starttls'])
    const { talk, greeting, lines } = await offer('starttls')
    expect(greeting).toMatch(/^220 [* ]+$/)
    expect(lines).toContain('XXXXXXXA')
    expect(lines).not.toContain('STARTTLS')
    expect(await talk.say('STARTTLS')).toMatch(/^502 /)
    talk.end()
  })

  test('starttls-required refuses senders and sign-in before it, on the relay port too', async () => {
    await practice.setFaults(['starttls-required'])
    expect(await relay()).toEqual({ at: 'MAIL', reply: '530 5.7.0 Must issue a STARTTLS command first' })
    expect(await submit()).toMatchObject({ at: 'accepted' })
  })

  test('starttls-broken answers 454', async () => {
    await practice.setFaults(['starttls-broken'])
    const { talk, lines } = await offer('starttls')
    expect(lines).toContain('STARTTLS')
    expect(await talk.say('STARTTLS')).toBe('454 4.7.0 TLS not available due to local problem')
    talk.end()
  })

  test('starttls-garbage answers the handshake in plain text', async () => {
    await practice.setFaults(['starttls-garbage'])
    const { talk } = await offer('starttls')
    expect(await talk.say('STARTTLS')).toMatch(/^220 /)
    expect(await talk.say('\u0016\u0003\u0001')).toBe('454 4.7.0 TLS library problem')
    talk.end()
  })

  test('inject-behind-starttls puts a second reply into the same packet, and TLS works all the same', async () => {
    await practice.setFaults(['inject-behind-starttls'])
    const { talk } = await offer('starttls')
    expect(await talk.say('STARTTLS')).toBe('220 2.0.0 Ready to start TLS')
    expect(await talk.words()).toBe('250 2.0.0 Practice injected this\r\n')
    const secure = await talk.startTls(ca)
    expect(secure.authorized).toBe(true)
    talk.end()
  })

  test('plaintext-on-tls-port and tls-on-plain-port swap which port begins with TLS', async () => {
    await practice.setFaults(['plaintext-on-tls-port'])
    expect(await handshake(port('tls'), ca)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
    const talk = await call(port('tls'))
    expect(await talk.reply()).toMatch(/^220 /)
    talk.end()
    await practice.setFaults(['tls-on-plain-port'])
    expect(await handshake(port('starttls'), ca)).toBe(null)
    expect(await handshake(port('none'), ca)).toBe(null)
    expect(await handshake(port('tls'), ca)).toBe(null)
  })
})

describe('sign-in', () => {
  test('no-auth offers none, and takes mail without it', async () => {
    await practice.setFaults(['no-auth'])
    const talk = await callEncrypted(port('starttls'), ca)
    expect(await talk.say('EHLO client.practice.test')).not.toMatch(/AUTH/)
    expect(await deliver(talk)).toMatchObject({ at: 'accepted' })
    talk.end()
  })

  test('auth-mechanism-unsupported offers only what the client will not have', async () => {
    await practice.setFaults(['auth-mechanism-unsupported'])
    const talk = await callEncrypted(port('starttls'), ca)
    expect(await talk.say('EHLO client.practice.test')).toMatch(/AUTH NTLM GSSAPI$/m)
    expect(await talk.say('AUTH NTLM')).toMatch(/^504 5\.7\.4 /)
    talk.end()
  })

  test('oauth-token-expired offers XOAUTH2 alone and refuses the token', async () => {
    await practice.setFaults(['oauth-token-expired'])
    const signIn = { user: USER, password: practice.password(), mechanism: 'XOAUTH2' } as const
    expect(await submit({ signIn })).toMatchObject({
      at: 'AUTH',
      reply: expect.stringMatching(/^535 5\.7\.8 .*expired/),
    })
    expect(await submit()).toMatchObject({ at: 'AUTH', reply: expect.stringMatching(/^504 /) })
  })

  test('auth-needs-encryption refuses only where nothing is encrypted', async () => {
    await practice.setFaults(['auth-needs-encryption'])
    const signIn = { user: USER, password: practice.password() }
    expect(await relay({ signIn })).toMatchObject({ at: 'AUTH', reply: expect.stringMatching(/^538 5\.7\.11 /) })
    expect(await submit()).toMatchObject({ at: 'accepted' })
  })

  test('auth-required refuses the sender of who did not sign in', async () => {
    await practice.setFaults(['auth-required'])
    expect(await relay()).toEqual({ at: 'MAIL', reply: '530 5.7.0 Authentication required' })
    expect(await relay({ signIn: { user: USER, password: practice.password() } })).toMatchObject({ at: 'accepted' })
  })

  test('drop-in-auth hangs up at AUTH', async () => {
    await practice.setFaults(['drop-in-auth'])
    expect(await submit()).toEqual({ at: 'AUTH', reply: null })
  })
})

describe('faults that a cure ends', () => {
  test('greylist accepts the same triple the second time, and puts another one off', async () => {
    await practice.setFaults(['greylist'])
    expect(await submit()).toMatchObject({ at: 'RCPT' })
    expect(await submit()).toMatchObject({ at: 'accepted' })
    expect(await submit({ rcptTo: 'another@practice.test' })).toMatchObject({ at: 'RCPT' })
  })

  test('sender-not-owned accepts the user name after another sender was refused', async () => {
    await practice.setFaults(['sender-not-owned'])
    expect(await submit({ mailFrom: 'boss@practice.test' })).toMatchObject({ at: 'MAIL' })
    expect(await submit({ mailFrom: USER })).toMatchObject({ at: 'accepted' })
  })

  test('relay-denied accepts who signs in after being refused without', async () => {
    await practice.setFaults(['relay-denied'])
    expect(await relay()).toMatchObject({ at: 'RCPT' })
    expect(await submit()).toMatchObject({ at: 'accepted' })
  })
})

describe('the message and the extensions', () => {
  test('too-large says a tiny SIZE and refuses at MAIL and after the message', async () => {
    await practice.setFaults(['too-large'])
    const talk = await call(port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).toMatch(/SIZE 256$/m)
    expect(await talk.say('MAIL FROM:<a@practice.test> SIZE=1000')).toMatch(/^552 5\.3\.4 /)
    await talk.say('MAIL FROM:<a@practice.test>')
    await talk.say('RCPT TO:<b@practice.test>')
    await talk.say('DATA')
    talk.socket.write(`${'x'.repeat(400)}\r\n`)
    expect(await talk.say('.')).toMatch(/^552 5\.3\.4 /)
    talk.end()
  })

  test.each(['drop-in-data', 'drop-after-data'])('%s cuts the line and keeps nothing', async id => {
    await practice.setFaults([id])
    const before = practice.status().messageCount
    expect(await submit()).toEqual({ at: 'message', reply: null })
    expect(practice.status().messageCount).toBe(before)
  })

  test('smtputf8-unsupported and dsn-unsupported withdraw the offer and refuse the use', async () => {
    await practice.setFaults(['smtputf8-unsupported', 'dsn-unsupported'])
    const talk = await call(port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).not.toMatch(/SMTPUTF8|DSN/)
    expect(await talk.say('MAIL FROM:<a@practice.test> RET=HDRS')).toMatch(/^555 5\.5\.4 /)
    expect(await talk.say('MAIL FROM:<grüße@practice.test>')).toMatch(/^553 5\.6\.7 /)
    expect(await talk.say('MAIL FROM:<a@practice.test>')).toMatch(/^250 /)
    expect(await talk.say('RCPT TO:<grüße@practice.test>')).toMatch(/^553 5\.6\.7 /)
    expect(await talk.say('RCPT TO:<b@practice.test> NOTIFY=NEVER')).toMatch(/^555 5\.5\.4 /)
    talk.end()
  })
})

test('every fault that touches the mail ports is provoked in this file', async () => {
  const source = await readFile(import.meta.filename, 'utf8')
  const mail = practice.status().faults.filter(fault => !/DNS/.test(fault.description))
  expect(mail.filter(fault => !source.includes(`${fault.id}'`) && !source.includes(`${fault.id} `))).toEqual([])
})
