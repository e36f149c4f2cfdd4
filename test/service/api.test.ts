import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import { afterEach, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { RunInput, type RunEvent } from '#shared/contract/run.ts'
import { createServices, type Services } from '#host/compose.ts'
import { tempFolder } from './support/temp-home.ts'

const CANARY = 'canary-Zk7#q pass"word'
const opened: Services[] = []

afterEach(async () => {
  for (const services of opened.splice(0)) await services.close()
})

async function open(home = tempFolder(), log: string[] = []) {
  const env = { HOME: home, PATH: process.env['PATH'], MAILWRIGHT_HOME: join(home, 'mw') }
  const services = await createServices({ door: 'cli', env, log: line => log.push(line) })
  opened.push(services)
  return services
}

async function collect(stream: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

/** The practice server, and an account that reaches it. */
async function practise(services: Services) {
  await services.client.practice.start()
  return services.client.practice.createAccount({ endpoint: null })
}

const run = (id: string, extra: object = {}) =>
  RunInput.parse({ target: { kind: 'saved', id }, purpose: 'test', ...extra })

describe('a run', () => {
  test('of a practice account signs in, offers the envelope, and is kept', async () => {
    const { client } = await open()
    const { account, secret } = await practise({ client } as Services)
    expect(secret).toBe('session')
    const events = await collect(await client.runs.run(run(account.id)))
    const last = events.at(-1)
    if (last?.kind !== 'ended') throw new Error('no report')
    expect(last.report.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'resolve done',
      'connect done',
      'encrypt done',
      'sign-in done',
      'deliver done',
      'domain done',
    ])
    expect(events[0]).toMatchObject({ kind: 'started', runId: last.report.id })
    expect(events.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
    const lines = events.flatMap(event => (event.kind === 'transcript' ? event.lines : []))
    expect(lines).toEqual(last.report.transcript)
    expect(await client.runs.report({ runId: last.report.id })).toEqual(last.report)
    const view = await client.accounts.get({ id: account.id })
    expect(view).toMatchObject({
      lastRun: { id: last.report.id, verdict: 'works' },
      lastWorkedAt: last.report.startedAt,
    })
  })

  test('that sends brings the message, with the settings that worked', async () => {
    const { client } = await open()
    const { account } = await practise({ client } as Services)
    const input = run(account.id, { purpose: 'send', sendTo: 'anna@practice.test' })
    const ended = (await collect(await client.runs.run(input))).at(-1)
    expect(ended).toMatchObject({ kind: 'ended', report: { sendTo: 'anna@practice.test' } })
    const [entry] = await client.practice.inbox()
    expect(entry).toMatchObject({ rcptTo: ['anna@practice.test'], encrypted: true })
    const message = await client.practice.message({ id: entry?.id ?? '' })
    expect(message.text).toMatch(/TLSv1\.[23]/)
  })

  test('of a draft is not in any history, and its report can be asked for', async () => {
    const { client } = await open()
    const { smtp } = await client.practice.start()
    const relay = smtp.find(({ user }) => user === null)
    const settings = AccountSettings.parse({
      host: relay?.host,
      port: relay?.port,
      auth: 'none',
      from: 'a@practice.test',
    })
    const input = RunInput.parse({ target: { kind: 'draft', settings }, purpose: 'test' })
    const ended = (await collect(await client.runs.run(input))).at(-1)
    if (ended?.kind !== 'ended') throw new Error('no report')
    expect(await client.runs.report({ runId: ended.report.id })).toEqual(ended.report)
    expect(await client.runs.history({ accountId: 'draft' })).toEqual([])
  })

  test('that is stopped from elsewhere still ends with its report', async () => {
    const { client } = await open()
    await client.practice.start()
    await client.practice.setFaults({ active: [await faultLike(client, /silen/)] })
    const { account } = await client.practice.createAccount({ endpoint: null })
    const events: RunEvent[] = []
    for await (const event of await client.runs.run(run(account.id))) {
      events.push(event)
      if (event.kind === 'step-started' && event.id === 'connect' && events[0]?.kind === 'started') {
        await client.runs.stop({ runId: events[0].runId })
      }
    }
    expect(events.at(-1)).toMatchObject({ kind: 'ended' })
    expect(await client.runs.history({ accountId: account.id })).toMatchObject([{ verdict: 'stopped' }])
  })

  test('whose reader leaves is stopped, and what it learnt is kept', async () => {
    const { client } = await open()
    await client.practice.start()
    await client.practice.setFaults({ active: [await faultLike(client, /silen/)] })
    const { account } = await client.practice.createAccount({ endpoint: null })
    for await (const event of await client.runs.run(run(account.id))) {
      if (event.kind === 'step-started' && event.id === 'connect') break
    }
    expect(await client.runs.history({ accountId: account.id })).toMatchObject([{ verdict: 'stopped' }])
  })

  test('takes the domain step over from an earlier one of the same account', async () => {
    const { client } = await open()
    const { account } = await practise({ client } as Services)
    const first = (await collect(await client.runs.run(run(account.id)))).at(-1)
    if (first?.kind !== 'ended') throw new Error('no report')
    const again = (await collect(await client.runs.run(run(account.id, { reuse: first.report.id })))).at(-1)
    if (again?.kind !== 'ended') throw new Error('no report')
    const domainOf = (report: typeof first.report) => report.steps.find(({ id }) => id === 'domain')?.evidence
    expect(domainOf(again.report)).toEqual(domainOf(first.report))
  })

  test.each([
    ['nobody to send to', { purpose: 'send' }, { code: 'bad-input', field: 'sendTo' }],
    ['a recipient without a domain', { sendTo: 'anna' }, { code: 'bad-input', field: 'sendTo' }],
    [
      'a resolver that is a name',
      { options: { resolver: 'dns.example.org' } },
      { code: 'bad-input', field: 'resolver' },
    ],
    [
      'a CA file that is not there',
      { options: { caFile: '/nonexistent/ca.pem' } },
      { code: 'file-missing', field: 'caFile' },
    ],
  ])('with %s is refused before anything is sent', async (_, extra, data) => {
    const { client } = await open()
    const settings = AccountSettings.parse({ host: '127.0.0.1', port: 9, from: 'a@practice.test' })
    const { account } = await client.accounts.create({ name: 'a', settings })
    const { error } = await safe(client.runs.run(run(account.id, extra)).then(collect))
    expect(error).toMatchObject({ code: 'PROBLEM', data })
  })

  test('of half-finished settings names the field that is missing', async () => {
    const { client } = await open()
    const { account } = await client.accounts.create({ name: 'a', settings: AccountSettings.parse({}) })
    const { error } = await safe(client.runs.run(run(account.id)).then(collect))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'configuration', field: 'host' } })
  })
})

