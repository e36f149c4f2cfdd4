import { afterEach, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, type Envelope } from '#engine/smtp/envelope.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'

const ENVELOPE: Envelope = {
  mailFrom: 'ada@lab.test',
  rcptTo: ['bob@lab.test'],
  sizeBytes: 100,
  body: '7bit',
  requireTls: false,
  utf8Headers: false,
  dsn: { dsnNotify: null, dsnReturn: null },
}

describe('composeEnvelope', () => {
  test('a server that offers nothing gets no parameters', () => {
    const commands = composeEnvelope(
      { ...ENVELOPE, body: '8bit', dsn: { dsnNotify: 'never', dsnReturn: 'full' } },
      NO_CAPABILITIES,
    )
    expect(commands).toEqual({
      ok: true,
      value: { mail: 'MAIL FROM:<ada@lab.test>', rcpts: ['RCPT TO:<bob@lab.test>'] },
    })
  })

  test('what is offered and needed is asked for', () => {
    const offered = { ...NO_CAPABILITIES, size: 0, eightBitMime: true, smtpUtf8: true, dsn: true }
    const envelope: Envelope = {
      ...ENVELOPE,
      rcptTo: ['büb@lab.test'],
      body: '8bit',
      dsn: { dsnNotify: 'failure,delay', dsnReturn: 'headers' as const },
    }
    expect(composeEnvelope(envelope, offered)).toEqual({
      ok: true,
      value: {
        mail: 'MAIL FROM:<ada@lab.test> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=HDRS',
        rcpts: ['RCPT TO:<büb@lab.test> NOTIFY=FAILURE,DELAY'],
      },
    })
  })

  test('BINARYMIME and REQUIRETLS stand in MAIL', () => {
    const envelope: Envelope = { ...ENVELOPE, sizeBytes: null, body: 'binary', requireTls: true }
    expect(composeEnvelope(envelope, NO_CAPABILITIES)).toMatchObject({
      value: { mail: 'MAIL FROM:<ada@lab.test> BODY=BINARYMIME REQUIRETLS' },
    })
  })

  test('a domain outside ASCII goes as A-labels and needs no SMTPUTF8', () => {
    expect(composeEnvelope({ ...ENVELOPE, rcptTo: ['bob@grüße.test'] }, NO_CAPABILITIES)).toMatchObject({
      ok: true,
      value: { rcpts: ['RCPT TO:<bob@xn--gre-6ka8l.test>'] },
    })
  })

  test.each([
    'bob@lab.test> NOTIFY=NEVER',
    'bob@lab.test>\r\nDATA',
    'bob smith@lab.test',
    'a"b@lab.test',
    '"open@lab.test',
  ])('command injection: %j is no address', address => {
    expect(() => composeEnvelope({ ...ENVELOPE, rcptTo: [address] }, NO_CAPABILITIES)).toThrow('is not a mail address')
    expect(() => composeEnvelope({ ...ENVELOPE, mailFrom: address }, NO_CAPABILITIES)).toThrow('is not a mail address')
  })

  test.each(['', 'postmaster', 'bob@lab.test', '"bob smith>"@lab.test', '"a\\"b"@lab.test', 'büb@lab.test'])(
    '%j is one',
    address => {
      const offered = { ...NO_CAPABILITIES, smtpUtf8: true }
      expect(composeEnvelope({ ...ENVELOPE, rcptTo: [address] }, offered).ok).toBe(true)
    },
  )

  test('an address that needs SMTPUTF8 where it is not offered', () => {
    expect(composeEnvelope({ ...ENVELOPE, rcptTo: ['büb@lab.test'] }, NO_CAPABILITIES)).toEqual({
      ok: false,
      error: { kind: 'needs-smtputf8', address: 'büb@lab.test' },
    })
  })

  test('a message that is larger than the server takes is not offered to it', () => {
    expect(composeEnvelope(ENVELOPE, { ...NO_CAPABILITIES, size: 99 })).toEqual({
      ok: false,
      error: { kind: 'too-large', sizeBytes: 100, limitBytes: 99 },
    })
    expect(composeEnvelope(ENVELOPE, { ...NO_CAPABILITIES, size: 100 }).ok).toBe(true)
    expect(composeEnvelope(ENVELOPE, { ...NO_CAPABILITIES, size: 0 }).ok).toBe(true)
  })
})

