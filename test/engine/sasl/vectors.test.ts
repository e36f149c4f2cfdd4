import { describe, expect, test } from 'vitest'
import { digestMd5Exchange } from '#engine/sasl/digest-md5.ts'
import { md4 } from '#engine/sasl/md4.ts'
import type { Exchange } from '#engine/sasl/mechanism.ts'
import { lmResponse, ntlmExchange, ntowfV2, ntResponse } from '#engine/sasl/ntlm.ts'
import { scramExchange } from '#engine/sasl/scram.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import {
  cramMd5Exchange,
  externalExchange,
  loginExchange,
  oauthBearerExchange,
  plainExchange,
  xoauth2Exchange,
} from '#engine/sasl/simple.ts'

/* The exchanges that the mechanisms' own documents print. */

const at = (user: string, host = 'server.example.com', port = 143) => ({ user, host, port })

/** The answer to a challenge, as text; the fault's kind in brackets. */
function reply(exchange: Exchange, challenge: string): string {
  const response = exchange.respond(Buffer.from(challenge))
  return response.ok ? response.value.toString() : `[${response.error.kind}]`
}

test('PLAIN: RFC 4616 section 4', () => {
  const exchange = plainExchange(at('tim'), sealSecret('tanstaaftanstaaf'))
  expect(exchange.initial?.toString()).toBe('\0tim\0tanstaaftanstaaf')
  expect(reply(exchange, 'more?')).toBe('[unexpected]')
})

test('LOGIN: the user, then the password, whatever the questions say', () => {
  const exchange = loginExchange(at('ada'), sealSecret('bätter'))
  expect(exchange.initial).toBeNull()
  expect([reply(exchange, 'Username:'), reply(exchange, 'Password:'), reply(exchange, 'PIN:')]).toEqual([
    'ada',
    'bätter',
    '[unexpected]',
  ])
})

test('CRAM-MD5: RFC 2195 section 2', () => {
  const exchange = cramMd5Exchange(at('tim'), sealSecret('tanstaaftanstaaf'))
  expect(reply(exchange, '<1896.697170952@postoffice.reston.mci.net>')).toBe('tim b913a602c7eda7a495b4e6e7334d3890')
})

test('EXTERNAL: RFC 4422 appendix A', () => {
  expect(externalExchange({ user: '' }).initial).toEqual(Buffer.alloc(0))
  expect(externalExchange({ user: 'fred@example.com' }).initial?.toString()).toBe('fred@example.com')
})

test('XOAUTH2: the example of its documentation, and the empty answer to a refusal', () => {
  const token = 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg'
  const exchange = xoauth2Exchange(at('someuser@example.com'), sealSecret(token))
  expect(exchange.initial?.toString()).toBe(`user=someuser@example.com\x01auth=Bearer ${token}\x01\x01`)
  expect(reply(exchange, '{"status":"401"}')).toBe('')
  expect(exchange.complete()).toBe(false)
})

test('OAUTHBEARER: RFC 7628 section 4.1', () => {
  const token = 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=='
  const exchange = oauthBearerExchange(at('user@example.com'), sealSecret(token))
  expect(exchange.initial?.toString('base64')).toBe(
    'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
  )
  expect(reply(exchange, '{}')).toBe('\x01')
})

