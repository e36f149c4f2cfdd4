import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../support/diagnose.ts'
import { answer, type PlayedConnection } from '../../../support/played-server.ts'
import { EHLO, GREETING, identity } from './parts.ts'
import { runAgainst } from './run-against.ts'

describe('TLS from the start', () => {
  test.each([
    ['a greeting in plain text', (connection: PlayedConnection) => connection.say(GREETING), 'plaintext-answer'],
    ['closing at once', (connection: PlayedConnection) => connection.close(), 'closed'],
    [
      'a greeting in plain text, and closing',
      (connection: PlayedConnection) => {
        connection.say(GREETING)
        connection.close()
      },
      'plaintext-answer',
    ],
  ])('%s is seen at once, also when it comes before the handshake begins', async (_, part, kind) => {
    const startedAt = performance.now()
    const ran = await runAgainst(part, { security: 'tls' })
    expect(performance.now() - startedAt).toBeLessThan(1500)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', mode: 'tls', fault: { kind } })
  })
})

describe('STARTTLS', () => {
  const upTo = async (connection: PlayedConnection, ehlo: readonly string[] = EHLO) => {
    connection.say(GREETING)
    await connection.line()
    connection.say(...ehlo)
    await connection.line()
  }

  test('plaintext injected behind the STARTTLS reply is thrown away and counted', async () => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.raw('220 go ahead\r\n250-injected\r\n250 AUTH PLAIN LOGIN X-EVIL\r\n')
        await connection.encrypt(identity)
        await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], '*': ['250 ok'] })
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'encrypted',
      injectedOctets: '250-injected\r\n250 AUTH PLAIN LOGIN X-EVIL\r\n'.length,
      after: { auth: ['PLAIN'] },
    })
  })

  test('STARTTLS stripped on the way', async () => {
    const ran = await runAgainst(connection => upTo(connection, ['250-mail.lab.test', '250 AUTH PLAIN']), {
      security: 'starttls',
      user: 'ada',
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-not-offered', mangled: false })
    expect(ran.states['sign-in']).toBe('skipped')
  })

  test.each([['250-XXXXXXXA'], ['250-********'], ['250-Requested mail action okay, completed']])(
    'STARTTLS mangled by a middlebox: %s',
    async line => {
      const ran = await runAgainst(connection => upTo(connection, ['250-mail.lab.test', line, '250 AUTH PLAIN']), {
        security: 'starttls',
      })
      expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-not-offered', mangled: true })
    },
  )

  test('454 to STARTTLS', async () => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.say('454 4.7.0 TLS not available')
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-refused', reply: { code: 454 } })
  })

  test('plain text in place of a handshake', async () => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        connection.socket.once('data', () => connection.say('500 what is this'))
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: 'plaintext-answer' } })
  })

  test.each(['closed', 'reset'] as const)('a connection that is %s in the handshake', async how => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        connection.socket.once('data', () => (how === 'closed' ? connection.close() : connection.reset()))
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: how } })
  })

  test('a handshake that never goes on ends with the deadline', async () => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
      },
      { security: 'starttls' },
      500,
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: 'timed-out' } })
  })

  test('capabilities that change after TLS: the second list counts', async () => {
    const ran = await runAgainst(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        await connection.encrypt(identity)
        await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'] })
      },
      { security: 'starttls', user: 'ada' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ before: { auth: ['PLAIN'] }, after: { auth: [] } })
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'not-offered', encrypted: true })
  })
})
