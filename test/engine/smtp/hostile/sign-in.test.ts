import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../support/diagnose.ts'
import { answer, type PlayedConnection } from '../../../support/played-server.ts'
import { GREETING } from './parts.ts'
import { runAgainst } from './run-against.ts'

describe('AUTH', () => {
  const settings = { user: 'ada', auth: 'plain', allowPlaintextSignIn: true } as const
  const ask =
    (challenges: (connection: PlayedConnection) => Promise<void> | void) => async (connection: PlayedConnection) => {
      connection.say(GREETING)
      await connection.line()
      connection.say('250-mail.lab.test', '250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256')
      await connection.line()
      await challenges(connection)
    }

  test('a server that never stops asking', async () => {
    const ran = await runAgainst(
      ask(async connection => {
        connection.say('334 VXNlcm5hbWU6')
        for (let line = await connection.line(); line !== null && line !== '*'; line = await connection.line())
          connection.say('334 ')
        connection.say('501 cancelled')
        await connection.gone()
      }),
      { ...settings, auth: 'login' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 501 } })
  })

  test('a challenge that is no base64 and no SCRAM is cancelled', async () => {
    const ran = await runAgainst(
      ask(async connection => {
        connection.say('334 ~~~~')
        expect(await connection.line()).toBe('*')
        connection.say('501 cancelled')
      }),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 501 } })
  })

  test('a SCRAM server that asks for a billion rounds is not obeyed', async () => {
    const ran = await runAgainst(
      ask(async connection => {
        const first = Buffer.from(/([A-Za-z0-9+/=]+)\r\n$/.exec(connection.received)?.[1] ?? '', 'base64').toString()
        const nonce = /r=([^,]+)/.exec(first)?.[1] ?? ''
        connection.say(`334 ${Buffer.from(`r=${nonce}x,s=c2FsdA==,i=999999999`).toString('base64')}`)
        await connection.line()
        connection.say('501 cancelled')
      }),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(ran.states['sign-in']).toBe('failed')
  })

  test('235 without the proof of a SCRAM server is no success', async () => {
    const ran = await runAgainst(
      ask(connection => connection.say('235 trust me')),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(evidenceOf(ran, 'sign-in')).toEqual({ kind: 'server-not-proved', mechanism: 'SCRAM-SHA-256' })
  })

  test('a server that demands AUTH in the clear gets no password', async () => {
    const ran = await runAgainst(
      async connection => {
        connection.say(GREETING)
        await answer(connection, {
          EHLO: ['250-mail.lab.test', '250 AUTH PLAIN LOGIN'],
          MAIL: ['530 5.7.0 sign in first'],
        })
      },
      { user: 'ada' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'withheld', because: 'not-encrypted' })
    expect(ran.server.connections[0]?.received).not.toContain('AUTH')
  })
})
