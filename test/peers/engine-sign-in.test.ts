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

  test('a message over a unix socket has one reply for each recipient', async () => {
    const message = await composeMessage({
      from: 'ada@lab.test',
      fromName: null,
      to: ['ada@lab.test', 'bob@lab.test'],
      subject: 'over LMTP',
      text: 'hello',
      date: new Date(),
    })
    const ran = await runDiagnosis(
      { socket: dovecot.lmtpSocket, protocol: 'lmtp', host: 'localhost' },
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
      const [name = ''] = await readdir(dovecot.mailOf(user))
      expect(await readFile(join(dovecot.mailOf(user), name), 'utf8')).toContain('over LMTP')
    }
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
