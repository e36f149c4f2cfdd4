import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { serverinfo } from '#host/cli/serverinfo.ts'
import type { Identity } from '../../support/certificates.ts'
import { createLab, type Lab } from '../../support/lab.ts'
import {
  answer,
  closedPort,
  playServer,
  type PlayedConnection,
  type PlayedServer,
} from '../../support/played-server.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'

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

const GREETING = '220 mail.lab.test ESMTP Postfix'
const PLAIN = ['250-mail.lab.test', '250-SIZE 1000', '250 STARTTLS']
const SECURE = ['250-mail.lab.test', '250-SIZE 1000', '250 AUTH PLAIN']

async function play(part: (connection: PlayedConnection) => Promise<void> | void) {
  server = await playServer(part)
  return `127.0.0.1:${server.port}`
}

const starttls = (shown: Identity) => async (connection: PlayedConnection) => {
  connection.say(GREETING)
  await answer(connection, { EHLO: PLAIN, STARTTLS: ['220 go'], QUIT: ['221 bye'] }, ['STARTTLS', 'QUIT'])
  if (!connection.received.endsWith('STARTTLS\r\n')) return
  await connection.encrypt(shown).catch(() => {})
  await answer(connection, { EHLO: SECURE, QUIT: ['221 bye'] })
}

const ca = () => ({ ca: lab.caFile })

describe('the shape of the result', () => {
  test('STARTTLS where it is offered: both lists, the chain and where the time went', async () => {
    const place = await play(starttls(lab.identity))
    const run = await runCommand(serverinfo, [place], ca())
    expect(run).toMatchObject({ exit: 0, error: null })
    expect(run.json).toEqual({
      attempts: [expect.objectContaining({ address: '127.0.0.1', outcome: 'connected' })],
      host: '127.0.0.1',
      port: server?.port,
      security: 'starttls',
      address: '127.0.0.1',
      canonicalName: expect.toSatisfy(name => name === null || typeof name === 'string'),
      banner: 'mail.lab.test ESMTP Postfix',
      software: 'Postfix',
      capabilities: {
        plain: {
          size: 1000,
          pipelining: false,
          starttls: true,
          auth: [],
          dsn: false,
          etrn: false,
          eightBitMime: false,
          smtpUtf8: false,
          chunking: false,
          binaryMime: false,
          requireTls: false,
          enhancedStatusCodes: false,
          limits: null,
          lines: PLAIN,
        },
        tls: expect.objectContaining({ auth: ['PLAIN'], starttls: false, lines: SECURE }),
      },
      tls: {
        daysLeft: 29,
        protocol: 'TLSv1.3',
        cipher: expect.stringMatching(/^TLS_/),
        trusted: true,
        reason: null,
        chain: [expect.objectContaining({ subject: 'O=Lab,CN=mail.lab.test', issuer: 'O=Lab,CN=Lab Root' })],
        ocsp: null,
      },
      tlsLimits: { min: '1.2', max: '1.3', ciphers: null },
      dane: null,
      injectedOctets: 0,
      tlsVersions: null,
      asked: null,
      checks: null,
      findings: [],
      timings: {
        resolveMs: expect.any(Number),
        connectMs: expect.any(Number),
        greetingMs: expect.any(Number),
        ehloMs: expect.any(Number),
        starttlsMs: expect.any(Number),
        tlsMs: expect.any(Number),
        secondEhloMs: expect.any(Number),
        totalMs: expect.any(Number),
      },
    })
    expect(run.text).toContain('Offered behind TLS')
  })

  test('with implicit TLS there is no plain list', async () => {
    const place = await play(async connection => {
      await connection.encrypt(lab.identity)
      connection.say(GREETING)
      await answer(connection, { EHLO: SECURE, QUIT: ['221 bye'] })
    })
    const run = await runCommand(serverinfo, [place], { ...ca(), security: 'tls' })
    expect(run.exit).toBe(0)
    expect(run.json).toMatchObject({ security: 'tls', capabilities: { plain: null, tls: { auth: ['PLAIN'] } } })
  })

  test('after HELO only everything is false or null', async () => {
    const place = await play(async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['500 what'], HELO: ['250 hi'], QUIT: ['221 bye'] })
    })
    const run = await runCommand(serverinfo, [place])
    expect(run.exit).toBe(0)
    expect(run.json).toMatchObject({
      security: 'none',
      tls: null,
      capabilities: { plain: { lines: [], size: null }, tls: null },
    })
  })

  test('no password, no envelope and a QUIT', async () => {
    const place = await play(starttls(lab.identity))
    await runCommand(serverinfo, [place], ca())
    await server?.connections[0]?.gone()
    const said = server?.connections[0]?.received.split('\r\n').filter(line => /^[A-Z]+( |$)/.test(line)) ?? []
    expect(said.map(line => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'QUIT'])
  })
})

describe('a certificate that is not trusted', () => {
  test('the chain and the reason are filled, the list behind TLS is not, exit 69', async () => {
    const place = await play(starttls(await lab.authority.issue({ names: ['elsewhere.test'] })))
    const run = await runCommand(serverinfo, [place], ca())
    expect(run).toMatchObject({ exit: 69, error: { code: 'certificate-untrusted' } })
    expect(run.json).toMatchObject({
      security: 'starttls',
      capabilities: { plain: { starttls: true }, tls: null },
      tls: {
        trusted: false,
        reason: expect.stringContaining('elsewhere.test'),
        chain: [{ altNames: ['DNS:elsewhere.test'] }],
      },
    })
  })

  test('--insecure goes on, exit 0, still not trusted', async () => {
    const place = await play(starttls(await lab.authority.issue({ names: ['elsewhere.test'] })))
    const run = await runCommand(serverinfo, [place], { ...ca(), insecure: true })
    expect(run).toMatchObject({ exit: 0, error: null })
    expect(run.json).toMatchObject({ capabilities: { tls: { auth: ['PLAIN'] } }, tls: { trusted: false } })
  })
})