describe('the door', () => {
  test('passes a problem on as the typed error of the contract', async () => {
    const { client } = await open()
    const { error, isDefined } = await safe(client.accounts.get({ id: 'nobody' }))
    expect(isDefined).toBe(true)
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'not-found', field: 'id' } })
  })

  test('refuses an input that the contract does not allow, and repeats no value of it', async () => {
    const { client } = await open()
    const secret = { kind: 'set', value: CANARY.repeat(1000) } as const
    const { error } = await safe(client.accounts.create({ name: 'a:b', settings: AccountSettings.parse({}), secret }))
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  test('masks a bug, and logs it once without what the caller sent', async () => {
    const log: string[] = []
    const home = tempFolder()
    const { client } = await open(home, log)
    await client.settings.update({ theme: 'dark' })
    // A report that no version of this program wrote.
    const { account } = await client.accounts.create({
      name: 'a',
      settings: AccountSettings.parse({ host: '127.0.0.1', port: 9 }),
    })
    await collect(await client.runs.run(run(account.id)))
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(join(home, 'mw', 'journal.sqlite'))
    database.exec(`UPDATE runs SET id = 'strange', report = '{"secret":"${CANARY.replaceAll("'", '')}"}'`)
    database.close()
    const { error } = await safe(client.runs.report({ runId: 'strange' }))
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong inside the program' })
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(/^runs\.report: /)
    expect(log[0]).not.toContain('canary')
  })
})

