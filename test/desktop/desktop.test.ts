import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { buildProgram, ROOT } from './build.ts'
import { findChromium } from './double/chromium.ts'
import { Desktop } from './driver.ts'
import { connectInPage } from './engine-client.ts'

const CANARY = 'c4n4ry+Pässword/8f1d'
const missing = findChromium() === null
if (missing && process.env['CI']) throw new Error('there is no Chromium on PATH')
if (missing) process.stderr.write('skipped: the desktop program needs a Chromium on PATH for its test double\n')

let desktop: Desktop

beforeAll(buildProgram)
afterEach(() => desktop?.end())

/** Starts the program and waits until its page has its own port and data: a test that asks for a port gets the next one. */
async function open(env: Readonly<Record<string, string>> = {}, home?: string): Promise<Desktop> {
  desktop = await Desktop.start(env, home)
  await desktop.loaded()
  await desktop.shows('No account yet')
  return desktop
}

const settings = (change: Partial<AccountSettings>) => AccountSettings.parse({ host: 'mail.practice.test', ...change })

describe.skipIf(missing)('the page', () => {
  test('gets its data through the port, and again after it was loaded again', async () => {
    await open()
    const client = await connectInPage(desktop)
    expect(await client.app.info({})).toMatchObject({ door: 'window' })
    await client.accounts.create({ name: 'first', settings: settings({ from: 'me@practice.test' }) })
    await desktop.command('reload')
    expect(await desktop.shows('me@practice.test')).toBe(true)
    const { posted } = await desktop.records()
    expect(posted).toEqual(Array.from({ length: 3 }, () => 'mailwright:give-port'))
  })

  test('a stream arrives while it runs, and ends when it is closed', async () => {
    await open()
    const client = await connectInPage(desktop)
    const stop = new AbortController()
    const events = await client.practice.watch({}, { signal: stop.signal })
    expect((await events.next()).value).toMatchObject({ kind: 'status', status: { running: false } })
    await client.practice.start({})
    expect((await events.next()).value).toMatchObject({ kind: 'status', status: { running: true } })
    stop.abort()
    await expect(events.next()).rejects.toThrow()
    await client.practice.stop({})
  })

  test('has nothing of Node or Electron, only the word that says where it runs', async () => {
    await open()
    const seen = await desktop.evaluate(`(() => {
      try { window.mailwright.door = 'web' } catch {}
      return [typeof require, typeof process, typeof module, typeof Buffer, JSON.stringify(window.mailwright),
        Object.keys(window).filter(name => /electron|ipc/i.test(name)).length]
    })()`)
    expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'undefined', '{"door":"window"}', 0])
  })

  test('is asked for with the safe preferences', async () => {
    await open()
    const { options } = await desktop.command<{ options: { webPreferences: object } }>('window')
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
    expect(options.webPreferences).not.toHaveProperty('allowRunningInsecureContent')
    expect(options.webPreferences).not.toHaveProperty('experimentalFeatures')
  })

  test('runs no inline script and reaches no other place', async () => {
    await open()
    const result = await desktop.evaluate(`(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.inline = true'
      document.body.append(script)
      const image = new Image()
      image.src = 'https://attacker.example/pixel.png'
      const fetched = await fetch('https://attacker.example/').then(() => 'fetched', () => 'refused')
      return [window.inline === undefined, fetched]
    })()`)
    expect(result).toEqual([true, 'refused'])
    expect((await desktop.records()).network).toEqual([])
  })
})

describe.skipIf(missing)('a foreign sender', () => {
  test.each([
    ['another page in the window', { url: 'https://attacker.example/', top: true }],
    ['a page with a similar address', { url: 'mailwright://app.attacker.example/', top: true }],
    ['a frame inside our page', { url: 'mailwright://app/index.html', top: false }],
    ['another window', { url: 'mailwright://app/index.html', top: true, contentsId: 99 }],
  ])('gets no port: %s', async (_, sender) => {
    await open()
    await desktop.command('send-as', { channel: 'mailwright:ask-for-port', ...sender })
    expect((await desktop.records()).posted).toHaveLength(1)
  })

  test('our own page does', async () => {
    await open()
    const own = { url: 'mailwright://app/index.html', top: true }
    await desktop.command('send-as', { channel: 'mailwright:ask-for-port', ...own })
    expect((await desktop.records()).posted).toHaveLength(2)
  })
})

