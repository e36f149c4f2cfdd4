import { expect, test } from 'vitest'
import { steadyText } from '#shared/diagnosis/steady-text.ts'

test.each([
  ['a queue id of Postfix', '250 2.0.0 Ok: queued as 4bXk2Q1Zz9', '250 2.0.0 Ok: queued as #'],
  ['a short queue id of Postfix', '250 2.0.0 Ok: queued as 9A1C72034F', '250 2.0.0 Ok: queued as #'],
  ['an id of Exim', '250 OK id=1vMabc-0000000ABCD-3xyz', '250 OK id=#'],
  ['an id of Gmail', '550 5.1.1 no such user 37sm10841002wrc.96 - gsmtp', '550 5.1.1 no such user # - gsmtp'],
  [
    'the time in a greeting',
    '220 a.example ESMTP Exim 4.98 Sat, 21 Nov 2026 13:10:39 +0000',
    '220 a.example ESMTP Exim 4.98 #',
  ],
  ['the time as sendmail writes it', '220 a.example ESMTP; Sat Nov 21 13:10:39 2026', '220 a.example ESMTP; #'],
  ['a time of ISO 8601', 'until 2026-11-21T13:10:39Z', 'until #'],
])('%s is taken out', (_, text, steady) => expect(steadyText(text)).toBe(steady))

test.each([
  '250-8BITMIME',
  '250-SMTPUTF8',
  '250-AUTH PLAIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER',
  '250-SIZE 52428800',
  'TLS is on: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384, certificate not trusted',
  'TLS is on: TLSv1.3 TLS_AES_256_GCM_SHA384, certificate trusted',
  'connected to 192.0.2.10 port 587',
  'EHLO client.example.org',
])('“%s” stays as it is', text => expect(steadyText(text)).toBe(text))

test('a long line takes no long time', () => {
  const text = `${'a-'.repeat(200_000)} ${'1a'.repeat(100_000)} ${'Sat '.repeat(50_000)}`
  const began = performance.now()
  steadyText(text)
  expect(performance.now() - began).toBeLessThan(2000)
})