describe('an msmtprc', () => {
  const settings = AccountSettings.parse({
    host: 'mail.example.org',
    port: 587,
    security: 'starttls',
    user: 'jane@example.org',
    from: 'jane@example.org',
  })
  const prepare = async () => {
    const home = tempFolder()
    const { client } = await open(home)
    const { account } = await client.accounts.create({ name: 'work', settings, secret: { kind: 'set', value: CANARY } })
    return { home, client, accountIds: [account.id] }
  }

  test('with the password in it is shown masked and saved whole, with a backup of the old file', async () => {
    const { home, client, accountIds } = await prepare()
    const path = join(home, '.msmtprc')
    const old = Buffer.from([0x23, 0x20, 0xff, 0x0d, 0x0a])
    writeFileSync(path, old, { mode: 0o644 })
    const preview = await client.msmtprc.preview({ accountIds, secret: 'inline' })
    expect(preview.text).toContain('********')
    expect(preview.text).not.toContain('canary')
    expect(preview.targets[0]).toEqual({ path, exists: true })

    const saved = await client.msmtprc.save({ accountIds, secret: 'inline', path: '~/.msmtprc' })
    expect(saved).toMatchObject({ path, mode: '0600', keyringStored: false })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toContain(CANARY)
    expect(statSync(saved.backup ?? '').mode & 0o777).toBe(0o600)
    expect(readFileSync(saved.backup ?? '')).toEqual(old)
    expect(readdirSync(home).filter(name => name.startsWith('.msmtprc.')).length).toBe(1)
    expect(readdirSync(home).filter(name => name.startsWith('..msmtprc'))).toEqual([])
  })

  test('is taken by the real msmtp', async context => {
    if (!installed('msmtp')) context.skip('msmtp is not installed')
    const { home, client, accountIds } = await prepare()
    const { path } = await client.msmtprc.save({ accountIds, secret: 'inline', path: join(home, 'rc') })
    const said = execFileSync('msmtp', ['-C', path, '--pretend', 'x@example.org'], { input: '', encoding: 'utf8' })
    expect(said).toContain('mail.example.org')
  })

  test('goes to the place that msmtp would read', async () => {
    const { home, client, accountIds } = await prepare()
    const first = async () => (await client.msmtprc.preview({ accountIds, secret: 'prompt' })).targets[0]?.path
    expect(await first()).toBe(join(home, '.msmtprc'))
    mkdirSync(join(home, '.config', 'msmtp'), { recursive: true })
    writeFileSync(join(home, '.config', 'msmtp', 'config'), '')
    expect(await first()).toBe(join(home, '.config', 'msmtp', 'config'))
    writeFileSync(join(home, '.msmtprc'), '')
    expect(await first()).toBe(join(home, '.msmtprc'))
  })

  test.each([
    ['a folder', (path: string) => mkdirSync(path), 'it is a folder'],
    ['a link', (path: string) => execFileSync('ln', ['-s', '/etc/hosts', path]), 'symbolic link'],
    ['below a file', (path: string) => writeFileSync(join(path, '..'), ''), ''],
  ])('is not written where the target is %s', async (what, make, words) => {
    const { home, client, accountIds } = await prepare()
    const path = what === 'below a file' ? join(home, 'file', 'rc') : join(home, 'rc')
    if (what === 'below a file') writeFileSync(join(home, 'file'), 'x')
    else make(path)
    const { error } = await safe(client.msmtprc.save({ accountIds, secret: 'prompt', path }))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'io', remedy: expect.any(String) } })
    expect((error as Error).message).toContain(words)
  })

  test('without a stored password cannot hold one', async () => {
    const { client } = await open()
    const { account } = await client.accounts.create({ name: 'work', settings })
    const input = { accountIds: [account.id], secret: 'inline' as const, path: '/nonexistent/x' }
    const { error } = await safe(client.msmtprc.save(input))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { field: 'secret' } })
  })
})