describe('SCRAM', () => {
  const sha1 = () =>
    scramExchange('sha1', at('user'), sealSecret('pencil'), { kind: 'none' }, 'fyko+d2lbbFgONRv9qkxdawL')
  const SHA1_FIRST = 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096'

  test('SCRAM-SHA-1: RFC 5802 section 5', () => {
    const exchange = sha1()
    expect(exchange.initial?.toString()).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL')
    expect(reply(exchange, SHA1_FIRST)).toBe(
      'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    )
    expect(exchange.complete()).toBe(false)
    expect(reply(exchange, 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBe('')
    expect(exchange.complete()).toBe(true)
  })

  test('SCRAM-SHA-256: RFC 7677 section 3', () => {
    const exchange = scramExchange('sha256', at('user'), sealSecret('pencil'), { kind: 'none' }, 'rOprNGfwEbeRWgbNEkqO')
    expect(
      reply(exchange, 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'),
    ).toBe('c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=')
    expect(reply(exchange, 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe('')
    expect(exchange.complete()).toBe(true)
  })

  test('a server that does not know the password is found out by its signature', () => {
    const exchange = sha1()
    reply(exchange, SHA1_FIRST)
    expect(reply(exchange, 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=')).toBe('[server-not-proved]')
    expect(exchange.complete()).toBe(false)
  })

  test('a nonce that does not begin with ours is a replay', () => {
    expect(reply(sha1(), 'r=somebody-elses,s=QSXCR+Q6sek8bf92,i=4096')).toBe('[server-not-proved]')
    expect(reply(sha1(), 'r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096')).toBe('[server-not-proved]')
  })

  test('an error in place of a signature is told', () => {
    const exchange = sha1()
    reply(exchange, SHA1_FIRST)
    expect(exchange.respond(Buffer.from('e=invalid-proof'))).toMatchObject({ error: { detail: 'invalid-proof' } })
  })

  test.each(['', 'r=x', 'r=fyko+d2lbbFgONRv9qkxdawLx,s=!,i=1', 'r=fyko+d2lbbFgONRv9qkxdawLx,s=QQ==,i=0'])(
    'not a challenge: %j',
    text => expect(reply(sha1(), text)).toMatch(/^\[/),
  )

  test('with channel binding the header and the data go into the proof (RFC 5802 section 7)', () => {
    const data = Buffer.from('the connection')
    const exchange = scramExchange(
      'sha256',
      at('user'),
      sealSecret('pencil'),
      { kind: 'used', binding: { type: 'tls-exporter', data } },
      'abc',
    )
    expect(exchange.name).toBe('SCRAM-SHA-256-PLUS')
    expect(exchange.initial?.toString()).toBe('p=tls-exporter,,n=user,r=abc')
    const final = reply(exchange, 'r=abcdef,s=QSXCR+Q6sek8bf92,i=4096')
    expect(Buffer.from(/^c=([^,]+)/.exec(final)?.[1] ?? '', 'base64').toString()).toBe('p=tls-exporter,,the connection')
  })

  test('a client that could bind and was not offered it says so', () => {
    const exchange = scramExchange('sha1', at('user'), sealSecret('x'), { kind: 'unseen' }, 'abc')
    expect(exchange.initial?.toString()).toBe('y,,n=user,r=abc')
  })

  test('a user name with = and , is escaped, and both texts are prepared (RFC 4013)', () => {
    const exchange = scramExchange('sha1', at('a=b,c\u00ad\u2168'), sealSecret('x'), { kind: 'none' }, 'abc')
    expect(exchange.initial?.toString()).toBe('n,,n=a=3Db=2CcIX,r=abc')
  })
})

describe('DIGEST-MD5: RFC 2831 section 4', () => {
  const CHALLENGE = (nonce: string) =>
    `realm="elwood.innosoft.com",nonce="${nonce}",qop="auth",algorithm=md5-sess,charset=utf-8`
  const who = { user: 'chris', host: 'elwood.innosoft.com', port: 0 }

  test.each([
    [
      'imap',
      'OA6MG9tEQGm2hh',
      'OA6MHXh6VqTrRk',
      'd388dad90d4bbd760a152321f2143af7',
      'ea40f60335c427b5527b84dbabcdfffd',
    ],
    [
      'acap',
      'OA9BSXrbuRhWay',
      'OA9BSuZWMSpW8m',
      '6084c6db3fede7352c551284490fd0fc',
      '2f0b3d7c3c2e486600ef710726aa2eae',
    ],
  ])('%s', (service, nonce, cnonce, response, rspauth) => {
    const exchange = digestMd5Exchange(who, sealSecret('secret'), service, cnonce)
    const answer = reply(exchange, CHALLENGE(nonce))
    expect(answer).toContain(`response=${response}`)
    expect(answer).toContain(`digest-uri="${service}/elwood.innosoft.com"`)
    expect(exchange.complete()).toBe(false)
    expect(reply(exchange, `rspauth=${rspauth}`)).toBe('')
    expect(exchange.complete()).toBe(true)
  })

  test('a wrong rspauth means that the server does not know the password', () => {
    const exchange = digestMd5Exchange(who, sealSecret('secret'), 'imap', 'OA6MHXh6VqTrRk')
    reply(exchange, CHALLENGE('OA6MG9tEQGm2hh'))
    expect(reply(exchange, 'rspauth=00000000000000000000000000000000')).toBe('[server-not-proved]')
  })

  test.each(['', 'realm="x"', 'nonce="x",algorithm=sha-256', 'nonce="x",algorithm=md5-sess,qop="auth-conf"'])(
    'not a challenge that we answer: %j',
    text => expect(reply(digestMd5Exchange(who, sealSecret('s')), text)).toBe('[unexpected]'),
  )
})

describe('NTLM version 2', () => {
  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('MD4 of %j: RFC 1320 appendix A.5', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest)
  })

  test('the keys and responses of [MS-NLMP] section 4.2.4', () => {
    const key = ntowfV2('Password', 'User', 'Domain')
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f')
    const serverChallenge = Buffer.from('0123456789abcdef', 'hex')
    const clientChallenge = Buffer.from('aaaaaaaaaaaaaaaa', 'hex')
    const targetInfo = Buffer.from('02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000', 'hex')
    expect(lmResponse(key, serverChallenge, clientChallenge).toString('hex')).toBe(
      '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa',
    )
    const nt = ntResponse(key, { serverChallenge, targetInfo }, Buffer.alloc(8), clientChallenge)
    expect(nt.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c')
  })

  test('a challenge that lies about its lengths is refused, not read beyond', () => {
    const challenge = Buffer.alloc(48)
    challenge.write('NTLMSSP\0', 'latin1')
    challenge.writeUInt32LE(2, 8)
    challenge.writeUInt16LE(0xffff, 40)
    challenge.writeUInt32LE(0xffffffff, 44)
    const exchange = () => ntlmExchange({ user: 'u', domain: '', workstation: '' }, sealSecret('p'))
    expect(exchange().respond(challenge)).toMatchObject({ ok: false })
    for (let length = 0; length < 48; length++) exchange().respond(challenge.subarray(0, length))
  })
})