describe('conversations', () => {
  let server: PlayedServer | null = null
  afterEach(async () => {
    await server?.stop()
    server = null
  })
  const MESSAGE = { messageId: '<1@lab.test>', raw: Buffer.from('Subject: x\n\n.dot\nlast') }

  async function send(
    part: (connection: PlayedConnection) => Promise<void>,
    settings = {},
    to = ['bob@lab.test', 'cleo@lab.test'],
  ) {
    server = await playServer(part)
    return runDiagnosis(
      { port: server.port, security: 'none', ...settings },
      { purpose: 'send', sendTo: to, message: MESSAGE },
      { deadline: new Deadline(5000) },
    )
  }

  const answers = (more: Parameters<typeof answer>[1]) => async (connection: PlayedConnection) => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(
      connection,
      { EHLO: ['250-mail.lab.test', '250 PIPELINING'], MAIL: ['250 ok'], QUIT: ['221 bye'], ...more },
      ['DATA'],
    )
    if (!connection.received.includes('DATA\r\n')) return
    while (((await connection.line()) ?? '.') !== '.');
    connection.say('250 2.0.0 queued')
    await answer(connection, { QUIT: ['221 bye'] })
  }

  test('with PIPELINING the whole envelope goes in one packet', async () => {
    const packets: string[] = []
    const ran = await send(async connection => {
      connection.socket.on('data', (octets: Buffer) => packets.push(octets.toString()))
      await answers({ RCPT: ['250 ok'], DATA: ['354 go'] })(connection)
    })
    expect(ran.states.deliver).toBe('done')
    expect(packets[1]).toBe('MAIL FROM:<ada@lab.test>\r\nRCPT TO:<bob@lab.test>\r\nRCPT TO:<cleo@lab.test>\r\n')
    expect(server?.connections[0]?.received).toContain('DATA\r\nSubject: x\r\n\r\n..dot\r\nlast\r\n.\r\nQUIT\r\n')
  })

  test('without PIPELINING each command waits for the reply to the one before', async () => {
    const packets: string[] = []
    await send(async connection => {
      connection.socket.on('data', (octets: Buffer) => packets.push(octets.toString()))
      await answers({ EHLO: ['250 mail.lab.test'], RCPT: ['250 ok'], DATA: ['354 go'] })(connection)
    })
    expect(packets.slice(1, 4)).toEqual([
      'MAIL FROM:<ada@lab.test>\r\n',
      'RCPT TO:<bob@lab.test>\r\n',
      'RCPT TO:<cleo@lab.test>\r\n',
    ])
  })

  test('the message goes to those who were accepted, and both are told', async () => {
    const ran = await send(
      answers({ RCPT: line => [line.includes('bob') ? '550 5.1.1 no bob' : '250 ok'], DATA: ['354 go'] }),
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      messageId: '<1@lab.test>',
      recipients: [
        { address: 'bob@lab.test', reply: { code: 550 } },
        { address: 'cleo@lab.test', reply: { code: 250 } },
      ],
    })
  })

  test('when nobody is accepted there is no DATA', async () => {
    const ran = await send(answers({ RCPT: ['550 no'] }))
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'rcpt-refused' })
    expect(server?.connections[0]?.received).not.toContain('DATA')
  })

  test('DATA refused', async () => {
    const ran = await send(answers({ RCPT: ['250 ok'], DATA: ['554 5.7.1 no'] }))
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'data-refused', reply: { code: 554 } })
  })

  test('a server that refuses a large message in the middle and closes is quoted', async () => {
    server = await playServer(async connection => {
      connection.say('220 mail.lab.test ESMTP')
      await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'], DATA: ['354 go'] }, ['DATA'])
      connection.socket.once('data', () => {
        connection.say('552 5.3.4 too much')
        connection.close()
      })
    })
    const raw = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.alloc(3_000_000, 'line of text\r\n')])
    const ran = await runDiagnosis(
      { port: server.port, security: 'none' },
      { purpose: 'send', sendTo: ['bob@lab.test'], message: { messageId: '<1@lab.test>', raw } },
      { deadline: new Deadline(5000) },
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'data-refused', reply: { code: 552 } })
  })

  test('a server that stops reading in the middle of a message ends with the deadline', async () => {
    server = await playServer(async connection => {
      connection.say('220 mail.lab.test ESMTP')
      await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'], DATA: ['354 go'] }, ['DATA'])
      connection.socket.pause()
    })
    const ran = await runDiagnosis(
      { port: server.port, security: 'none' },
      {
        purpose: 'send',
        sendTo: ['bob@lab.test'],
        message: { messageId: '<1@lab.test>', raw: Buffer.alloc(20_000_000, `${'x'.repeat(70)}\n`) },
      },
      { deadline: new Deadline(5000) },
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'no-reply',
      command: 'message',
      fault: { cause: 'timed-out' },
    })
  })

  test('LMTP: LHLO, and a reply for each recipient behind the message', async () => {
    const ran = await send(
      async connection => {
        connection.say('220 mail.lab.test LMTP')
        await answer(connection, { LHLO: ['250-mail.lab.test', '250 PIPELINING'], '*': ['250 ok'], DATA: ['354 go'] }, [
          'DATA',
        ])
        while ((await connection.line()) !== '.');
        connection.say('250 2.0.0 bob has it', '452 4.2.2 cleo is full')
        await answer(connection, { QUIT: ['221 bye'] })
      },
      { protocol: 'lmtp' },
    )
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      reply: { code: 250 },
      recipients: [{ reply: { code: 250 } }, { reply: { code: 452 } }],
    })
  })
})
