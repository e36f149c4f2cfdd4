import { execFileSync } from 'node:child_process'
import {
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { safe } from '@orpc/client'
import { expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { openServices } from './support/services.ts'
import { tempFolder } from './support/temp-home.ts'

const CANARY = 'canary-Zk7#q pass"word'

const settings = AccountSettings.parse({
  host: 'mail.example.org',
  port: 587,
  security: 'starttls',
  user: 'jane@example.org',
  from: 'jane@example.org',
})
const prepare = async () => {
  const home = tempFolder()
  const { client } = await openServices(home)
  const { account } = await client.accounts.create({ name: 'work', settings, secret: { kind: 'set', value: CANARY } })
  return { home, client, accountIds: [account.id] }
}

test('an msmtprc with the password in it is shown masked and saved whole, with a backup of the old file', async () => {
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

test('an msmtprc is taken by the real msmtp', async context => {
  if (!succeeds('msmtp', ['--version'])) context.skip('msmtp is not installed')
  const { home, client, accountIds } = await prepare()
  const { path } = await client.msmtprc.save({ accountIds, secret: 'inline', path: join(home, 'rc') })
  const said = execFileSync('msmtp', ['-C', path, '--pretend', 'x@example.org'], { input: '', encoding: 'utf8' })
  expect(said).toContain('mail.example.org')
})

test('an msmtprc goes to the place that msmtp would read', async () => {
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
  ['is a folder', 'rc', (path: string) => mkdirSync(path), 'it is a folder'],
  ['is a link to nothing', 'rc', (path: string) => symlinkSync('gone', path), 'which does not exist'],
  ['is a link to a folder', 'rc', (path: string) => symlinkSync('.', path), 'which is not a regular file'],
  ['is a link to itself', 'rc', (path: string) => symlinkSync('rc', path), 'round in a circle'],
  ['lies below a file', 'file/rc', (path: string) => writeFileSync(dirname(path), 'x'), 'a file, not a folder'],
])('an msmtprc is not written where the target %s', async (_, name, make, words) => {
  const { home, client, accountIds } = await prepare()
  const path = join(home, name)
  make(path)
  const { error } = await safe(client.msmtprc.save({ accountIds, secret: 'prompt', path }))
  expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'io', remedy: expect.any(String) } })
  expect(String(error)).toContain(words)
})

test.for([
  ['a link of another user', (path: string, target: string) => linkOf(path, target, 65_534, 0)],
  ["a link to another user's file", (path: string, target: string) => linkOf(path, target, 0, 65_534)],
] as const)('an msmtprc is not written through %s', async ([, make], context) => {
  if (process.getuid?.() !== 0) context.skip('only root can play another user')
  const { home, client, accountIds } = await prepare()
  const [path, target] = [join(home, 'rc'), join(home, 'target')]
  make(path, target)
  const { error } = await safe(client.msmtprc.save({ accountIds, secret: 'prompt', path }))
  expect(error).toMatchObject({ data: { code: 'io', message: expect.stringContaining('belongs to another user') } })
  expect(readFileSync(target, 'utf8')).toBe('theirs')
})

function linkOf(path: string, target: string, linkOwner: number, fileOwner: number): void {
  writeFileSync(target, 'theirs')
  chownSync(target, fileOwner, fileOwner)
  symlinkSync(target, path)
  lchownSync(path, linkOwner, linkOwner)
}

test('a full disk leaves the old msmtprc as it was', async context => {
  if (process.getuid?.() !== 0 || !succeeds('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /mnt'])) {
    context.skip('a file system of its own cannot be mounted here')
  }
  const home = tempFolder()
  // The disk has room for the old file and for nothing else.
  const script = `mount -t tmpfs -o size=16k none "$1" && exec "$2" --input-type=module -e "$3" "$1"`
  const args = ['-m', 'sh', '-c', script, 'sh', home, process.execPath, FULL_DISK]
  const seen: unknown = JSON.parse(
    execFileSync('unshare', args, { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' }),
  )
  expect(seen).toMatchObject({
    code: 'io',
    message: expect.stringContaining('disk is full'),
    same: true,
    names: ['rc'],
  })
})

const FULL_DISK = `
  import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
  import { writePrivateFile } from '#service/private-file.ts'
  const [home] = process.argv.slice(1)
  const path = home + '/rc'
  const old = '#'.repeat(9000)
  writeFileSync(path, old)
  try { await writePrivateFile(path, 'host x', new Date()) } catch ({ code, message }) {
    console.log(JSON.stringify({ code, message, same: readFileSync(path, 'utf8') === old, names: readdirSync(home) }))
  }
`

test('an msmtprc without a stored password cannot hold one', async () => {
  const { client } = await openServices()
  const { account } = await client.accounts.create({ name: 'work', settings })
  const input = { accountIds: [account.id], secret: 'inline' as const, path: '/nonexistent/x' }
  const { error } = await safe(client.msmtprc.save(input))
  expect(error).toMatchObject({ code: 'PROBLEM', data: { field: 'secret' } })
})

function succeeds(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
