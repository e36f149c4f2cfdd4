import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuthMethod } from '#shared/account/account.ts'
import { composeMessage } from '#engine/message/compose.ts'
import { composeTestMessage } from '#engine/message/test-message.ts'
import { evidenceOf, runDiagnosis } from '../support/diagnose.ts'
import { startDovecot, type Dovecot } from './support/dovecot.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

const ready = isRoot() && peerInstalled('postfix', 'dovecot')

const PASSWORD = 'correct "horse" bättery'
const MECHANISMS = ['plain', 'login', 'cram-md5', 'digest-md5', 'scram-sha-1', 'scram-sha-256']

describe.skipIf(!ready)('signing in to Postfix with Dovecot', () => {
  let postfix: Postfix
  beforeAll(async () => {
    postfix = await startPostfix({ users: { ada: PASSWORD }, mechanisms: MECHANISMS })
  })
  afterAll(() => postfix.stop())

  const account = (auth: AuthMethod, settings = {}) => ({
    port: postfix.ports.submission,
    security: 'starttls' as const,
    user: 'ada',
    auth,
    ...settings,
  })
  const trust = () => ({ extraCa: postfix.authority.pem })

  // "ä" is hashed differently by clients and servers in DIGEST-MD5, so that mechanism gets a password of its own below.
  test.each(MECHANISMS.filter(name => name !== 'digest-md5'))('%s is accepted', async name => {
    // The test's own list of names.
    const ran = await runDiagnosis(account(name as AuthMethod), { password: PASSWORD }, trust())
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: name.toUpperCase() })
    expect(ran.states.deliver).toBe('done')
    expect(ran.transcript).not.toContain(PASSWORD)
  })

  test.each(MECHANISMS)('%s with a wrong password is rejected, once', async name => {
    const ran = await runDiagnosis(account(name as AuthMethod), { password: 'wrong horse' }, trust())
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 535, enhanced: '5.7.8' } })
    expect(ran.transcript.match(/^client AUTH /gm)).toHaveLength(1)
  })

  test('the automatic choice is SCRAM-SHA-256, as in msmtp', async () => {
    const ran = await runDiagnosis(account('auto'), { password: PASSWORD }, trust())
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: 'SCRAM-SHA-256' })
  })

  test('a message is delivered as it was composed, with dots and line ends intact', async () => {
    const message = await composeMessage({
      from: 'ada@lab.test',
      fromName: 'Ada',
      to: ['bob@lab.test'],
      subject: 'dots',
      text: '.\r\n..two\nend without a line end',
      date: new Date(),
    })
    const ran = await runDiagnosis(
      account('auto', { port: postfix.ports.smtps, security: 'tls' }),
      { password: PASSWORD, purpose: 'send', sendTo: ['bob@lab.test'], message },
      trust(),
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      reply: { code: 250 },
      messageId: message.messageId,
    })
    const arrived = await arrival(postfix, message.messageId)
    expect(arrived).toContain('\n.\n..two\nend without a line end')
  })

  test('the test message carries TLS version, cipher and times', async () => {
    const ran = await runDiagnosis(
      account('plain'),
      {
        password: PASSWORD,
        purpose: 'send',
        sendTo: ['cleo@lab.test'],
        message: soFar =>
          composeTestMessage({
            ...soFar,
            from: 'ada@lab.test',
            fromName: null,
            to: ['cleo@lab.test'],
            now: new Date(),
          }),
      },
      trust(),
    )
    const sent = evidenceOf(ran, 'deliver')
    expect(sent).toMatchObject({ kind: 'sent' })
    // Proved by the line above.
    const arrived = await arrival(postfix, (sent as { messageId: string }).messageId)
    expect(arrived).toContain('TLSv1.3')
    expect(arrived).toMatch(/TLS_[A-Z0-9_]+/)
    expect(arrived).toMatch(/Sign in +\d+ ms/)
  })

  test('a recipient elsewhere is refused without sign-in: relay access denied', async () => {
    const ran = await runDiagnosis(
      { port: postfix.ports.submission, security: 'starttls' },
      { sendTo: ['eve@elsewhere.test'] },
      trust(),
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'rcpt-refused', signedIn: false })
  })
})

describe.skipIf(!ready)('DIGEST-MD5 with Dovecot', () => {
  test('is accepted, and the server proves itself', async () => {
    const postfix = await startPostfix({ users: { ada: 'correct horse' }, mechanisms: ['digest-md5'] })
    try {
      const ran = await runDiagnosis(
        { port: postfix.ports.submission, security: 'starttls', user: 'ada' },
        { password: 'correct horse' },
        { extraCa: postfix.authority.pem },
      )
      expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: 'DIGEST-MD5' })
    } finally {
      await postfix.stop()
    }
  })
})

