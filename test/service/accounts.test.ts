import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { AccountCreate } from '#shared/contract/account-view.ts'
import { SessionSecrets } from '#service/secrets/session-secrets.ts'
import { openAccounts } from './support/store-parts.ts'
import { tempFolder } from './support/temp-home.ts'

const CANARY = 'canary-Zk7#q/"pass word"'
const settings = AccountSettings.parse({ host: 'mail.example.org', port: 587, security: 'starttls', user: 'jane' })
const create = (name: string, extra: object = {}) => AccountCreate.parse({ name, settings, ...extra })

test('the first account becomes the default, the second does not', async () => {
  const { accounts } = openAccounts(tempFolder())
  expect(await accounts.create(create('work'))).toMatchObject({ isDefault: true, secret: 'none', lastRun: null })
  expect(await accounts.create(create('private'))).toMatchObject({ isDefault: false })
})

test('a name that is taken is refused, beside its field, with one that is free', async () => {
  const { accounts } = openAccounts(tempFolder())
  const { account } = await accounts.create(create('work'))
  const other = await accounts.create(create('private'))
  const conflict = expect.objectContaining({
    code: 'conflict',
    field: 'name',
    remedy: expect.stringContaining('work (2)'),
  })
  await expect(accounts.create(create('work'))).rejects.toEqual(conflict)
  const rename = { id: other.account.id, name: 'work', change: {}, secret: { kind: 'keep' } } as const
  await expect(accounts.update(rename)).rejects.toEqual(conflict)
  expect(await accounts.update({ ...rename, id: account.id })).toMatchObject({ account: { name: 'work' } })
})

test('settings that contradict each other are stored: people save work that is half done', async () => {
  const { accounts } = openAccounts(tempFolder())
  const half = AccountSettings.parse({ host: '', clientCertFile: '/a/certificate.pem' })
  expect(await accounts.create(AccountCreate.parse({ name: 'half', settings: half }))).toMatchObject({ account: half })
})

test('a change leaves alone what it does not name', async () => {
  const { accounts } = openAccounts(tempFolder())
  const { account } = await accounts.create(create('work'))
  await accounts.update({ id: account.id, change: { port: 465, security: 'tls' }, secret: { kind: 'keep' } })
  expect(accounts.find(account.id)).toEqual({ ...account, port: 465, security: 'tls' })
})

test('an account cannot claim that the key ring holds its secret', async () => {
  const { accounts } = openAccounts(tempFolder())
  const claiming = { ...settings, secret: { kind: 'keyring' } as const }
  const made = await accounts.create(AccountCreate.parse({ name: 'a', settings: claiming, secret: { kind: 'keep' } }))
  expect(made).toMatchObject({ secret: 'none', account: { secret: { kind: 'none' } } })
  const change = { secret: { kind: 'keyring' } as const }
  expect(await accounts.update({ id: made.account.id, change, secret: { kind: 'keep' } })).toMatchObject({
    secret: 'none',
  })
})

describe('removing', () => {
  test('is undone in place: position, default, secret', async () => {
    const { accounts, secrets } = openAccounts(tempFolder())
    const first = await accounts.create(create('first', { secret: { kind: 'set', value: CANARY } }))
    await accounts.create(create('second'))
    const { undo } = await accounts.remove(first.account.id)
    expect(accounts.list()).toMatchObject([{ account: { name: 'second' }, isDefault: true }])
    expect(await secrets.valueForMsmtp(first.account)).toBe(null)

    expect(await accounts.restore(undo)).toMatchObject({ account: first.account, isDefault: true, secret: 'session' })
    expect(accounts.list().map(({ account }) => account.name)).toEqual(['first', 'second'])
    expect(await secrets.valueForMsmtp(first.account)).toBe(CANARY)
    await expect(accounts.restore(undo)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is undone under another name where its own was taken meanwhile', async () => {
    const { accounts } = openAccounts(tempFolder())
    const { account } = await accounts.create(create('work'))
    const { undo } = await accounts.remove(account.id)
    await accounts.create(create('work'))
    expect(await accounts.restore(undo)).toMatchObject({ account: { id: account.id, name: 'work (2)' } })
  })
})

test('a copy has a name of its own and the same secret', async () => {
  const { accounts, secrets } = openAccounts(tempFolder())
  const { account } = await accounts.create(create('work', { secret: { kind: 'set', value: CANARY } }))
  const copy = await accounts.duplicate(account.id)
  expect(copy).toMatchObject({ account: { name: 'work (2)', host: account.host }, secret: 'session', isDefault: false })
  expect(await accounts.duplicate(copy.account.id)).toMatchObject({ account: { name: 'work (3)' } })
  expect(await secrets.valueForMsmtp(copy.account)).toBe(CANARY)
})

describe('secrets', () => {
  test('without a key ring stay in memory, and no file holds them in any form', async () => {
    const home = tempFolder()
    const { accounts, secrets } = openAccounts(home, [() => Promise.resolve({ kind: 'unavailable', why: 'none here' })])
    const view = await accounts.create(create('work', { secret: { kind: 'set', value: CANARY } }))
    await accounts.update({ id: view.account.id, change: {}, secret: { kind: 'set', value: CANARY } })
    await accounts.duplicate(view.account.id)
    expect(view).toMatchObject({ secret: 'session', account: { secret: { kind: 'prompt' } } })
    expect(await secrets.where()).toEqual({ kind: 'session', detail: 'in memory until the program ends (none here)' })
    expect(readdirSync(home)).not.toHaveLength(0)
    for (const name of readdirSync(home)) expectNoSecret(readFileSync(join(home, name)), CANARY)
    expect(JSON.stringify(await secrets.supply(view.account))).not.toContain('canary')
  })

  test('are kept for the session where the key ring refuses them', async () => {
    const refusing = new SessionSecrets()
    refusing.set = () => Promise.reject(new Error('locked'))
    const store = Object.assign(refusing, { kind: 'keyring' as const })
    const { accounts, secrets } = openAccounts(tempFolder(), [() => Promise.resolve({ kind: 'opened', store })])
    expect(await accounts.create(create('work', { secret: { kind: 'set', value: CANARY } }))).toMatchObject({
      secret: 'session',
    })
    expect((await secrets.where()).detail).toContain('locked')
  })

  test('that are forgotten are gone', async () => {
    const { accounts, secrets } = openAccounts(tempFolder())
    const { account } = await accounts.create(create('work', { secret: { kind: 'set', value: CANARY } }))
    expect(await accounts.update({ id: account.id, change: {}, secret: { kind: 'forget' } })).toMatchObject({
      secret: 'none',
    })
    expect(await secrets.supply(account)).toEqual({ kind: 'missing', because: 'not-asked' })
  })
})

test('when the account cannot be stored, its secret is not kept either', async () => {
  const home = tempFolder()
  mkdirSync(join(home, 'accounts.json'))
  const { accounts, secrets } = openAccounts(home)
  await expect(accounts.create(create('work', { secret: { kind: 'set', value: CANARY } }))).rejects.toMatchObject({
    code: 'io',
  })
  expect(existsSync(join(home, 'accounts.json.lock'))).toBe(false)
  await secrets.where()
})

function expectNoSecret(bytes: Buffer, secret: string): void {
  const plain = Buffer.from(secret)
  for (const form of [
    secret,
    plain.toString('base64').replace(/=+$/, ''),
    plain.toString('hex'),
    encodeURIComponent(secret),
  ]) {
    expect(bytes.includes(form)).toBe(false)
  }
}
