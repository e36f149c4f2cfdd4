import { describe, expect, onTestFinished, test } from 'vitest'
import { serverinfo } from '#host/cli/serverinfo.ts'
import { createAuthority } from '../../support/certificates.ts'
import { answer, playServer, type PlayedConnection } from '../../support/played-server.ts'
import { runCommand } from '../../support/run-command.ts'

const identity = await (await createAuthority()).issue()
const PLAIN = ['250-mail.lab.test', '250 STARTTLS']

async function play(part: (connection: PlayedConnection) => Promise<void>) {
  const server = await playServer(part)
  onTestFinished(() => server.stop())
  return { server, place: `127.0.0.1:${server.port}` }
}

const said = (received: string) => received.split('\r\n').filter(line => /^[A-Za-z]{4,8}\b/.test(line))

describe('--ask', () => {
  test('asks on the same connection, and says what the replies mean', async () => {
    const { server, place } = await play(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, {
        EHLO: ['250 mail.lab.test'],
        VRFY: ['252 2.0.0 ada'],
        HELP: ['214-2.0.0 EHLO', '214 2.0.0 MAIL'],
        QUIT: ['221 bye'],
      })
    })
    const run = await runCommand(serverinfo, [place], { ask: ['VRFY ada', 'help'] })
    expect(run).toMatchObject({ exit: 0 })
    expect(run.json).toMatchObject({
      asked: [
        { command: 'VRFY ada', reply: '252 2.0.0 ada', meaning: expect.stringContaining('does not say') },
        { command: 'help', reply: '214-2.0.0 EHLO\n214 2.0.0 MAIL', meaning: expect.stringContaining('help') },
      ],
    })
    expect(run.text).toContain('VRFY ada\n  252 2.0.0 ada\n    ')
    await server.connections[0]?.gone()
    expect(said(server.connections[0]?.received ?? '').slice(1)).toEqual(['VRFY ada', 'help', 'QUIT'])
  })

  test('a server that hangs up is no failure of the look', async () => {
    const { place } = await play(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250 mail.lab.test'] }, ['EHLO'])
      await connection.line()
      connection.close()
    })
    const run = await runCommand(serverinfo, [place], { ask: ['EXPN staff', 'HELP'] })
    expect(run).toMatchObject({ exit: 0, json: { asked: [{ command: 'EXPN staff', reply: null, meaning: null }] } })
  })

  test.each(['DATA', 'MAIL FROM:<a@b.test>', 'VRFY', 'HELP\r\nDATA', 'RCPT TO:<x@y.test>'])('%j', async question => {
    const run = runCommand(serverinfo, ['127.0.0.1:1'], { ask: [question] })
    if (question === 'VRFY') expect(await run).toMatchObject({ exit: 69 })
    else await expect(run).rejects.toMatchObject({ code: 'usage', field: '--ask' })
  })
})