describe('import', () => {
  test('of an msmtprc makes its accounts, secrets kept and commands not run', async () => {
    const { client } = await open()
    const marker = join(tempFolder(), 'ran')
    const text = [
      'defaults',
      'tls on',
      'account work',
      'host mail.example.org',
      'port 465',
      'tls_starttls off',
      'auth on',
      'user jane',
      `password ${CANARY}`,
      'account script : work',
      `passwordeval touch ${marker}`,
      'account default : work',
    ].join('\n')
    const { created } = await client.accounts.importText({ text })
    expect(created).toMatchObject([
      {
        account: { name: 'work', host: 'mail.example.org', port: 465, security: 'tls', auth: 'auto' },
        secret: 'session',
      },
      { account: { name: 'script' } },
    ])
    expect(existsSync(marker)).toBe(false)
  })

  test('of text that holds no account says so', async () => {
    const { client } = await open()
    const { error } = await safe(client.accounts.importText({ text: 'hello' }))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'bad-input', field: 'text' } })
  })
})

describe('storage', () => {
  test('tells what lies where, and deletes all of it and nothing else', async () => {
    const home = tempFolder()
    const { client, home: folder } = await open(home)
    const { account } = await practise({ client } as Services)
    await client.settings.update({ theme: 'dark' })
    await collect(await client.runs.run(run(account.id)))
    writeFileSync(join(folder, 'mine.txt'), 'x')
    const info = await client.storage.info()
    const names = info.files.map(({ path }) => path.slice(folder.length + 1).split('/')[0])
    expect(new Set(names)).toEqual(new Set(['accounts.json', 'journal.sqlite', 'practice', 'settings.json']))
    expect(info.secrets).toEqual([{ accountName: 'Practice', where: expect.stringContaining('memory') }])

    await client.practice.stop()
    await client.storage.deleteAll({ confirm: 'delete everything' })
    expect(readdirSync(folder)).toEqual(['mine.txt'])
    expect(await client.accounts.list()).toEqual([])
    expect(await client.settings.get()).toMatchObject({ theme: 'system' })
  })

  test('holds the password in no form after everything was done with it', async () => {
    const home = tempFolder()
    const log: string[] = []
    const { client } = await open(home, log)
    const { smtp } = await client.practice.start()
    const way = smtp.find(({ security }) => security === 'starttls')
    const settings = AccountSettings.parse({
      host: way?.host,
      port: way?.port,
      security: 'starttls',
      user: way?.user,
      verifyCertificate: false,
      from: 'a@practice.test',
    })
    const { account } = await client.accounts.create({
      name: 'canary',
      settings,
      secret: { kind: 'set', value: CANARY },
    })
    const report = (await collect(await client.runs.run(run(account.id)))).at(-1)
    expect(JSON.stringify(report)).toContain('rejected')
    await client.accounts.duplicate({ id: account.id })
    await client.accounts.remove({ id: account.id })
    const plain = Buffer.from(CANARY)
    const forms = [CANARY, JSON.stringify(CANARY).slice(1, -1), plain.toString('hex'), encodeURIComponent(CANARY)]
    // Base64 of the password at each of the three places that it may begin at within a longer text.
    for (const lead of ['', 'x', 'xx'])
      forms.push(
        Buffer.from(lead + CANARY)
          .toString('base64')
          .slice(4, -4),
      )
    const everything = [
      JSON.stringify(report),
      log.join('\n'),
      ...filesUnder(home).map(path => readFileSync(path, 'latin1')),
    ]
    for (const form of forms) for (const text of everything) expect(text.includes(form)).toBe(false)
  })
})

async function faultLike(client: Services['client'], pattern: RegExp): Promise<string> {
  const { faults } = await client.practice.status()
  const fault = faults.find(({ id }) => pattern.test(id))
  if (!fault) throw new Error(`no fault like ${pattern.source} in ${faults.map(({ id }) => id).join(' ')}`)
  return fault.id
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

function installed(name: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