describe.skipIf(!ready)('LMTP with Dovecot', () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ users: { ada: 'a', bob: 'b' }, mechanisms: ['plain'] })
  })
  afterAll(() => dovecot.stop())

  test.each([
    ['a unix socket', () => ({ socket: dovecot.lmtpSocket, host: 'localhost' })],
    ['TCP', () => ({ port: dovecot.lmtpPort, security: 'none' as const })],
  ])('a message over %s has one reply for each recipient', async (_, place) => {
    const subject = `over LMTP ${randomUUID()}`
    const message = await composeMessage({
      from: 'ada@lab.test',
      fromName: null,
      to: ['ada@lab.test', 'bob@lab.test'],
      subject,
      text: 'hello',
      date: new Date(),
    })
    const ran = await runDiagnosis(
      { ...place(), protocol: 'lmtp' },
      { purpose: 'send', sendTo: ['ada@lab.test', 'bob@lab.test'], message },
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      recipients: [
        { address: 'ada@lab.test', reply: { code: 250 } },
        { address: 'bob@lab.test', reply: { code: 250 } },
      ],
    })
    for (const user of ['ada', 'bob']) {
      const names = await readdir(dovecot.mailOf(user))
      const mails = await Promise.all(names.map(name => readFile(join(dovecot.mailOf(user), name), 'utf8')))
      expect(mails.filter(mail => mail.includes(subject))).toHaveLength(1)
    }
  })

  test('one recipient is refused and the other one gets the message', async () => {
    const subject = `for one ${randomUUID()}`
    const to = ['ada@lab.test', 'nobody@lab.test']
    const message = await composeMessage({
      from: 'ada@lab.test',
      fromName: null,
      to: ['ada@lab.test'],
      subject,
      text: 'hello',
      date: new Date(),
    })
    const ran = await runDiagnosis(
      { socket: dovecot.lmtpSocket, protocol: 'lmtp', host: 'localhost' },
      { purpose: 'send', sendTo: to, message },
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      recipients: [{ reply: { code: 250 } }, { reply: { code: 550 } }],
    })
  })
})

describe.skipIf(!ready)('tokens with Dovecot, which asks an introspection server (RFC 7662)', () => {
  const TOKEN = 'ya29.token-of-ada'
  let introspection: Server
  let postfix: Postfix

  beforeAll(async () => {
    introspection = createServer((request, response) => {
      let body = ''
      request.on('data', (octets: Buffer) => (body += octets.toString()))
      request.on('end', () => {
        const active = new URLSearchParams(body).get('token') === TOKEN
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify(active ? { active, username: 'ada' } : { active }))
      })
    })
    introspection.listen(0, '127.0.0.1')
    await once(introspection, 'listening')
    // A TCP server's address is an object.
    const { port } = introspection.address() as AddressInfo
    const introspectionUrl = `http://127.0.0.1:${port}/introspect`
    postfix = await startPostfix({ users: {}, mechanisms: ['xoauth2', 'oauthbearer'], introspectionUrl })
  })
  afterAll(async () => {
    await postfix.stop()
    introspection.close()
  })

  const signIn = (auth: AuthMethod, token: string) =>
    runDiagnosis(
      { port: postfix.ports.submission, security: 'starttls', user: 'ada', auth },
      { password: token },
      { extraCa: postfix.authority.pem },
    )

  test.each(['xoauth2', 'oauthbearer'] as const)('%s is accepted', async auth => {
    const ran = await signIn(auth, TOKEN)
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: auth.toUpperCase() })
    expect(ran.states.deliver).toBe('done')
    expect(ran.transcript).not.toContain(TOKEN)
  })

  test.each(['xoauth2', 'oauthbearer'] as const)('%s with a token that has expired is rejected', async auth => {
    const ran = await signIn(auth, 'ya29.expired-token')
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 535 } })
    expect(ran.transcript).not.toContain('expired-token')
  })
})

/** Waits for the message with this id, as Postfix delivers after it has answered. */
async function arrival(postfix: Postfix, messageId: string): Promise<string> {
  const giveUpAt = performance.now() + 10_000
  for (;;) {
    const found = (await postfix.mailbox()).find(message => message.includes(messageId))
    if (found !== undefined) return found
    if (performance.now() > giveUpAt) throw new Error(`not delivered: ${await postfix.log()}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
