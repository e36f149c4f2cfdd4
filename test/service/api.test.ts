import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { collect, openServices, practise, runOf } from './support/services.ts'
import { tempFolder } from './support/temp-home.ts'

const CANARY = 'canary-Zk7#q pass"word'

describe('the door', () => {
  test('passes a problem on as the typed error of the contract', async () => {
    const { client } = await openServices()
    const { error, isDefined } = await safe(client.accounts.get({ id: 'nobody' }))
    expect(isDefined).toBe(true)
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'not-found', field: 'id' } })
  })

  test('refuses an input that the contract does not allow, and repeats no value of it', async () => {
    const { client } = await openServices()
    const secret = { kind: 'set', value: CANARY.repeat(1000) } as const
    const { error } = await safe(client.accounts.create({ name: 'a:b', settings: AccountSettings.parse({}), secret }))
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  test('masks a bug, and logs it once without what the caller sent', async () => {
    const log: string[] = []
    const home = tempFolder()
    const { client } = await openServices(home, log)
    await client.settings.update({ theme: 'dark' })
    // A report that no version of this program wrote.
    const { account } = await client.accounts.create({
      name: 'a',
      settings: AccountSettings.parse({ host: '127.0.0.1', port: 9 }),
    })
    await collect(await client.runs.run(runOf(account.id)))
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

describe('import', () => {
  test('of an msmtprc makes its accounts, secrets kept and commands not run', async () => {
    const { client } = await openServices()
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

  test('of an SMTP URL keeps the password that stands in it', async () => {
    const { client } = await openServices()
    const text = ' smtps://jane%40example.org:p%40ss@mail.example.org:465 '
    expect(await client.accounts.importText({ text })).toMatchObject({
      created: [
        {
          account: {
            name: 'mail.example.org',
            host: 'mail.example.org',
            port: 465,
            security: 'tls',
            user: 'jane@example.org',
          },
          secret: 'session',
        },
      ],
    })
  })

  test('of an account as JSON gives it a free name', async () => {
    const { client } = await openServices()
    const text = JSON.stringify({ name: 'work', host: 'mail.example.org' })
    await client.accounts.importText({ text })
    const { created, notes } = await client.accounts.importText({ text, format: 'account' })
    expect(created).toMatchObject([{ account: { name: 'work (2)' } }])
    expect(notes).toEqual([expect.stringContaining('work (2)')])
  })

  test('of ten thousand accounts takes one change of the file', async () => {
    const { client } = await openServices()
    const accounts = Array.from({ length: 10_000 }, (_, number) => `account a${number}\nhost h${number}.example.org`)
    const { created } = await client.accounts.importText({ text: accounts.join('\n') })
    expect(created).toHaveLength(10_000)
  })

  test.each([
    ['a format that nobody knows', { format: 'yaml', text: 'a: b' }, 'format'],
    ['broken JSON', { text: '{"host": ' }, 'text'],
  ])('of %s says so', async (_, input, field) => {
    const { client } = await openServices()
    const { error } = await safe(client.accounts.importText(input))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'bad-input', field } })
  })

  test('of text that holds no account says so', async () => {
    const { client } = await openServices()
    const { error } = await safe(client.accounts.importText({ text: 'hello' }))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'bad-input', field: 'text' } })
  })
})

describe('storage', () => {
  test('tells what lies where, and deletes all of it and nothing else', async () => {
    const home = tempFolder()
    const { client, home: folder } = await openServices(home)
    const { account } = await practise({ client })
    await client.settings.update({ theme: 'dark' })
    await collect(await client.runs.run(runOf(account.id)))
    writeFileSync(join(folder, 'mine.txt'), 'x')
    const info = await client.storage.info()
    const names = info.files.map(({ path }) => path.slice(folder.length + 1).split('/')[0])
    expect(new Set(names)).toEqual(new Set(['accounts.json', 'journal.sqlite', 'practice', 'settings.json']))
    expect(info.secrets).toEqual([{ accountName: 'Practice', where: expect.stringContaining('memory') }])

    await client.storage.deleteAll({ confirm: 'delete everything' })
    expect(readdirSync(folder)).toEqual(['mine.txt'])
    expect(await client.accounts.list()).toEqual([])
    expect(await client.settings.get()).toMatchObject({ theme: 'system' })
    expect(await client.practice.status()).toMatchObject({ running: false })
    expect(await practise({ client })).toMatchObject({ account: { name: 'Practice' } })
  })

  test('holds the password in no form after everything was done with it', async () => {
    const home = tempFolder()
    const log: string[] = []
    const { client } = await openServices(home, log)
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
    const report = (await collect(await client.runs.run(runOf(account.id)))).at(-1)
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

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}
