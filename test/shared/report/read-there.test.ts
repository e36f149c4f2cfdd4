import { describe, expect, test } from 'vitest'
import { readThere } from '#shared/report/read-there.ts'

const TEST = { host: 'mail.example.com', port: 587, security: 'starttls' } as const

const SWAKS = `=== Trying mail.example.com:587...
=== Connected to mail.example.com.
<-  220 mail.example.com ESMTP
 -> EHLO web01
<-  250-mail.example.com
<-  250 STARTTLS
 -> STARTTLS
<-  220 2.0.0 Ready to start TLS
=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256
 ~> EHLO web01
<~  250-mail.example.com
<~  250 AUTH PLAIN
 ~> AUTH PLAIN AGFubgBzM2NyZXQxMjM0NTY=
<~* 535 5.7.8 Error: authentication failed
*** No authentication type succeeded
 ~> QUIT
<~  221 2.0.0 Bye`

const CURL_REFUSED = `*   Trying 192.0.2.1:587...
* connect to 192.0.2.1 port 587 failed: Connection refused
curl: (7) Failed to connect to mail.example.com port 587: Connection refused`

const OPENSSL_UNTRUSTED = `depth=0 CN = mail.example.com
verify error:num=20:unable to get local issuer certificate
CONNECTED(00000003)
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Verify return code: 20 (unable to get local issuer certificate)`

const PYTHON = String.raw`connect: to ('mail.example.com', 25) None
reply: b'220 mail.example.com ESMTP\r\n'
send: 'ehlo web01\r\n'
reply: b'250-mail.example.com\r\n'
reply: b'250 SIZE 1000\r\n'
send: 'QUIT\r\n'
reply: b'221 Bye\r\n'`

function statesOf(text: string, test: Parameters<typeof readThere>[1] = TEST) {
  return Object.fromEntries(readThere(text, test).stations.map(({ id, state }) => [id, state]))
}

describe('the output of a tool is read back', () => {
  test('swaks: everything up to a refused password', () => {
    expect(statesOf(SWAKS)).toEqual({
      resolve: 'done',
      connect: 'done',
      encrypt: 'done',
      'sign-in': 'failed',
      deliver: 'unknown',
    })
    expect(readThere(SWAKS, TEST).explained.class).toBe('auth-bad-credentials')
  })

  test('curl: nothing listens', () => {
    expect(statesOf(CURL_REFUSED)).toMatchObject({ connect: 'failed', encrypt: 'unknown' })
    expect(readThere(CURL_REFUSED, TEST).explained.class).toBe('connect-refused')
  })

  test('openssl: an issuer that is not known there', () => {
    expect(statesOf(OPENSSL_UNTRUSTED)).toMatchObject({ connect: 'done', encrypt: 'failed' })
    expect(readThere(OPENSSL_UNTRUSTED, TEST).explained.class).toBe('tls-cert-unknown-issuer')
  })

  test('Python: everything works, and no reason is made up', () => {
    const read = readThere(PYTHON, { ...TEST, port: 25, security: 'none' })
    expect(read.explained.class).toBe('unknown')
    expect(statesOf(PYTHON, { ...TEST, security: 'none' })).toMatchObject({ connect: 'done' })
    expect(read.recognised).toBe(true)
  })

  test('bash, which prints only what the server says', () => {
    expect(statesOf('220 mail.example.com ESMTP\n250-mail.example.com\n250 HELP\n221 Bye')).toMatchObject({
      connect: 'done',
    })
    expect(
      statesOf('bash: connect: Connection refused\nbash: /dev/tcp/mail.example.com/587: Connection refused'),
    ).toMatchObject({
      connect: 'failed',
    })
  })

  test('a tool that is missing there says nothing about the server', () => {
    expect(readThere('*** TLS not available: requires Net::SSLeay.  Exiting', TEST)).toMatchObject({
      stations: [],
      explained: { class: 'unknown' },
      toolProblem: 'TLS not available: requires Net::SSLeay.  Exiting',
    })
  })

  test('a text without any session or error is not recognised', () => {
    expect(readThere('Hello, here is my holiday picture.', TEST).recognised).toBe(false)
  })

  test('the password in a pasted session reaches nothing that comes out', () => {
    const out = JSON.stringify(readThere(SWAKS, TEST))
    expect(out).not.toContain('AGFubgBzM2NyZXQxMjM0NTY')
    expect(out).not.toContain('s3cret')
  })
})
