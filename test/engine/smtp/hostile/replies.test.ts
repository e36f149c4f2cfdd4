import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../support/diagnose.ts'
import { answer, type PlayedConnection } from '../../../support/played-server.ts'
import { flood, GREETING } from './parts.ts'
import { runAgainst } from './run-against.ts'

describe('replies', () => {
  const afterGreeting =
    (reply: (connection: PlayedConnection) => Promise<void> | void) => async (connection: PlayedConnection) => {
      connection.say(GREETING)
      await connection.line()
      await reply(connection)
    }

  test('an EHLO of thousands of lines', async () => {
    const ran = await runAgainst(
      afterGreeting(connection => flood(connection, Buffer.from('250-X-SPAM\r\n'.repeat(1000)))),
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'no-reply',
      command: 'EHLO',
      fault: { cause: 'too-long' },
    })
  })

  test('a reply line of 64 KiB', async () => {
    const ran = await runAgainst(afterGreeting(connection => connection.raw(`250-${'x'.repeat(65_536)}\r\n`)))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ fault: { cause: 'too-long' } })
  })

  test('mixed codes in one reply', async () => {
    const ran = await runAgainst(afterGreeting(connection => connection.say('250-mail.lab.test', '550 no')))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ fault: { cause: 'malformed', detail: '550 no' } })
  })

  test('NUL and control bytes in a reply are shown, not passed on', async () => {
    const ran = await runAgainst(afterGreeting(connection => connection.raw('550 a\0b\x07c\rd\r\n550 again\r\n')))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'ehlo-refused', reply: { text: ['again'] } })
    expect(ran.transcript).toContain('550 a\\x00b\\x07c\\x0dd')
  })

  test('bare LF as the line end is understood', async () => {
    const ran = await runAgainst(async connection => {
      connection.raw('220 mail.lab.test\n')
      await connection.line()
      connection.raw('250-mail.lab.test\n250 SIZE 5\n')
      await answer(connection, { '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', capabilities: { size: 5 } })
  })

  test('bare CR as the line end is never taken for one', async () => {
    const ran = await runAgainst(
      afterGreeting(connection => connection.raw('250-a\r250 b\r')),
      {},
      500,
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'no-reply', fault: { cause: 'timed-out' } })
  })

  test('replies split at every byte', async () => {
    const ran = await runAgainst(async connection => {
      const drip = async (text: string) => {
        for (const character of text) {
          connection.raw(character)
          await new Promise(resolve => setImmediate(resolve))
        }
      }
      await drip('220-mail\r\n220 lab\r\n')
      await connection.line()
      await drip('250-mail.lab.test\r\n250 SIZE 77\r\n')
      await answer(connection, { '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', capabilities: { size: 77 } })
    expect(ran.states.deliver).toBe('done')
  })

  test('several replies in one packet are taken in order', async () => {
    const ran = await runAgainst(async connection => {
      connection.raw('220 mail\r\n250-mail.lab.test\r\n250 PIPELINING\r\n')
      await connection.line()
      await connection.line()
      connection.raw('250 sender\r\n550 recipient\r\n250 reset\r\n')
      await connection.gone()
    })
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'rcpt-refused', recipients: [{ reply: { code: 550 } }] })
  })

  test('HELO is tried where EHLO is unknown', async () => {
    const ran = await runAgainst(async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['502 what'], HELO: ['250 hello'], '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', heloOnly: true, capabilities: { lines: [] } })
  })

  test('a server that refuses EHLO and HELO', async () => {
    const ran = await runAgainst(async connection => {
      connection.say(GREETING)
      await answer(connection, { '*': ['502 never'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'ehlo-refused', reply: { code: 502 }, encrypted: false })
  })
})