describe.skipIf(missing)('the window', () => {
  test('does not leave our pages', async () => {
    await open()
    await desktop.evaluate(`new Promise(resolve => {
      location.href = 'https://attacker.example/'
      setTimeout(resolve)
    })`)
    expect(await desktop.shows('No account yet')).toBe(true)
    const { navigation, network } = await desktop.records()
    expect(navigation).toEqual(['prevented https://attacker.example/'])
    expect(network).toEqual([])
    expect(await desktop.command('window')).toMatchObject({
      url: expect.stringMatching(/^mailwright:\/\/app\/index\.html/),
    })
  })

  test('opens no other window; web links go to the browser, nothing else does', async () => {
    await open()
    for (const url of [
      'https://provider.example/help',
      'http://provider.example/',
      'https://localhost/',
      'about:blank',
    ])
      await desktop.evaluate(`void window.open(${JSON.stringify(url)})`)
    const { windowOpen, external } = await desktop.records()
    expect(windowOpen.map(line => line.split(' ')[0])).toEqual(['deny', 'deny', 'deny', 'deny'])
    expect(external).toEqual(['https://provider.example/help'])
  })

  test('is granted the clipboard for copying, and no other permission', async () => {
    await open()
    const states = await desktop.evaluate(`Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write']
        .map(async name => [name, (await navigator.permissions.query({ name })).state]))`)
    expect(states).toEqual([
      ['geolocation', 'denied'],
      ['notifications', 'denied'],
      ['camera', 'denied'],
      ['microphone', 'denied'],
      ['midi', 'denied'],
      ['clipboard-read', 'denied'],
      ['clipboard-write', 'granted'],
    ])
  })

  test('closing it quits, and it opens where it was', async () => {
    const { home } = await open()
    const bounds = { x: 300, y: 200, width: 1000, height: 720 }
    await desktop.command('move', bounds)
    await desktop.command('close').catch(() => undefined)
    expect(await desktop.exit()).toBe(0)
    await open({}, home)
    expect(await desktop.command('window')).toMatchObject({ options: bounds, shown: true })
  })

  test('a second start only brings the first one forward', async () => {
    const { home } = await open()
    const second = await Desktop.start({ ELECTRON_DOUBLE_SECOND_INSTANCE: '1' }, home)
    expect(await second.exit()).toBe(0)
    await desktop.command('second-instance')
    expect(await desktop.command('window')).toMatchObject({ focused: true })
  })

  test('a store that cannot be read ends the start with a message', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'mailwright-desktop-')), 'file')
    await writeFile(file, '')
    desktop = await Desktop.start({}, file)
    expect(await desktop.exit()).toBe(1)
    expect(desktop.stderr).toMatch(/^Mailwright cannot start: .*file/m)
  })
})

describe.skipIf(missing)('secrets', () => {
  async function keepCanary() {
    const client = await connectInPage(desktop)
    const kept = await client.accounts.create({
      name: 'canary',
      settings: settings({ user: 'me', auth: 'plain', secret: { kind: 'keyring' } }),
      secret: { kind: 'set', value: CANARY },
    })
    await client.accounts.list({})
    await client.storage.info({})
    await client.settings.get({})
    await desktop.command('reload')
    await desktop.shows('canary')
    return { client: await connectInPage(desktop), kept }
  }

  test('go in and never come back to the page, nor into a file as they are', async () => {
    await open()
    const { client, kept } = await keepCanary()
    expect(kept.secret).toBe('keyring')
    expect((await client.app.info({})).secretStore).toMatchObject({ kind: 'keyring' })
    const { toPage, fromPage } = await desktop.records()
    expect(fromPage.join('\n')).toContain(JSON.stringify(CANARY).slice(1, -1))
    for (const form of disguises(CANARY)) expect(toPage.join('\n')).not.toContain(form)
    const stored = await readFile(join(desktop.home, 'secrets.json'), 'utf8')
    for (const form of disguises(CANARY)) expect(stored).not.toContain(form)
  })

  test('are not written down where the only storage would be plain text', async () => {
    await open({ ELECTRON_DOUBLE_STORAGE_BACKEND: 'basic_text' })
    const { client, kept } = await keepCanary()
    expect(kept.secret).toBe('session')
    expect((await client.app.info({})).secretStore).toMatchObject({
      kind: 'session',
      detail: expect.stringMatching(/plain text/),
    })
    expect(existsSync(join(desktop.home, 'secrets.json'))).toBe(false)
  })
})

describe.skipIf(missing)('electron-vite preview', () => {
  test('starts the double in place of Electron, and ends with it', async () => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'preview', '--skipBuild'],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          ELECTRON_EXEC_PATH: join(import.meta.dirname, 'double', 'electron-double.mjs'),
          ELECTRON_DOUBLE_CLOSE_WHEN_LOADED: '1',
          MAILWRIGHT_HOME: await mkdtemp(join(tmpdir(), 'mailwright-desktop-')),
          PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
        },
        stdio: 'ignore',
      },
    )
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

function disguises(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    encodeURIComponent(secret),
  ]
}
