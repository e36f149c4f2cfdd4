import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { peerInstalled } from '../../peers/support/peer.ts'
import { createLab, type Lab } from '../../support/lab.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'
import { Terminal } from '../../support/terminal.ts'

const [TAB, ENTER, UP, CTRL_C, CTRL_D] = ['\t', '\r', '\u001b[A', '\u0003', '\u0004']

let lab: Lab
let server: PlayedServer | null = null
let terminal: Terminal | null = null
/** What the server heard. */
let heard = () => ''

beforeAll(async () => {
  lab = await createLab()
})
afterAll(() => lab.close())
afterEach(async () => {
  terminal?.end()
  await server?.stop()
  server = null
})

const REPLIES = {
  EHLO: ['250-mail.lab.test', '250-STARTTLS', '250 AUTH PLAIN LOGIN'],
  NOOP: ['250 fine'],
  AUTH: ['535 5.7.8 no'],
  QUIT: ['221 bye'],
}

async function submission(connection: PlayedConnection): Promise<void> {
  connection.say('220 mail.lab.test ESMTP')
  await answer(connection, { ...REPLIES, STARTTLS: ['220 go'] }, ['STARTTLS', 'QUIT'])
  if (!connection.received.endsWith('STARTTLS\r\n')) return
  await connection.encrypt(lab.identity)
  await answer(connection, REPLIES)
}

async function open(part: (connection: PlayedConnection) => Promise<void> | void): Promise<Terminal> {
  server = await playServer(connection => {
    heard = () => connection.received
    return part(connection)
  })
  terminal = new Terminal(['console', `127.0.0.1:${server.port}`, '--ca', lab.caFile])
  await terminal.shows('220')
  await terminal.shows('-> ')
  return terminal
}

describe.skipIf(!peerInstalled('script'))('the console at a terminal', () => {
  test('Tab completes, STARTTLS upgrades in place, and the prompt says so', async () => {
    const { press, shows, type } = boundTo(await open(submission))
    await type('eh')
    press(TAB)
    await shows('EHLO ')
    await type('me')
    press(ENTER)
    await shows('250: greeted')
    await type('st')
    press(TAB)
    await shows('STARTTLS')
    press(ENTER)
    await shows('TLS is on: TLSv1.3')
    await shows('certificate trusted')
    await shows('~> ')
    await type('EHLO me')
    press(ENTER)
    await shows('<~  250-mail.lab.test')
    await shows('~> ')
    await type('auth l')
    press(TAB)
    await shows('LOGIN')
  })

  test('the arrow key brings back what was sent, without what was secret in it', async () => {
    const { press, shows, type } = boundTo(await open(submission))
    await type('NOOP')
    press(ENTER)
    await shows('250 fine')
    await shows('-> ')
    await type('AUTH PLAIN c2VjcmV0')
    press(ENTER)
    await shows('likely: ')
    await shows('-> ')
    press(UP, ENTER)
    await shows('likely: ')
    await shows('-> ')
    press(UP, UP, ENTER)
    await shows('250 fine')
    expect(heard()).toContain('AUTH PLAIN c2VjcmV0\r\nAUTH PLAIN\r\nNOOP\r\n')
  })

  test('the sign-in helper asks for a password and shows nothing of it', async () => {
    const at = await open(submission)
    const { press, shows, type } = boundTo(at)
    await type('.starttls')
    press(ENTER)
    await shows('TLS is on')
    await shows('~> ')
    await type('EHLO me')
    press(ENTER)
    await shows('250 AUTH')
    await shows('~> ')
    await type('.au')
    press(TAB)
    await shows('th ')
    await type('anna')
    press(ENTER)
    await shows('Password for anna: ')
    press('opensesame', ENTER)
    await shows('535')
    await shows('~> ')
    expect(at.shown).not.toContain('opensesame')
    expect(at.shown).not.toContain(Buffer.from('\0anna\0opensesame').toString('base64'))
    expect(heard()).toContain('AUTH PLAIN ')
  })

  test('safe mode refuses DATA until it is switched off', async () => {
    const { press, shows, type } = boundTo(
      await open(async connection => {
        connection.say('220 mail.lab.test ESMTP')
        await answer(connection, { ...REPLIES, DATA: ['554 no recipients'] })
      }),
    )
    await type('DATA')
    press(ENTER)
    await shows('Safe mode is on, and DATA begins a message. .safe off lets it through.')
    await type('.safe off')
    press(ENTER)
    await shows('safe mode is off')
    await type('DATA')
    press(ENTER)
    await shows('554')
  })

  test('says that the server closed the connection, and leaves no prompt behind', async () => {
    const at = await open(async connection => {
      connection.say('220 mail.lab.test ESMTP')
      await answer(connection, { NOOP: ['421 4.3.2 going down'] }, ['NOOP'])
      connection.close()
    })
    await at.type('NOOP')
    at.press(ENTER)
    await at.shows('421: ')
    await at.shows('=== the server closed the connection')
    expect(await at.ended()).toBe(0)
  })

  test.each([
    ['Ctrl-D', CTRL_D, 0],
    ['Ctrl-C', CTRL_C, 130],
  ])('%s ends it', async (_, key, exit) => {
    const at = await open(submission)
    at.press(key)
    expect(await at.ended()).toBe(exit)
  })
})

function boundTo(at: Terminal) {
  return { press: at.press.bind(at), type: at.type.bind(at), shows: at.shows.bind(at) }
}
