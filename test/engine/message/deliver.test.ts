import { describe, expect, onTestFinished, test } from 'vitest'
import type { DiagnosisOptions } from '#engine/diagnosis/diagnosis.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority } from '../../support/certificates.ts'
import { evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, playServer, type PlayedConnection } from '../../support/played-server.ts'

const authority = await createAuthority()
const identity = await authority.issue()
const RAW = Buffer.from('Subject: x\r\n\r\n.dot\r\n')

type Settings = Parameters<typeof runDiagnosis>[0]

async function send(
  part: (connection: PlayedConnection) => Promise<void>,
  {
    raw = RAW,
    to = ['bob@lab.test'],
    settings = {},
    options = {},
  }: { raw?: Buffer; to?: string[]; settings?: Settings; options?: Partial<DiagnosisOptions> } = {},
) {
  const server = await playServer(part)
  onTestFinished(() => server.stop())
  const ran = await runDiagnosis(
    { port: server.port, security: 'none', ...settings },
    { purpose: 'send', sendTo: to, message: { messageId: '<1@lab.test>', raw } },
    { deadline: new Deadline(5000), extraCa: authority.pem, ...options },
  )
  const received = server.connections[0]?.received ?? ''
  return { seen: evidenceOf(ran, 'deliver'), received, transcript: ran.transcript }
}

const OK = { MAIL: ['250 ok'], RCPT: ['250 ok'], RSET: ['250 ok'], QUIT: ['221 bye'] }

/** As `answer`, for a server that takes BDAT: chunks are counted, not read by lines. */
async function answerChunks(connection: PlayedConnection, offers: readonly string[], replies: readonly string[]) {
  const left = [...replies]
  const heard: Readonly<Record<string, readonly string[]>> = { ...OK, EHLO: ['250-mail.lab.test', ...offers] }
  let at = 0
  for (;;) {
    const end = connection.received.indexOf('\n', at) + 1
    const line = end > 0 ? connection.received.slice(at, end).trim() : ''
    const octets = Number(/^BDAT (\d+)/.exec(line)?.[1] ?? 0)
    if (end === 0 || connection.received.length < end + octets) {
      const { socket } = connection
      if (socket.readableEnded) return
      await new Promise<void>(resolve => {
        const wake = () => {
          socket.off('data', wake).off('end', wake)
          resolve()
        }
        socket.on('data', wake).on('end', wake)
      })
      continue
    }
    at = end + octets
    const verb = line.split(' ')[0] ?? ''
    connection.say(...(verb === 'BDAT' ? [left.shift() ?? '250 2.0.0 queued'] : (heard[verb] ?? ['502 what'])))
  }
}

describe('BDAT', () => {
  const offers = ['250-CHUNKING', '250 PIPELINING']
  const part =
    (replies: readonly string[] = [], extra: readonly string[] = []) =>
    async (connection: PlayedConnection) => {
      connection.say('220 mail.lab.test')
      await answerChunks(connection, [...extra, ...offers], replies)
    }

  test('asked for and offered, the message goes as one chunk, its dots as they are', async () => {
    const { seen, received } = await send(part(), { options: { chunking: true } })
    expect(seen).toMatchObject({ kind: 'sent', reply: { code: 250 }, sizeBytes: RAW.length })
    expect(received).toContain(`BDAT ${RAW.length} LAST\r\nSubject: x\r\n\r\n.dot\r\nQUIT\r\n`)
    expect(received).not.toContain('DATA\r\n')
  })

  test('not asked for, or not offered, it goes by DATA', async () => {
    const { received } = await send(
      async connection => {
        connection.say('220 mail.lab.test')
        await answer(connection, { ...OK, EHLO: ['250 mail.lab.test'], DATA: ['354 go'] }, ['DATA'])
        while (((await connection.line()) ?? '.') !== '.');
        connection.say('250 queued')
        await answer(connection, OK)
      },
      { options: { chunking: true } },
    )
    expect(received).toContain('DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\n')
  })

  test('a large message goes in chunks, and a refusal of the first spares the rest', async () => {
    const raw = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.alloc(2_500_000, 'line of text\r\n')])
    const whole = await send(part(['250 more', '250 more']), { raw, options: { chunking: true } })
    expect(whole.seen).toMatchObject({ kind: 'sent' })
    expect(whole.received.match(/BDAT \d+(?: LAST)?/g)).toEqual([
      'BDAT 1048576',
      'BDAT 1048576',
      expect.stringMatching(/^BDAT \d+ LAST$/),
    ])
    const refused = await send(part(['552 5.3.4 too much']), { raw, options: { chunking: true } })
    expect(refused.seen).toMatchObject({ kind: 'data-refused', reply: { code: 552 } })
    expect(refused.received.match(/BDAT/g)).toHaveLength(1)
  })

  test('a binary message goes octet for octet where the server takes BINARYMIME', async () => {
    const raw = Buffer.from('Content-Transfer-Encoding: binary\r\n\r\n\0\n\r.\r\n\xff', 'latin1')
    const { seen, received } = await send(part([], ['250-BINARYMIME']), { raw })
    expect(seen).toMatchObject({ kind: 'sent', sizeBytes: raw.length })
    expect(received).toContain('MAIL FROM:<ada@lab.test> BODY=BINARYMIME\r\n')
    expect(received).toContain(`BDAT ${raw.length} LAST\r\n${raw.toString('latin1')}QUIT\r\n`)
  })

  test('the transcript has the command and not the message', async () => {
    const { transcript } = await send(part(), { options: { chunking: true } })
    expect(transcript).toContain(`client BDAT ${RAW.length} LAST (and the octets)`)
    expect(transcript).not.toContain('.dot')
  })
})

