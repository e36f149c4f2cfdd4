import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Bench, USER } from './bench.ts'
import { deliver } from './session.ts'
import { callEncrypted } from './talk.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.practice.close())
beforeEach(() => bench.practice.setFaults([]))

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
  ['address-denied', 'RCPT', '554 5.7.1 '],
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
    await bench.practice.setFaults([id])
    const ending = await bench.submit()
    expect(ending.at).toBe(at)
    expect(ending.reply?.slice(0, reply.length)).toBe(reply)
  })

  test('without a fault there is none', async () => {
    expect(await bench.submit()).toEqual({ at: 'accepted', reply: null })
    expect(await bench.relay()).toEqual({ at: 'accepted', reply: null })
  })

  test('open-relay asks nobody to sign in, on the submission port too', async () => {
    const withoutSignIn = async () => {
      const talk = await callEncrypted(bench.port('starttls'), bench.ca)
      const ending = await deliver(talk, { rcptTo: 'somebody@example.net' })
      talk.end()
      return ending.at
    }
    expect(await withoutSignIn()).toBe('MAIL')
    await bench.practice.setFaults(['open-relay'])
    expect(await withoutSignIn()).toBe('accepted')
  })

  test('a reply of several lines has its enhanced code on each of them, and only its own', async () => {
    await bench.practice.setFaults(['app-password-needed'])
    const lines = (await bench.submit()).reply?.split('\n') ?? []
    expect(lines.map(line => line.slice(0, 10))).toEqual(['534-5.7.9 ', '534 5.7.9 '])
    expect(lines[0]).not.toMatch(/5\.7\.8/)
  })
})