describe('--check-injection', () => {
  /** Reads STARTTLS and what stands behind it, and does with that as it likes. */
  const starttls =
    (afterwards: (connection: PlayedConnection) => Promise<void>) => async (connection: PlayedConnection) => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: PLAIN, STARTTLS: ['220 go'] }, ['STARTTLS'])
      await connection.encrypt(identity).catch(() => {})
      await afterwards(connection)
    }
  const look = async (part: (connection: PlayedConnection) => Promise<void>) => {
    const { server, place } = await play(part)
    const run = await runCommand(serverinfo, [place], { 'check-injection': true, insecure: true })
    return { ...run, server }
  }

  test('a server that obeys what was slipped in is at risk', async () => {
    const run = await look(
      // What came in plain text is still in the buffer that is read from, as in the servers of that time.
      starttls(connection =>
        answer(connection, { NOOP: ['250 2.0.0 Ok'], EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] }),
      ),
    )
    expect(run.json).toMatchObject({
      checks: { injection: { kind: 'executed', command: 'NOOP', reply: { code: 250 } }, relay: null },
      findings: expect.arrayContaining([expect.objectContaining({ id: 'encrypt-commands-injected' })]),
    })
    expect(run.text).toContain('Injection AT RISK')
  })

  test.each<[string, string, (connection: PlayedConnection) => Promise<void>]>([
    [
      'throws it away',
      'discarded',
      starttls(async connection => {
        if (connection.received.includes('NOOP')) await connection.line()
        await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
      }),
    ],
    [
      'refuses STARTTLS that has something behind it',
      'refused',
      async connection => {
        connection.say('220 mail.lab.test')
        await answer(connection, { EHLO: PLAIN }, ['EHLO'])
        await connection.line()
        connection.say('554 5.5.1 unauthorized pipelining')
        await connection.gone()
      },
    ],
    [
      'hangs up',
      'not-tested',
      async connection => {
        connection.say('220 mail.lab.test')
        await answer(connection, { EHLO: PLAIN }, ['EHLO'])
        await connection.line()
        connection.close()
      },
    ],
    [
      'greets a second time behind TLS, and is gone',
      'not-tested',
      starttls(connection => {
        connection.say('220 mail.lab.test')
        connection.close()
        return Promise.resolve()
      }),
    ],
    [
      'offers no STARTTLS',
      'not-tested',
      async connection => {
        connection.say('220 mail.lab.test')
        await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
      },
    ],
  ])('a server that %s: %s', async (_, kind, part) => {
    const run = await look(part)
    expect(run.json).toMatchObject({ checks: { injection: { kind } } })
    expect(JSON.stringify(run.json)).not.toContain('encrypt-commands-injected')
  })
})

describe('--check-relay', () => {
  const look = async (rcpt: string, options: Record<string, string> = {}) => {
    const { server, place } = await play(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250 mail.lab.test'], RCPT: [rcpt], QUIT: ['221 bye'], '*': ['250 ok'] })
    })
    const run = await runCommand(serverinfo, [place], { 'check-relay': 'x@example.net', ...options })
    await Promise.all(server.connections.map(connection => connection.gone()))
    return { ...run, received: server.connections.map(({ received }) => received).join('') }
  }

  test('says MAIL, RCPT and RSET, and never DATA', async () => {
    const run = await look('250 2.1.5 Ok')
    expect(run).toMatchObject({ exit: 0, json: { checks: { injection: null, relay: { kind: 'accepted' } } } })
    expect(run.json).toMatchObject({ findings: [{ id: 'deliver-open-relay', severity: 'warning' }] })
    expect(said(run.received).filter(line => !/^(?:EHLO|QUIT)/.test(line))).toEqual([
      'MAIL FROM:<>',
      'RCPT TO:<x@example.net>',
      'RSET',
    ])
  })

  test('a refusal is safe, a temporary one may be greylisting', async () => {
    const refused = await look('554 5.7.1 Relay access denied', { 'relay-from': 'a@example.com' })
    expect(refused.json).toMatchObject({ checks: { relay: { kind: 'refused', command: 'RCPT' } }, findings: [] })
    expect(refused.text).toContain('Relay     safe')
    expect(refused.received).toContain('MAIL FROM:<a@example.com>')
    expect((await look('450 4.2.0 greylisted')).text).toContain('Relay     not decided')
  })

  test('an address that is none is refused before anything is sent', async () => {
    const run = runCommand(serverinfo, ['127.0.0.1:1'], { 'check-relay': 'x>\r\nDATA' })
    await expect(run).rejects.toMatchObject({ code: 'bad-input', field: '--check-relay' })
    const alone = runCommand(serverinfo, ['127.0.0.1:1'], { 'relay-from': 'a@example.com' })
    await expect(alone).rejects.toMatchObject({ code: 'usage' })
  })
})

test('without being asked for, nothing of this is tried', async () => {
  const { server, place } = await play(async connection => {
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  const run = await runCommand(serverinfo, [place])
  expect(run.json).toMatchObject({ asked: null, checks: null, findings: [], injectedOctets: 0 })
  expect(server.connections).toHaveLength(1)
})
