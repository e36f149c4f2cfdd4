import { expect, test } from 'vitest'
import { NOTHING_KNOWN } from '#shared/explain/classify.ts'
import { readContext } from '#shared/explain/read-context.ts'

test.for([
  ['dial tcp 192.0.2.10:587: i/o timeout', 587],
  ['dial tcp [2001:db8::25]:465: connect: network is unreachable', 465],
  ['no way to [2001:db8::25]', null],
  ['10:25:25 the connection was closed', null],
  ['smtp.example.com:587 did not answer', 587],
  ['DISCOURSE_SMTP_PORT: 2525', 2525],
  ["EMAIL_PORT = '465'", 465],
  ['Couldn\'t connect to server, port "587"', 587],
] as const)('the port in "%s" is %s', ([text, port]) => {
  expect(readContext(text, NOTHING_KNOWN).port).toBe(port)
})

test.for([
  ['EMAIL_USE_SSL = True', 'tls'],
  ['EMAIL_USE_TLS=True', 'starttls'],
  ['smtp_enable_starttls_auto: true', 'starttls'],
  ['mail.smtp.starttls.enable=true', 'starttls'],
  ['mail.smtp.ssl.enable=true', 'tls'],
  ['secure: false, port: 587', 'starttls'],
  ['TLS is true to its name', null],
] as const)('the security in "%s" is %s', ([text, security]) => {
  expect(readContext(text, NOTHING_KNOWN).security).toBe(security)
})

test('a setting that somebody told counts more than one in the text', () => {
  const told = { ...NOTHING_KNOWN, port: 465, host: 'mail.example.com' }
  expect(readContext('host: smtp.example.org, port: 587', told)).toMatchObject(told)
})