describe('which exit', () => {
  test.each<[string, number, string, (connection: PlayedConnection) => Promise<void> | void]>([
    ['a greeting of 4xx', 75, 'greeting-rejected', connection => connection.say('421 later')],
    ['a greeting of 5xx', 69, 'greeting-rejected', connection => connection.say('554 no')],
    ['a greeting of neither', 76, 'not-smtp', connection => connection.say('354 what')],
    ['another protocol', 76, 'not-smtp', connection => connection.say('SSH-2.0-OpenSSH')],
    ['closing before the greeting', 69, 'greeting-closed', connection => connection.close()],
    [
      '5xx to EHLO and to HELO',
      76,
      'ehlo-refused',
      connection => {
        connection.say(GREETING)
        return answer(connection, { '*': ['502 no'] })
      },
    ],
    [
      '4xx to EHLO',
      75,
      'ehlo-refused',
      connection => {
        connection.say(GREETING)
        return answer(connection, { '*': ['421 later'] })
      },
    ],
    [
      '4xx to STARTTLS',
      75,
      'starttls-refused',
      connection => {
        connection.say(GREETING)
        return answer(connection, { EHLO: PLAIN, '*': ['454 later'] })
      },
    ],
    [
      'a broken handshake',
      76,
      'handshake-failed',
      async connection => {
        connection.say(GREETING)
        await answer(connection, { EHLO: PLAIN, STARTTLS: ['220 go'] }, ['STARTTLS'])
        connection.socket.once('data', () => connection.say('what is this'))
      },
    ],
  ])('%s: %i', async (_, exit, code, part) => {
    const run = await runCommand(serverinfo, [await play(part)], ca())
    expect(run).toMatchObject({ exit, error: { code, message: expect.stringMatching(/\w/) } })
    expect(run.json).toMatchObject({ host: '127.0.0.1', timings: { connectMs: expect.any(Number) } })
  })

  test('STARTTLS asked for and not offered: 69', async () => {
    const place = await play(async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['250 mail.lab.test'] })
    })
    const run = await runCommand(serverinfo, [place], { security: 'starttls' })
    expect(run).toMatchObject({ exit: 69, error: { code: 'starttls-not-offered' } })
  })

  test('refused: 69', async () => {
    const run = await runCommand(serverinfo, [`127.0.0.1:${await closedPort()}`])
    expect(run).toMatchObject({ exit: 69, error: { code: 'refused' }, json: { address: null, banner: null } })
  })

  test('a host that does not exist: 68; a resolver that is silent: 75', async () => {
    const { server: dns } = await withZone({ 'lab.test': [['A', '127.0.0.1']] })
    const at = `${dns.host}:${dns.port}`
    expect(await runCommand(serverinfo, ['nowhere.lab.test'], { dns: at })).toMatchObject({ exit: 68 })
    const silent = await play(() => {})
    expect(await runCommand(serverinfo, ['a.lab.test'], { dns: silent }, new Deadline(300))).toMatchObject({ exit: 75 })
  })

  test('out of time: 75, with what was learnt', async () => {
    const place = await play(() => {})
    const startedAt = performance.now()
    const run = await runCommand(serverinfo, [place], {}, new Deadline(300))
    expect(performance.now() - startedAt).toBeLessThan(2300)
    expect(run).toMatchObject({ exit: 75, json: { address: '127.0.0.1', timings: { connectMs: expect.any(Number) } } })
  })

  test('a CA file that is missing: 66; one that holds none: 65', async () => {
    await expect(runCommand(serverinfo, ['127.0.0.1:1'], { ca: join(lab.folder, 'none') })).rejects.toMatchObject({
      code: 'file-missing',
    })
    await writeFile(join(lab.folder, 'empty'), 'nothing')
    await expect(runCommand(serverinfo, ['127.0.0.1:1'], { ca: join(lab.folder, 'empty') })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})

test('the name is looked up with the resolver that was chosen, and checked in the certificate', async () => {
  const place = await play(starttls(lab.identity))
  const { server: dns } = await withZone({ 'mail.lab.test': [['A', '127.0.0.1']] })
  const port = place.split(':')[1] ?? ''
  const run = await runCommand(serverinfo, [`mail.lab.test:${port}`], { ...ca(), dns: `${dns.host}:${dns.port}` })
  expect(run).toMatchObject({
    exit: 0,
    json: { host: 'mail.lab.test', canonicalName: 'mail.lab.test', tls: { trusted: true } },
  })
})

test('addresses of both families are raced, and what became of each is told', async () => {
  const place = await play(starttls(lab.identity))
  const port = place.split(':')[1] ?? ''
  const { server: dns } = await withZone({
    'mail.lab.test': [
      ['AAAA', '::1'],
      ['A', '127.0.0.1'],
    ],
  })
  const run = await runCommand(serverinfo, [`mail.lab.test:${port}`], { ...ca(), dns: `${dns.host}:${dns.port}` })
  const outcomes = (run.json as { attempts: { address: string; outcome: string; ms: number }[] }).attempts
  expect(run).toMatchObject({ exit: 0, json: { address: '127.0.0.1' } })
  expect(outcomes.map(({ address }) => address).sort()).toEqual(['127.0.0.1', '::1'])
  expect(outcomes.find(({ address }) => address === '::1')?.outcome).toMatch(/^(?:refused|unreachable)$/)
  expect(run.text).toMatch(/Also {6}::1: (?:refused|unreachable)/)
})
