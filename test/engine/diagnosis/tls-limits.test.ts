import { once } from 'node:events'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import { judge } from '#shared/finding/judge.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { accountOf, evidenceOf, runDiagnosis, type Ran } from '../../support/diagnose.ts'
import { answer, playServer, type PlayedServer, type TlsBounds } from '../../support/played-server.ts'

let authority: Authority
let ec: Identity
let rsa: Identity
let server: PlayedServer | null = null

beforeAll(async () => {
  authority = await createAuthority()
  ;[ec, rsa] = await Promise.all([authority.issue(), authority.issue({ key: 'rsa' })])
})
afterEach(async () => {
  await server?.stop()
  server = null
})

/** Only TLS 1.0 and 1.1: what OpenSSL 3 speaks at its lowest level of security alone. */
const OLD: TlsBounds = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }

async function run(bounds: TlsBounds, settings: Partial<AccountSettings>, identity = ec): Promise<Ran> {
  server = await playServer(async connection => {
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    // What the server refuses breaks its side too.
    if (
      await connection.encrypt(identity, bounds).then(
        () => true,
        () => false,
      )
    ) {
      await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'], '*': ['250 ok'] })
    }
  })
  return runDiagnosis({ port: server.port, security: 'starttls', ...settings }, {}, { extraCa: authority.pem })
}

const findingsOf = (ran: Ran, settings: Partial<AccountSettings> = {}) =>
  judge({ account: accountOf({ security: 'starttls', ...settings }), steps: ran.steps }).map(({ id }) => id)

describe('the lowest version of TLS', () => {
  test('is 1.2 unless chosen, and stands in the evidence', async () => {
    expect(evidenceOf(await run({}, {}), 'encrypt')).toMatchObject({
      kind: 'encrypted',
      tls: { protocol: 'TLSv1.3', limits: { min: '1.2', max: '1.3', ciphers: null } },
    })
  })

  test('a server below it: a second handshake proves that the limit is all that was in the way', async () => {
    const ran = await run(OLD, {})
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'handshake-failed',
      limits: { min: '1.2' },
      withoutLimits: { protocol: 'TLSv1.1', cipher: expect.stringMatching(/SHA$/) },
    })
    expect(findingsOf(ran)).toEqual(['encrypt-below-floor'])
    expect(ran.transcript).toContain('without limits, on a connection of its own, the TLS handshake works: TLSv1.1')
    // The second connection asked for TLS and said nothing behind it.
    expect(server?.connections).toHaveLength(2)
    expect(server?.connections[1]?.received).toMatch(/^EHLO [^\r\n]+\r\nSTARTTLS\r\n$/)
  })

  test.each(['1.0', '1.1'] as const)('lowered to %s the same server is spoken to', async tlsMin => {
    const ran = await run(OLD, { tlsMin })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'encrypted', tls: { protocol: 'TLSv1.1', trusted: true } })
    expect(findingsOf(ran, { tlsMin })).toContain('encrypt-old-protocol')
  })

  test('raised to 1.3, a server of 1.2 is below it', async () => {
    const ran = await run({ maxVersion: 'TLSv1.2' }, { tlsMin: '1.3' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ withoutLimits: { protocol: 'TLSv1.2' } })
    expect(findingsOf(ran, { tlsMin: '1.3' })).toEqual(['encrypt-below-floor'])
  })

  test('lowering it lets no weak certificate through, although OpenSSL then would', async () => {
    const weak = await authority.issue({ key: 'weak-rsa' })
    const ran = await run(OLD, { tlsMin: '1.0' }, weak)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'untrusted', tls: { distrust: 'weak' } })
  })

  test('msmtp’s priorities hold as far as OpenSSL can do the same', async () => {
    const below = { priorities: 'NORMAL:-VERS-ALL:+VERS-TLS1.3:%COMPAT' }
    expect(findingsOf(await run({ maxVersion: 'TLSv1.2' }, below), below)).toEqual(['encrypt-below-floor'])
    await server?.stop()
    const above = { priorities: 'NORMAL:-VERS-TLS1.3' }
    expect(findingsOf(await run({ minVersion: 'TLSv1.3' }, above), above)).toEqual(['encrypt-above-ceiling'])
  })

  test('a server that cannot do TLS at all fails without them too', async () => {
    server = await playServer(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
      await once(connection.socket, 'data')
      // A fatal alert: protocol_version (RFC 8446 section 6).
      connection.raw(Buffer.from('15030300020246', 'hex'))
      connection.close()
    })
    const ran = await runDiagnosis({ port: server.port, security: 'starttls' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', withoutLimits: null })
    expect(findingsOf(ran)).toEqual(['encrypt-protocol-too-old'])
  })
})

describe('the ciphers', () => {
  test('the list decides what is spoken, and TLS 1.3 goes on beside it', async () => {
    const ciphers = 'ECDHE-RSA-AES256-GCM-SHA384'
    const ran = await run({ maxVersion: 'TLSv1.2' }, { ciphers }, rsa)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { cipher: ciphers, limits: { ciphers } } })
    await server?.stop()
    expect(evidenceOf(await run({}, { ciphers }, rsa), 'encrypt')).toMatchObject({ tls: { protocol: 'TLSv1.3' } })
  })

  test('a list that the server shares nothing with is told as such', async () => {
    const ciphers = 'ECDHE-RSA-CHACHA20-POLY1305'
    const ran = await run({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }, { ciphers }, rsa)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'handshake-failed',
      limits: { ciphers },
      withoutLimits: { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' },
    })
    expect(findingsOf(ran, { ciphers })).toEqual(['encrypt-ciphers-excluded'])
  })

  test('suites of TLS 1.3 alone leave nothing older', async () => {
    const ciphers = 'TLS_CHACHA20_POLY1305_SHA256'
    expect(evidenceOf(await run({}, { ciphers }), 'encrypt')).toMatchObject({
      tls: { cipher: ciphers, limits: { min: '1.3', ciphers } },
    })
  })
})
