import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { safe } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { CONFIG_FILE_MAX_BYTES } from '#shared/contract/config-files.ts'
import { openServices } from './support/services.ts'
import { tempFolder } from './support/temp-home.ts'

/** CR LF, a lone CR, bytes that are not UTF-8, a NUL and no line feed at the end. */
const ODD = Buffer.from('account a\r\nhost mail\rx\n# \xff\xfe \0\nuser j', 'latin1')

const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64')

async function prepare() {
  const home = realpathSync(tempFolder())
  const { client } = await openServices(home)
  return { home, path: join(home, '.msmtprc'), client }
}

describe('where msmtp looks', () => {
  test('is told with mode and owner, the file that it would read first', async () => {
    const { home, path, client } = await prepare()
    expect((await client.configFiles.targets()).files).toMatchObject([{ path, exists: false, mode: null }, {}])
    const other = join(home, '.config', 'msmtp', 'config')
    mkdirSync(join(home, '.config', 'msmtp'), { recursive: true })
    writeFileSync(other, '')
    chmodSync(other, 0o640)
    expect((await client.configFiles.targets()).files).toEqual([
      { path: other, exists: true, mode: '0640', ownedByUser: true },
      { path, exists: false, mode: null, ownedByUser: null },
    ])
  })

  test('comes with what msmtp would find around itself', async () => {
    const { home, client } = await prepare()
    const { surroundings } = await client.configFiles.targets()
    expect(surroundings).toMatchObject({ home, email: null, smtpServer: null })
    expect(surroundings.hostname).not.toBe('')
  })
})

describe('opening a file', () => {
  test('gives its very bytes and its mode', async () => {
    const { path, client } = await prepare()
    writeFileSync(path, ODD)
    chmodSync(path, 0o644)
    const file = await client.configFiles.read({ path: '~/.msmtprc' })
    expect(file).toMatchObject({ path, bytes: base64(ODD), facts: { mode: 0o644, ownedByUser: true } })
  })

  test('through a link names the file that the link points at', async () => {
    const { home, path, client } = await prepare()
    mkdirSync(join(home, 'dotfiles'))
    writeFileSync(join(home, 'dotfiles', 'msmtprc'), 'account a\n')
    symlinkSync('dotfiles/msmtprc', path)
    expect((await client.configFiles.read({ path })).path).toBe(join(home, 'dotfiles', 'msmtprc'))
  })

  test.each([
    ['that is missing', 'gone', () => undefined, 'file-missing', 'there is no such file'],
    ['that is a folder', 'folder', (path: string) => mkdirSync(path), 'bad-input', 'it is not a file'],
    [
      'that is a pipe, without waiting for a writer',
      'pipe',
      (path: string) => spawnSync('mkfifo', [path]),
      'bad-input',
      'not a file',
    ],
    [
      'that is longer than 16 MiB',
      'long',
      (path: string) => {
        writeFileSync(path, '')
        truncateSync(path, CONFIG_FILE_MAX_BYTES + 1)
      },
      'bad-input',
      'more than',
    ],
  ])('%s says so, with the path and what to do', async (_, name, make, code, words) => {
    const { home, client } = await prepare()
    const path = join(home, name)
    make(path)
    const { error } = await safe(client.configFiles.read({ path }))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code, field: 'path', remedy: expect.any(String) } })
    expect(String(error)).toContain(path)
    expect(String(error)).toContain(words)
  })

  test('needs a full path', async () => {
    const { client } = await prepare()
    const { error } = await safe(client.configFiles.read({ path: 'msmtprc' }))
    expect(error).toMatchObject({ data: { code: 'bad-input', remedy: 'Begin with / or ~/.' } })
  })
})

