import { describe, expect, test } from 'vitest'
import { Problem } from '#shared/problem.ts'
import { MOST_CONSOLE_LINES } from '#engine/smtp/console-record.ts'
import { answer, type PlayedConnection } from '../../support/played-server.ts'
import { ANSWERS, visit } from './console-support.ts'

const greet = async (connection: PlayedConnection) => {
  connection.say('220 mail.lab.test ESMTP')
  await answer(connection, ANSWERS)
}

describe('a session by hand', () => {
  test('the lines of a reply stand one by one, and the last carries the whole reply and its command', async () => {
    const hand = await visit(greet)
    expect(await hand.answer()).toMatchObject({ verb: null, reply: { code: 220 }, tookMs: null })
    await hand.session.send('EHLO client.example')
    const offered = await hand.answer()
    expect(offered).toMatchObject({ verb: 'EHLO', reply: { code: 250, text: { length: 4 } } })
    expect(offered.tookMs).toBeGreaterThanOrEqual(0)
    expect(hand.lines.map(line => line.answer?.reply?.text.length ?? null)).toEqual([
      null,
      1,
      null,
      null,
      null,
      null,
      4,
    ])
    expect(hand.session.state.offers).toContain('STARTTLS')
  })

  test('replies to commands that were sent together are told apart in order', async () => {
    const hand = await visit(greet)
    await hand.answer()
    await Promise.all([hand.session.send('NOOP'), hand.session.send('QUIT')])
    expect(hand.session.state.waiting).toBe(2)
    expect(await hand.answer()).toMatchObject({ verb: 'NOOP', reply: { code: 250, enhanced: '2.0.0' } })
    expect(await hand.answer()).toMatchObject({ verb: 'QUIT', reply: { code: 221 } })
    expect(await hand.ended).toMatchObject({ because: 'closed-by-server' })
  })

  test('421 that nobody asked for is shown as that, and the session ends with the connection', async () => {
    const hand = await visit(connection => {
      connection.say('220 ready', '421 4.4.2 idle for too long')
      connection.close()
    })
    await hand.answer()
    expect(await hand.answer()).toMatchObject({ verb: null, reply: { code: 421, enhanced: '4.4.2' } })
    expect(await hand.ended).toMatchObject({ because: 'closed-by-server' })
    await expect(hand.session.send('NOOP')).rejects.toThrow('has ended')
  })

  test('a line end in a typed line would be a second command, and is refused', async () => {
    const hand = await visit(greet)
    await expect(hand.session.send('NOOP\r\nDATA')).rejects.toThrow(Problem)
    expect(hand.server.connections[0]?.received).toBe('')
  })

  test('nothing done for too long ends the session', async () => {
    const hand = await visit(connection => connection.say('220 ready'), { idleMs: 1 })
    expect(await hand.ended).toMatchObject({ because: 'idle' })
  })
})

describe('safe mode', () => {
  test.each(['DATA', ' data', 'BDAT 5 LAST', 'Burl x', 'ETRN example.org', 'SOML FROM:<a@b>'])(
    'refuses %s',
    async line => {
      const hand = await visit(greet)
      await hand.answer()
      await expect(hand.session.send(line)).rejects.toThrow('Safe mode is on')
      await hand.session.send('NOOP')
      await hand.answer()
      expect(hand.server.connections[0]?.received).toBe('NOOP\r\n')
    },
  )

  test('switched off, DATA takes lines until a single dot, and only that is answered', async () => {
    const hand = await visit(async connection => {
      connection.say('220 ready')
      await answer(connection, { DATA: ['354 go on'] }, ['DATA'])
      while ((await connection.line()) !== '.');
      connection.say('250 2.0.0 queued')
    })
    await hand.answer()
    hand.session.setSafe(false)
    await hand.session.send('DATA')
    await hand.answer()
    expect(hand.session.state.mode).toBe('message')
    await hand.session.send('Subject: hello')
    await hand.session.send('DATA')
    expect(hand.session.state.waiting).toBe(0)
    await hand.session.send('.')
    expect(await hand.answer()).toMatchObject({ verb: '.', reply: { code: 250 } })
    expect(hand.session.state.mode).toBe('commands')
  })

  test('switched on again in the middle of a message, it lets nothing more of it out', async () => {
    const hand = await visit(async connection => {
      connection.say('220 ready')
      await answer(connection, { DATA: ['354 go on'] })
    })
    await hand.answer()
    hand.session.setSafe(false)
    await hand.session.send('DATA')
    await hand.answer()
    hand.session.setSafe(true)
    await expect(hand.session.send('.')).rejects.toThrow('Safe mode is on')
  })
})

describe('a server that speaks no SMTP, or too much', () => {
  test('lines of another protocol are shown as they are', async () => {
    const hand = await visit(async connection => {
      connection.say('* OK IMAP4rev1 ready')
      const line = await connection.line()
      connection.say(`* got ${line ?? ''}`, 'a OK done')
    })
    expect(await hand.answer()).toMatchObject({ reply: null, verb: null })
    await hand.session.send('a NOOP')
    await hand.answer()
    await hand.answer()
    expect(hand.said().slice(1)).toEqual(['S: * OK IMAP4rev1 ready', 'C: a NOOP', 'S: * got a NOOP', 'S: a OK done'])
    expect(hand.session.state.waiting).toBe(0)
  })

  test('a line without its end is shown as begun', async () => {
    const hand = await visit(connection => connection.raw('login: '))
    await expect.poll(() => hand.said().at(-1)).toBe('-- an unfinished line: login: ')
  })

  test('escape sequences are made visible', async () => {
    const hand = await visit(connection => connection.raw(Buffer.from('220 \x1b]0;owned\x07 \x9b31m\r\n', 'latin1')))
    await hand.answer()
    expect(hand.said().at(-1)).toBe('S: 220 \\x1b]0;owned\\x07 \\x9b31m')
  })

  test('64 KiB without a line end are cut, and the session goes on behind them', async () => {
    const hand = await visit(connection => connection.raw(`220 ${'x'.repeat(64 * 1024)}\r\n250 behind it\r\n`))
    await expect.poll(() => hand.said().at(-1)).toBe('S: 250 behind it')
    expect(Math.max(...hand.lines.map(({ text }) => text.length))).toBeLessThan(1100)
  })

  test('output without end ends the session at its limit', async () => {
    const hand = await visit(async connection => {
      for (;;) {
        if (!connection.socket.writable) return
        const taken = connection.socket.write('250-and so on and so on and so on\r\n'.repeat(500))
        if (!taken)
          await Promise.race([new Promise(resolve => connection.socket.once('drain', resolve)), connection.gone()])
      }
    })
    expect(await hand.ended).toMatchObject({ because: 'too-much' })
    expect(hand.lines.length).toBeLessThanOrEqual(MOST_CONSOLE_LINES)
  })
})
