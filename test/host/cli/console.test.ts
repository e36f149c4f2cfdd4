import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLab, type Lab } from '../../support/lab.ts'
import { mailwright, type Call } from '../../support/command-line.ts'
import {
  answer,
  closedPort,
  playServer,
  type PlayedConnection,
  type PlayedServer,
} from '../../support/played-server.ts'

let lab: Lab
let server: PlayedServer | null = null

beforeAll(async () => {
  lab = await createLab()
})
afterAll(() => lab.close())
afterEach(async () => {
  await server?.stop()
  server = null
})

const greet = async (connection: PlayedConnection) => {
  connection.say('220 mail.lab.test ESMTP')
  await answer(connection, {
    EHLO: ['250-mail.lab.test', '250 STARTTLS'],
    NOOP: ['250 fine'],
    DATA: ['354 go on'],
    QUIT: ['221 bye'],
  })
}

async function run(
  part: (connection: PlayedConnection) => Promise<void> | void,
  words: readonly string[],
  call: Call = {},
) {
  server = await playServer(part)
  return mailwright(['console', `127.0.0.1:${server.port}`, ...words], call)
}

describe('lines from standard input', () => {
  test('are sent one by one, each when the one before was answered', async () => {
    const ended = await run(greet, [], { stdin: 'EHLO client.example\nNOOP\nQUIT\n' })
    expect(ended.exit).toBe(0)
    expect(ended.stdout.split('\n')).toEqual([
      expect.stringMatching(/^=== connected/),
      '<-  220 mail.lab.test ESMTP',
      ' -> EHLO client.example',
      '<-  250-mail.lab.test',
      '<-  250 STARTTLS',
      ' -> NOOP',
      '<-  250 fine',
      ' -> QUIT',
      '<-  221 bye',
      '',
    ])
    expect(ended.stderr).toContain('250: done (RFC 5321 section 4.2.3)')
  })

  test('what could send a message is refused with exit 77, and with --unsafe it goes through', async () => {
    const refused = await run(greet, ['--json'], { stdin: 'DATA\n' })
    expect(refused.json()).toMatchObject({ error: { code: 'not-permitted', exit: 77 } })
    expect(server?.connections[0]?.received).toBe('')
    await server?.stop()
    const sent = await run(greet, ['--unsafe'], { stdin: 'DATA\nSubject: x\n.\n' })
    expect(sent.exit).toBe(0)
    expect(server?.connections[0]?.received).toBe('DATA\r\nSubject: x\r\n.\r\n')
  })

  test('STARTTLS turns TLS on, and the JSON tells of it', async () => {
    const ended = await run(
      async connection => {
        connection.say('220 ready')
        await answer(connection, { STARTTLS: ['220 go'] }, ['STARTTLS'])
        await connection.encrypt(lab.identity)
        await answer(connection, { QUIT: ['221 bye'] })
      },
      ['--json', '--ca', lab.caFile],
      { stdin: '.starttls\nQUIT\n' },
    )
    expect(ended.json()).toMatchObject({
      tls: { trusted: true },
      script: null,
      transcript: expect.arrayContaining([expect.objectContaining({ text: 'QUIT', encrypted: true })]),
      error: null,
    })
  })

  test('a server of another protocol is spoken to as well, its control characters made visible', async () => {
    const ended = await run(
      async connection => {
        connection.say('* OK \x1b[31mready')
        await connection.line()
        connection.say('* one', '* two', 'a OK done')
      },
      [],
      { stdin: 'a CAPABILITY\n' },
    )
    expect(ended.stdout).toContain('<-  * OK \\x1b[31mready\n -> a CAPABILITY\n<-  * one\n<-  * two\n<-  a OK done\n')
    expect(ended.stdout).not.toContain('\x1b')
  })
})

describe('a script', () => {
  const script = 'S: 220*\nC: EHLO client.example\nS: 250*\nS+ *STARTTLS\nC: QUIT\nS: 221*\n'

  test('from standard input is recognized and passes with exit 0', async () => {
    const ended = await run(greet, ['--json'], { stdin: script })
    expect(ended.exit).toBe(0)
    expect(ended.json()).toMatchObject({ script: Array.from({ length: 6 }, () => ({ outcome: 'passed' })) })
  })

  test('that fails ends with exit 76 and names the line', async () => {
    const file = join(lab.folder, 'script.txt')
    await writeFile(file, script.replace('S+ *STARTTLS', 'S+ *AUTH*'))
    const ended = await run(greet, ['--script', file])
    expect(ended.exit).toBe(76)
    expect(ended.stderr).toContain('line 4 failed: no line of the answer fits')
  })

  test('signs in with a password from the environment that nothing shows', async () => {
    const file = join(lab.folder, 'sign-in.txt')
    await writeFile(file, 'S: 220*\nA: PLAIN anna\nS: 235*\n')
    const ended = await run(
      async connection => {
        await connection.encrypt(lab.identity)
        connection.say('220 ready')
        await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], AUTH: ['235 welcome'] })
      },
      ['--tls', '--ca', lab.caFile, '--script', file, '--password-env', 'SECRET', '--json'],
      { env: { SECRET: 'sehr geheim' } },
    )
    expect(ended.exit).toBe(0)
    const encoded = Buffer.from('\0anna\0sehr geheim').toString('base64')
    expect(server?.connections[0]?.received).toContain(encoded)
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(encoded)
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('geheim')
  })

  test.each([
    [['--script', 'no-such-file'], 66],
    [['--script', '-'], 65],
  ])('that cannot be read: %j ends with %i', async (words, exit) => {
    expect((await mailwright(['console', '127.0.0.1:9', ...words], { stdin: 'nonsense\n' })).exit).toBe(exit)
  })
})

describe('how it ends', () => {
  test('a closed port ends with exit 69', async () => {
    const ended = await mailwright(['console', `127.0.0.1:${await closedPort()}`, '--json'], { stdin: 'NOOP\n' })
    expect(ended.json()).toMatchObject({ error: { code: 'refused', exit: 69 }, transcript: [] })
  })

  test('a host that does not exist ends with exit 68', async () => {
    expect((await mailwright(['console', 'no-such-host.invalid:25'], { stdin: 'NOOP\n' })).exit).toBe(68)
  })

  test('--timeout bounds the whole session and keeps what was said', async () => {
    const ended = await run(connection => connection.say('220 ready'), ['--json', '--timeout', '1'], {
      stdin: 'NOOP\n',
    })
    expect(ended.json()).toMatchObject({ error: { code: 'timeout', exit: 75 } })
    expect(ended.stdout).toContain('220 ready')
  })

  test('Ctrl-C ends with 130', async () => {
    const ended = await run(connection => connection.say('220 ready'), [], {
      stdin: 'NOOP\n',
      interruptAfter: { text: '-> NOOP', signal: 'SIGINT' },
    })
    expect(ended.exit).toBe(130)
  })

  test('plain text where TLS was to begin ends with exit 76', async () => {
    const ended = await run(connection => connection.say('220 ready'), ['--tls', '--json'], { stdin: 'NOOP\n' })
    expect(ended.json()).toMatchObject({ error: { code: 'handshake-failed', exit: 76 } })
  })
})
