import { expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'
import { cpuMs } from '../../support/cpu-time.ts'

const SENT =
  'Nov 20 10:00:00 mx postfix/smtp[1234]: 4ABC: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, delay=1, status=sent (250 2.0.0 OK)\n'
const DEFERRED =
  'Nov 20 10:00:01 mx postfix/smtp[99]: 4DEF: to=<c@d.example>, relay=mx.d.example[192.0.2.2]:25, status=deferred (host mx.d.example said: 450 4.2.0 Greylisted)\n'

test('the line that matters is found in a log of ten megabytes', () => {
  const explained = explain({ text: SENT.repeat(80_000) + DEFERRED + SENT.repeat(10) })
  expect(explained).toMatchObject({ class: 'greylisted' })
  expect(explained.findings[0]?.evidence).toEqual([DEFERRED.trim()])
})

const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['one letter', 'a'.repeat(10_000_000)],
  ['line feeds', '\n'.repeat(10_000_000)],
  ['the beginning of a reply', '550-'.repeat(2_500_000)],
  ['the beginning of a password', 'password=".'.repeat(900_000)],
  ['the beginning of a URL with a password', 'a://b:'.repeat(1_600_000)],
  ['the beginning of an IPv6 address', '2001:db8:'.repeat(1_000_000)],
  ['bounce fields', 'Diagnostic-Code: smtp; 550 x\n x\n'.repeat(300_000)],
  ['reply codes', '550 5.7.1 a '.repeat(800_000)],
  ['tokens', 'eyJaaaaaaaaaaa.'.repeat(650_000)],
  ['a wording whose second half never comes', 'client host '.repeat(800_000)],
  ['words that tell with much blank behind', `error${' '.repeat(1990)}\n`.repeat(5000)],
]

test.for(HOSTILE)('ten megabytes of %s take seconds, not hours', ([, text]) => {
  expect(cpuMs(() => explain({ text }))).toBeLessThan(6_000)
})

test.for(HOSTILE)('a short text of %s takes no longer than any other', ([, text]) => {
  expect(cpuMs(() => explain({ text: text.slice(0, 11_000) }))).toBeLessThan(400)
})

test('what led to the verdict is marked in the excerpt', () => {
  const { excerpt, marked } = explain({ text: 'rcpt failed:\n  554 5.7.1 <bob@example.net>: Relay access denied' })
  expect(marked.map(({ start, end }) => excerpt.slice(start, end))).toContain('Relay access denied')
})

test('a bounce is judged by what the receiver said, not by the notice around it', () => {
  const bounce = [
    'This is the mail system. Your message could not be delivered. Connection timed out is not what happened here.',
    '',
    'Reporting-MTA: dns; mx.example.com',
    'Final-Recipient: rfc822; bob@example.net',
    'Action: failed',
    'Status: 5.2.2',
    'Diagnostic-Code: smtp; 552 5.2.2 <bob@example.net>: the mailbox',
    '    of this user is over quota',
  ].join('\n')
  expect(explain({ text: bounce })).toMatchObject({ class: 'recipient-mailbox-full' })
})

test('the finding has words, the line that proves it, and something to do', () => {
  const { findings } = explain({
    text: 'Error: connect failed\n535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials a1 - gsmtp',
    host: 'smtp.gmail.com',
    port: 587,
    security: 'starttls',
  })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({
    id: 'sign-in-needs-app-password',
    class: 'auth-app-password-needed',
    step: 'sign-in',
    severity: 'error',
  })
  expect(findings[0]?.evidence.join(' ')).toContain('Username and Password not accepted')
  expect(findings[0]?.fixes.map(fix => fix.kind)).toContain('provider')
})

test('all readings together are at most certain', () => {
  const explained = explain({
    text: '550-5.7.26 This mail has been blocked because the sender is unauthenticated. It must pass SPF or DKIM.',
  })
  expect(explained.alternatives.length).toBeGreaterThan(0)
  const sum = explained.alternatives.reduce((all, { confidence }) => all + confidence, explained.confidence)
  expect(sum).toBeLessThan(1.02)
})

test('a text that two causes share names the other one', () => {
  const explained = explain({ text: 'self signed certificate in certificate chain' })
  const all = [explained.class, ...explained.alternatives.map(other => other.class)]
  expect(all).toContain('antivirus-or-firewall-interception')
  expect(all).toContain('tls-cert-unknown-issuer')
})

test('the same text means another thing with other settings', () => {
  const text = 'Error: Greeting never received'
  expect(explain({ text, port: 465, security: 'none' }).class).toBe('starttls-on-implicit-port')
  expect(explain({ text, port: 25, security: 'none' }).class).toBe('greeting-timeout')
})

test('no secret of the pasted text is in anything that comes out, plain or encoded', () => {
  const secret = 'c4nary-S3cret!Zz'
  const base64 = Buffer.from(`\0ann@example.com\0${secret}`).toString('base64')
  const text = [
    `C: AUTH PLAIN ${base64}`,
    `smtp://ann:${encodeURIComponent(secret)}@smtp.example.com:587`,
    `auth: { user: 'ann', pass: '${secret}' }`,
    'S: 334 UGFzc3dvcmQ6',
    `C: ${Buffer.from(secret).toString('base64')}`,
    `password ${secret}`,
    `swaks --auth-password ${secret} --server smtp.example.com`,
    '535 5.7.8 Error: authentication failed',
  ].join('\n')
  const out = JSON.stringify(explain({ text }))
  for (const form of [secret, base64, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
    expect(out).not.toContain(form)
  }
  expect(explain({ text }).class).toBe('auth-bad-credentials')
})

test('control characters of a server are visible in the evidence, not raw', () => {
  const { findings } = explain({ text: '550 5.1.1 \u001b]0;owned\u0007User unknown\u009b31m' })
  expect(findings[0]?.evidence.join('')).toMatch(/\\x1b/)
  expect(findings[0]?.evidence.join('')).not.toMatch(/[\u0000-\u001f\u0080-\u009f]/)
})

test('a class in a stack trace is no mail server, and a port that nobody named is not made up', () => {
  const { findings } = explain({
    text: [
      'javax.mail.AuthenticationFailedException: 535 5.7.8 Authentication credentials invalid',
      '\tat com.sun.mail.smtp.SMTPTransport$Authenticator.authenticate(SMTPTransport.java:965)',
      '\tat com.sun.mail.smtp.SMTPTransport.authenticate(SMTPTransport.java:876)',
    ].join('\n'),
  })
  const letter = findings[0]?.fixes.find(fix => fix.kind === 'ask')
  expect(letter).toMatchObject({ text: expect.stringContaining('sending mail fails:') })
})
