import { expect, test } from 'vitest'
import { maskedForm, verbOf, whyUnsafe } from '#shared/smtp/console-line.ts'

test.each([
  ['EHLO a', 'EHLO'],
  ['  data', 'DATA'],
  ['', null],
])('the verb of %j is %s', (line, verb) => {
  expect(verbOf(line)).toBe(verb)
})

test.each([
  ['AUTH PLAIN AGFubmE=', 'AUTH PLAIN ***'],
  ['auth xoauth2 dXNlcj0=', 'auth xoauth2 ***'],
  ['AUTH PLAIN', null],
  ['AUTH EXTERNAL =', null],
  ['MAIL FROM:<a@b> AUTH=<>', null],
])('%j is shown as %s', (line, shown) => {
  expect(maskedForm(line)?.shown ?? null).toBe(shown)
})

test('what cannot send a message is safe', () => {
  expect(['EHLO a', 'MAIL FROM:<a@b>', 'RCPT TO:<a@b>', 'RSET', 'VRFY data', 'GET / HTTP/1.0'].map(whyUnsafe)).toEqual(
    Array.from({ length: 6 }, () => null),
  )
})
