import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../support/diagnose.ts'
import { answer } from '../../../support/played-server.ts'
import { EHLO, flood } from './parts.ts'
import { runAgainst } from './run-against.ts'

/*
 * One test for each thing that a server can do to a client. Every one must end before its deadline, with an exact
 * observation, and with bounded memory.
 */

describe('greetings', () => {
  test.each([
    ['http', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['http', '<html><body>no</body></html>\r\n'],
    ['ssh', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['imap', '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n'],
    ['pop3', '+OK POP3 ready\r\n'],
    ['ftp', '220 (vsFTPd 3.0.5)\r\n'],
    ['ftp', '220-Welcome\r\n220 ProFTPD Server ready\r\n'],
    ['tls', Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0a])],
    ['unknown', 'hello there\r\n'],
    ['unknown', '350 what\r\n'],
    ['unknown', '\0\x01\x02\r\n'],
    ['unknown', '999 out of range\r\n'],
    ['unknown', '2 too short\r\n'],
  ])('a server of another kind: %s', async (looksLike, octets) => {
    const ran = await runAgainst(connection => connection.raw(octets))
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp', looksLike } })
  })

  test('a banner without a line end, from a server that closes', async () => {
    const ran = await runAgainst(connection => {
      connection.raw('SSH-2.0-x')
      connection.close()
    })
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp', looksLike: 'ssh' } })
  })

  test('421 and 554 greetings are rejections with their words', async () => {
    const ran = await runAgainst(connection => connection.say('554-5.7.1 go away', '554 5.7.1 really'))
    expect(evidenceOf(ran, 'connect')).toMatchObject({
      greeting: { kind: 'rejected', reply: { code: 554, enhanced: '5.7.1', text: ['5.7.1 go away', '5.7.1 really'] } },
    })
  })

  test('closing before the greeting, and resetting', async () => {
    const closed = await runAgainst(connection => connection.close())
    expect(evidenceOf(closed, 'connect')).toMatchObject({ greeting: { kind: 'closed', reset: false } })
    const reset = await runAgainst(connection => connection.reset())
    // It may come before the system has told us of the connection, or behind that.
    expect(JSON.stringify(evidenceOf(reset, 'connect'))).toMatch(
      /"outcome":"reset"|"kind":"closed","ms":[\d.]+,"reset":true/,
    )
  })

  test('64 KiB without a line end', async () => {
    const ran = await runAgainst(connection => connection.raw(Buffer.alloc(65_536, 'A')))
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp' } })
  })

  test('an endless line does not fill the memory', async () => {
    const before = process.memoryUsage().rss
    await runAgainst(connection => flood(connection, Buffer.alloc(65_536, 'A')))
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('a drip feed of a byte at a time ends with the deadline', async () => {
    const ran = await runAgainst(
      async connection => {
        for (const character of '220 a very slow greeting that never ends') {
          if (connection.socket.destroyed) return
          connection.raw(character)
          await new Promise(resolve => setTimeout(resolve, 50))
        }
      },
      {},
      500,
    )
    // It is SMTP as far as it goes, and only too slow.
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'silent' } })
    expect(ran.transcript).toContain('an unfinished line: 220 a ')
  })

  test('escape sequences aimed at the terminal are made visible', async () => {
    const ran = await runAgainst(async connection => {
      connection.say('220 \x1b]0;owned\x07\x1b[2J\u009b31m mail')
      await answer(connection, { EHLO, '*': ['250 ok'] })
    })
    expect(JSON.stringify(ran.events)).not.toMatch(/\\u001b|\u009b|\\u0007/)
    expect(ran.transcript).toContain('\\x1b]0;owned\\x07\\x1b[2J\\x9b31m mail')
  })
})
