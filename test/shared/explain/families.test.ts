import { describe, expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** Texts whose words belong to several classes, alone, and what settles them. */
const CASES: readonly (readonly [means: FailureClass, why: string, text: string])[] = [
  ['dns-temporary-failure', 'a resolver that is silent', 'dial tcp: lookup smtp.example.com: i/o timeout'],
  ['connect-timeout-port-blocked', 'a server that is silent', 'dial tcp 192.0.2.10:587: i/o timeout'],
  ['client-config-invalid', 'a port stands behind the name', 'getaddrinfo ENOTFOUND mail server:465'],
  ['server-temporary-error', 'its own tables', '451 4.3.0 <bob@example.net>: Temporary lookup failure'],
  ['server-shutting-down-or-idle-timeout', 'a 421 needs a connection', '421 4.4.1 Connection timed out, idle timeout'],
  [
    'tls-cert-unknown-issuer',
    'why TLS did not start',
    'stream_socket_enable_crypto(): SSL operation failed. certificate verify failed: unable to get local issuer certificate',
  ],
  [
    'auth-account-locked-or-blocked',
    'the lock is what stays',
    '535 5.7.8 Account locked out after too many failed logins',
  ],
  ['content-rejected-spam', '5.7.9 outside of a sign-in', '554 5.7.9 Message not accepted for policy reasons'],
  ['policy-spf-fail', 'SPF says who may', '550 SPF: 192.0.2.1 is not allowed to send mail from example.com'],
  ['relay-denied', 'the refusal before its reason', '550 5.7.1 Relaying denied. IP name lookup failed'],
  [
    'rate-limited-or-quota',
    "the sender's quota",
    '450 4.7.1 Recipient address rejected: Policy Rejection- Quota Exceeded',
  ],
  ['recipient-mailbox-full', "the recipient's quota", '552 5.2.2 Quota exceeded (mailbox for user is full)'],
  ['content-rejected-spam', 'a filter is no list', '554 5.7.1 Blocked by SpamAssassin'],
  ['greeting-rejected-ip-blocklisted', 'the first words', '554 mx.example.net ESMTP not accepting connections'],
  ['connect-timeout-port-blocked', 'a time of day is no IPv6 address', '10:02:44 Connection timed out at 10:07:44'],
  ['greeting-timeout', 'who reads is connected', 'read tcp 10.0.0.5:39812->192.0.2.8:587: i/o timeout'],
  ['starttls-on-implicit-port', 'nobody greets on 465', 'read tcp 10.0.0.5:39812->192.0.2.8:465: i/o timeout'],
  [
    'connect-timeout-port-blocked',
    'a refusal does not take two minutes',
    "Failed to connect to mail.example.com port 25 after 130412 ms: Couldn't connect to server",
  ],
  [
    'connect-refused',
    'a refusal takes milliseconds',
    "Failed to connect to mail.example.com port 25 after 12 ms: Couldn't connect to server",
  ],
  ['tls-implicit-on-starttls-port', 'letters inside a word', 'InvalidContentType at SmtpTransport'],
]

describe('words that several classes share are settled by what stands beside them', () => {
  test.for(CASES)('%s: %s', ([means, , text]) => {
    expect(explain({ text })).toMatchObject({ class: means })
  })
})

test('who sent the message to whom does not tell who refused it', () => {
  expect(explain({ text: '550 5.7.1 <ann@gmail.com>: Relay access denied' }).provider).toBe('postfix')
  expect(explain({ text: 'to=<ann@gmail.com>, status=bounced (550 5.7.1 Unable to relay)' }).provider).toBeNull()
})

test('a limit is told from a server that lets nobody in, when only the words are known', () => {
  const { stage, findings } = explain({ text: '550 The domain has exceeded the max emails per hour' })
  expect({ stage, id: findings[0]?.id }).toEqual({ stage: 'mail', id: 'deliver-rate-limited' })
})

test.for([
  'EMAIL_PORT = 587, EMAIL_USE_SSL = True',
  'DEBUG SMTP: trying host "smtp.example.com", port 587, isSSL true',
])('settings beside an error are read: %s', settings => {
  const text = `${settings}\nthe connection was closed by the server unexpectedly: EOF`
  expect(explain({ text }).class).toBe('tls-implicit-on-starttls-port')
})