describe('LIMITS (RFC 9422)', () => {
  const to = ['a@lab.test', 'b@lab.test', 'c@lab.test']
  const limited =
    (limits: string, outcome: (transaction: number) => string | null) => async (connection: PlayedConnection) => {
      connection.say('220 mail.lab.test')
      const answers = { ...OK, EHLO: ['250-mail.lab.test', `250 LIMITS ${limits}`], DATA: ['354 go'] }
      for (let transaction = 0; transaction < 3; transaction++) {
        await answer(connection, answers, ['DATA'])
        while (((await connection.line()) ?? '.') !== '.');
        const reply = outcome(transaction)
        if (reply === null) return connection.close()
        connection.say(reply)
      }
    }

  test('RCPTMAX: the same message in several transactions, and one answer for all', async () => {
    const { seen, received } = await send(
      limited('RCPTMAX=2', () => '250 queued'),
      { to },
    )
    expect(seen).toMatchObject({ kind: 'sent', recipients: to.map(address => ({ address, reply: { code: 250 } })) })
    expect(received.match(/^(?:MAIL|RCPT|DATA).*$/gm)?.map(line => line.trim())).toEqual([
      'MAIL FROM:<ada@lab.test>',
      'RCPT TO:<a@lab.test>',
      'RCPT TO:<b@lab.test>',
      'DATA',
      'MAIL FROM:<ada@lab.test>',
      'RCPT TO:<c@lab.test>',
      'DATA',
    ])
  })

  test('a later transaction that is refused tells of its recipients; the others have the message', async () => {
    const { seen } = await send(
      limited('RCPTMAX=2', transaction => (transaction === 0 ? '250 queued' : '552 5.2.2 full')),
      { to },
    )
    expect(seen).toMatchObject({
      kind: 'sent',
      recipients: [{ reply: { code: 250 } }, { reply: { code: 250 } }, { address: 'c@lab.test', reply: { code: 552 } }],
    })
  })

  test('a connection that ends in between says who has the message', async () => {
    const { seen } = await send(
      limited('RCPTMAX=2', transaction => (transaction === 0 ? '250 queued' : null)),
      { to },
    )
    expect(seen).toMatchObject({ kind: 'no-reply', command: 'message', sentTo: ['a@lab.test', 'b@lab.test'] })
  })

  test('MAILMAX: more than the session takes is not begun', async () => {
    const { seen, received } = await send(
      limited('RCPTMAX=1 MAILMAX=2', () => '250 queued'),
      { to },
    )
    expect(seen).toEqual({ kind: 'too-many-recipients', recipients: 3, limit: 2, limits: 'RCPTMAX=1 MAILMAX=2' })
    expect(received).not.toContain('MAIL')
  })
})

describe('REQUIRETLS (RFC 8689)', () => {
  const secure = (offers: readonly string[]) => async (connection: PlayedConnection) => {
    await connection.encrypt(identity).catch(() => {})
    connection.say('220 mail.lab.test')
    await answer(connection, { ...OK, EHLO: ['250-mail.lab.test', ...offers], DATA: ['354 go'] }, ['DATA'])
    while (((await connection.line()) ?? '.') !== '.');
    connection.say('250 queued')
    await answer(connection, OK)
  }

  test('stands in MAIL where the server offers it behind TLS and is who it says', async () => {
    const settings = { security: 'tls', requireTls: true } as const
    const { seen, received } = await send(secure(['250-SIZE 5000', '250 REQUIRETLS']), { settings })
    expect(seen).toMatchObject({ kind: 'sent' })
    expect(received).toContain(`MAIL FROM:<ada@lab.test> SIZE=${RAW.length} REQUIRETLS\r\n`)
  })

  test.each<[string, Settings, Partial<DiagnosisOptions>, readonly string[]]>([
    ['not-offered', { security: 'tls' }, {}, ['250 SIZE']],
    ['not-trusted', { security: 'tls', verifyCertificate: false }, { extraCa: '' }, ['250 REQUIRETLS']],
  ])('%s: nothing is sent', async (because, settings, options, offers) => {
    const { seen, received } = await send(secure(offers), { settings: { ...settings, requireTls: true }, options })
    expect(seen).toEqual({ kind: 'needs-requiretls', because })
    expect(received).not.toContain('MAIL')
  })

  test('not-encrypted: nothing is sent, whatever is offered', async () => {
    const part = async (connection: PlayedConnection) => {
      connection.say('220 mail.lab.test')
      await answer(connection, { ...OK, EHLO: ['250-mail.lab.test', '250 REQUIRETLS'] })
    }
    const { seen, received } = await send(part, { settings: { requireTls: true } })
    expect(seen).toEqual({ kind: 'needs-requiretls', because: 'not-encrypted' })
    expect(received).not.toContain('MAIL')
  })

  test('without the wish it stands nowhere', async () => {
    const { received } = await send(secure(['250 REQUIRETLS']), { settings: { security: 'tls' } })
    expect(received).toContain('MAIL FROM:<ada@lab.test>\r\n')
  })
})
