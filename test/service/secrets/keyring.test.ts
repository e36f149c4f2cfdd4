import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { storeForMsmtp } from '#service/secrets/msmtp-keyring.ts'
import { openKeyring } from '#service/secrets/keyring.ts'
import { missingKeyringPrograms, startKeyring } from '../support/keyring-session.ts'
import { tempFolder } from '../support/temp-home.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../../..')

describe.skipIf(missingKeyringPrograms() !== null)('with the Secret Service of a desktop', () => {
  let ring: Awaited<ReturnType<typeof startKeyring>>
  beforeAll(async () => {
    ring = await startKeyring()
  })
  afterAll(() => ring.stop())

  // The library reads the bus address from the process it runs in, so each use has a process of its own.
  const inSession = async (script: string, ...args: string[]) => {
    const whole = `import { openKeyring } from '#service/secrets/keyring.ts'
      const args = process.argv.slice(1)
      const opened = await openKeyring(process.env, 'linux')
      const print = value => console.log(JSON.stringify(value))
      ${script}`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', whole, ...args], {
      cwd: ROOT,
      env: ring.env,
    })
    return JSON.parse(stdout) as unknown
  }

  test('a password outlives the process that kept it, and can be deleted', async () => {
    const password = ' blank at the ends, "quotes", ünïcode\n '
    await inSession(`await opened.store.set('id-1', args[0]); print(opened.store.kind)`, password)
    expect(await inSession(`print(await opened.store.get('id-1'))`)).toBe(password)
    await inSession(`await opened.store.delete('id-1'); await opened.store.delete('id-1'); print(null)`)
    expect(await inSession(`print(await opened.store.get('id-1'))`)).toBe(null)
  })

  test('msmtp finds the password by the attributes that it asks for', async () => {
    const place = { host: 'mail.example.org', user: 'jane@example.org' }
    expect(await storeForMsmtp(place, `p"a'ss \\ $wörd`, 'linux', ring.env)).toEqual({ kind: 'stored' })
    expect(ring.lookup(place.host, place.user)).toBe(`p"a'ss \\ $wörd`)
  })

  test('the password of an account outlives the program, and no file of the program holds it', async () => {
    const home = tempFolder()
    const password = 'canary-Zk7#q'
    const services = `import { createServices } from '#host/compose.ts'
      const services = await createServices({ door: 'cli', env: process.env, home: args[0] })
      const { client } = services`
    const settings = `{ host: 'mail.example.org', user: 'jane', security: 'tls' }`
    const secret = `{ kind: 'set', value: args[1] }`
    const made = await inSession(
      `${services}
       print(await client.accounts.create({ name: 'work', settings: ${settings}, secret: ${secret} }))
       await services.close()`,
      home,
      password,
    )
    expect(made).toMatchObject({ secret: 'keyring', account: { secret: { kind: 'keyring' } } })
    const saved = await inSession(
      `${services}
       const [{ account }] = await client.accounts.list()
       const path = args[0] + '/rc'
       print(await client.msmtprc.save({ accountIds: [account.id], secret: 'keyring', storeInKeyring: true, path }))
       await services.close()`,
      home,
    )
    expect(saved).toMatchObject({ keyringStored: true, mode: '0600' })
    expect(ring.lookup('mail.example.org', 'jane')).toBe(password)
    for (const name of readdirSync(home)) expect(readFileSync(join(home, name), 'latin1')).not.toContain(password)

    await inSession(
      `${services}
       const [{ account }] = await client.accounts.list()
       await client.accounts.remove({ id: account.id })
       await services.close()
       print(await opened.store.get(account.id))`,
      home,
    ).then(left => expect(left).toBe(null))
  })

  test('a user name that looks like an option is a user name', async () => {
    const place = { host: 'mail.example.org', user: '--help' }
    expect(await storeForMsmtp(place, 'x', 'linux', ring.env)).toEqual({ kind: 'stored' })
  })
})

describe('without a key ring', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })
  const bus = async (answer: (text: string) => string | null) => {
    const path = join(tempFolder(), 'bus')
    const server = createServer(socket => {
      socket.on('error', () => undefined)
      socket.on('data', bytes => {
        const reply = answer(bytes.toString('latin1'))
        if (reply !== null) socket.write(reply)
      })
    })
    servers.push(server)
    await new Promise<void>(listening => server.listen(path, listening))
    return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path},guid=00` }
  }

  test('no session bus is said at once', async () => {
    expect(await openKeyring({}, 'linux')).toEqual({
      kind: 'unavailable',
      why: 'no key ring: there is no D-Bus session',
    })
  })

  test('a bus that is gone is said', async () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }
    expect(await openKeyring(env, 'linux')).toMatchObject({ why: expect.stringContaining('cannot be reached') })
  })

  test.each([
    ['says nothing', () => null],
    [
      'stops answering after sign-in',
      (text: string) => (text.includes('AUTH') ? 'OK 0123456789abcdef0123456789abcdef\r\n' : null),
    ],
  ])('a bus that %s does not hold up the program', async (_, answer) => {
    const startedAt = performance.now()
    expect(await openKeyring(await bus(answer), 'linux')).toMatchObject({
      why: expect.stringContaining('does not answer'),
    })
    expect(performance.now() - startedAt).toBeLessThan(8_000)
  })

  test('a bus that refuses us is said', async () => {
    const env = await bus(() => 'REJECTED EXTERNAL\r\n')
    expect(await openKeyring(env, 'linux')).toMatchObject({ why: expect.stringContaining('refuses') })
  })

  test('a missing secret-tool is an answer, not an exception', async () => {
    const stored = await storeForMsmtp({ host: 'h', user: 'u' }, 'secret', 'linux', { PATH: tempFolder() })
    expect(stored).toEqual({ kind: 'not-stored', why: 'secret-tool is not installed' })
  })

  test('what msmtp could not read back is not stored', async () => {
    expect(await storeForMsmtp({ host: 'h', user: 'u' }, 'two\nlines', 'linux', {})).toMatchObject({
      kind: 'not-stored',
    })
  })
})
