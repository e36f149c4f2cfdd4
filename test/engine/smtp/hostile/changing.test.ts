import { describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { evidenceOf, runDiagnosis } from '../../../support/diagnose.ts'
import { answer, playServer, type PlayedConnection } from '../../../support/played-server.ts'
import { drip, EHLO, GREETING, identity, PASSWORD } from './parts.ts'
import { runAgainst } from './run-against.ts'

describe('a server that is not the same twice', () => {
  test('a certificate that changes between connections is judged anew: the second gets no password', async () => {
    const authority = await createAuthority()
    const stranger = await createAuthority()
    const shown = [await authority.issue(), await stranger.issue()]
    const server = await playServer(async connection => {
      const next = shown.shift()
      if (next === undefined) return
      await connection.encrypt(next).catch(() => {})
      connection.say(GREETING)
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], AUTH: ['235 in'], '*': ['250 ok'] })
    })
    try {
      const run = () =>
        runDiagnosis(
          { port: server.port, security: 'tls', user: 'ada', auth: 'plain' },
          { password: PASSWORD },
          { deadline: new Deadline(3000), extraCa: authority.pem },
        )
      expect(evidenceOf(await run(), 'sign-in')).toMatchObject({ kind: 'accepted' })
      const second = await run()
      expect(evidenceOf(second, 'encrypt')).toMatchObject({ kind: 'untrusted', tls: { trusted: false } })
      expect(second.states['sign-in']).toBe('skipped')
      expect(server.connections[1]?.received).not.toContain('AUTH')
    } finally {
      await server.stop()
    }
  })

  test('AUTH PLAIN before TLS and only SCRAM behind it: what was offered in the clear does not count', async () => {
    const ran = await runAgainst(
      async connection => {
        connection.say(GREETING)
        await answer(connection, { EHLO, STARTTLS: ['220 go'] }, ['STARTTLS'])
        await connection.encrypt(identity)
        await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH SCRAM-SHA-256'], '*': ['535 no'] })
      },
      { security: 'starttls', user: 'ada', auth: 'plain' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'no-shared-mechanism', offered: ['SCRAM-SHA-256'] })
  })
})

describe('a server that takes its time', () => {
  const BUDGET_MS = 1500

  test.each<[string, string, (connection: PlayedConnection) => Promise<void>]>([
    ['greeting', 'connect', drip('220 mail.lab.test ESMTP and a long name\r\n')],
    [
      'EHLO reply',
      'encrypt',
      async connection => {
        connection.say(GREETING)
        await connection.line()
        await drip('250-mail.lab.test\r\n250 AUTH PLAIN\r\n')(connection)
      },
    ],
    [
      'TLS handshake',
      'encrypt',
      async connection => {
        connection.say(GREETING)
        await answer(connection, { EHLO, STARTTLS: ['220 go'] }, ['STARTTLS'])
        await drip('\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03')(connection)
      },
    ],
  ])('a drip feed of a byte a second: %s', async (_, id, part) => {
    const startedAt = performance.now()
    const ran = await runAgainst(part, { security: id === 'encrypt' ? 'starttls' : 'none' }, BUDGET_MS)
    expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS + 500)
    expect(ran.steps.find(step => step.id === id)?.state).toMatch(/^(?:failed|cancelled)$/)
  })

  test('a half-close: a server that says no more and goes on listening is not waited for', async () => {
    const startedAt = performance.now()
    const ran = await runAgainst(async connection => {
      connection.say(GREETING)
      connection.close()
      await connection.gone()
    })
    expect(performance.now() - startedAt).toBeLessThan(1000)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'no-reply', fault: { cause: 'closed' } })
  })
})

describe('replies that cannot be', () => {
  test.each(['199', '600', '999', '000', '25', '2500', '-50'])('the code %s in the middle of a session', async code => {
    const ran = await runAgainst(async connection => {
      connection.say(GREETING)
      await connection.line()
      connection.say(`${code} what`)
      await connection.gone()
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'no-reply', fault: { cause: 'malformed' } })
  })

  test('421 as the answer to STARTTLS', async () => {
    const ran = await runAgainst(
      async connection => {
        connection.say(GREETING)
        await answer(connection, { EHLO, STARTTLS: ['421 4.3.2 closing'] }, ['STARTTLS'])
        connection.close()
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-refused', reply: { code: 421 } })
  })

  test('a chain of hundreds of certificates ends the handshake or is cut, and fills no memory', async () => {
    const { key, cert } = identity
    const ran = await runAgainst(
      async connection => {
        await connection.encrypt({ ...identity, key, cert: cert.repeat(300) }).catch(() => {})
        connection.say(GREETING)
        await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'] })
      },
      { security: 'tls' },
    )
    const seen = evidenceOf(ran, 'encrypt')
    expect(JSON.stringify(seen).length).toBeLessThan(20_000)
    expect(seen).toMatchObject({ kind: expect.stringMatching(/^(?:handshake-failed|encrypted|untrusted)$/) })
  })

  test('a SCRAM server that asks for more rounds than anybody needs costs no time', async () => {
    const ran = await runAgainst(
      async connection => {
        connection.say(GREETING)
        await connection.line()
        connection.say('250-mail.lab.test', '250 AUTH SCRAM-SHA-256')
        await connection.line()
        const first = Buffer.from(/([A-Za-z0-9+/=]+)\r\n$/.exec(connection.received)?.[1] ?? '', 'base64').toString()
        const nonce = /r=([^,]+)/.exec(first)?.[1] ?? ''
        connection.say(`334 ${Buffer.from(`r=${nonce}x,s=c2FsdA==,i=10000000`).toString('base64')}`)
        await connection.line()
        connection.say('501 cancelled')
      },
      { user: 'ada', auth: 'scram-sha-256' },
      1000,
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 501 } })
  })
})