describe('saving a file', () => {
  test('writes the very bytes with mode 0600 and keeps what was there', async () => {
    const { home, path, client } = await prepare()
    writeFileSync(path, ODD)
    chmodSync(path, 0o644)
    const { stamp } = await client.configFiles.read({ path })
    const changed = Buffer.concat([ODD, Buffer.from([0x0a, 0xfd])])
    const saved = await client.configFiles.save({ path, bytes: base64(changed), expected: stamp })
    expect(saved).toMatchObject({ path, facts: { mode: 0o600 } })
    expect(readFileSync(path)).toEqual(changed)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(saved.backup ?? '')).toEqual(ODD)
    expect(statSync(saved.backup ?? '').mode & 0o777).toBe(0o600)
    expect(readdirSync(home).filter(name => name.includes('msmtprc'))).toHaveLength(2)
    expect((await client.configFiles.read({ path })).stamp).toBe(saved.stamp)
  })

  test('makes a new file with its folder', async () => {
    const { home, client } = await prepare()
    const path = join(home, '.config', 'msmtp', 'config')
    const saved = await client.configFiles.save({ path, bytes: base64('account a\n'), expected: null })
    expect(saved.backup).toBeNull()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['was changed meanwhile', 'account b\n', 'another program changed'],
    ['was removed meanwhile', null, 'no longer there'],
  ])('that %s is a conflict, and nothing is written', async (_, now, words) => {
    const { home, path, client } = await prepare()
    writeFileSync(path, 'account a\n')
    const { stamp } = await client.configFiles.read({ path })
    if (now === null) rmSync(path)
    else writeFileSync(path, now)
    const { error } = await safe(client.configFiles.save({ path, bytes: base64('account c\n'), expected: stamp }))
    expect(error).toMatchObject({ data: { code: 'conflict', remedy: expect.any(String) } })
    expect(String(error)).toContain(words)
    expect(readdirSync(home).filter(name => name.includes('backup'))).toEqual([])
    if (now !== null) expect(readFileSync(path, 'utf8')).toBe(now)
  })

  test('as a new one does not touch a file that is there', async () => {
    const { path, client } = await prepare()
    writeFileSync(path, 'account a\n')
    const { error } = await safe(client.configFiles.save({ path, bytes: '', expected: null }))
    expect(error).toMatchObject({ data: { code: 'conflict' } })
    expect(readFileSync(path, 'utf8')).toBe('account a\n')
  })

  test('from two pages at once lets one of them win', async () => {
    const { path, client } = await prepare()
    writeFileSync(path, 'account a\n')
    const { stamp: expected } = await client.configFiles.read({ path })
    const saves = ['b', 'c'].map(name =>
      safe(client.configFiles.save({ path, bytes: base64(`account ${name}\n`), expected })),
    )
    const failed = (await Promise.all(saves)).filter(({ error }) => error !== null)
    expect(failed).toHaveLength(1)
    expect(failed[0]?.error).toMatchObject({ data: { code: 'conflict' } })
  })

  test('through links of the same person goes to the file at their end, and the links stay', async () => {
    const { home, path, client } = await prepare()
    const real = join(home, 'dotfiles', 'msmtprc')
    mkdirSync(join(home, 'dotfiles'))
    writeFileSync(real, 'account a\n')
    symlinkSync('dotfiles/msmtprc', join(home, 'between'))
    symlinkSync('between', path)
    const { stamp } = await client.configFiles.read({ path })
    const saved = await client.configFiles.save({ path, bytes: base64('account b\n'), expected: stamp })
    expect(saved).toMatchObject({ path: real, facts: { mode: 0o600 } })
    expect(dirname(saved.backup ?? '')).toBe(dirname(real))
    expect(readFileSync(saved.backup ?? '', 'utf8')).toBe('account a\n')
    expect(readlinkSync(path)).toBe('between')
    expect(readFileSync(path, 'utf8')).toBe('account b\n')
  })

  test('that did not arrive whole is refused', async () => {
    const { path, client } = await prepare()
    const { error } = await safe(client.configFiles.save({ path, bytes: 'YWNj*3VudA==', expected: null }))
    expect(error).toMatchObject({ data: { code: 'bad-input', field: 'bytes' } })
  })
})
