import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import Conf from 'conf'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Account } from '#shared/account/account.ts'
import { JsonStore, type StoreSpec } from '#service/store/json-store.ts'
import { accountStore, NOW } from '../support/store-parts.ts'
import { tempFolder } from '../support/temp-home.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../../..')

const account = (name: string) => Account.parse({ id: `id-${name}`, name, host: 'mail.example.org' })
const add = (home: string, name: string) =>
  accountStore(home).change(file => [{ ...file, accounts: [...file.accounts, account(name)] }, name])
const names = (home: string) =>
  accountStore(home)
    .read()
    .accounts.map(({ name }) => name)

test('reading what was never written leaves no trace on the disk', () => {
  const home = join(tempFolder(), 'never')
  expect(accountStore(home).read()).toEqual({ accounts: [], defaultId: null })
  expect(existsSync(home)).toBe(false)
})

test('the file is for its owner only, and so is the folder', () => {
  const home = join(tempFolder(), 'a', 'home')
  add(home, 'work')
  expect(statSync(join(home, 'accounts.json')).mode & 0o777).toBe(0o600)
  expect(statSync(home).mode & 0o777).toBe(0o700)
})

test('a store that another process changed is read again', () => {
  const home = tempFolder()
  const mine = accountStore(home)
  expect(mine.read().accounts).toHaveLength(0)
  add(home, 'work')
  expect(mine.read().accounts).toHaveLength(1)
})

test('nothing but the store itself stays behind after a change', () => {
  const home = tempFolder()
  add(home, 'work')
  add(home, 'private')
  expect(readdirSync(home)).toEqual(['accounts.json'])
})

describe('a file that cannot be read', () => {
  test('is kept aside when it was cut in half, and is reported by every process from then on', () => {
    const home = tempFolder()
    add(home, 'work')
    const path = join(home, 'accounts.json')
    truncateSync(path, Math.floor(statSync(path).size / 2))
    const half = readFileSync(path)

    expect(accountStore(home).read().accounts).toEqual([])
    const keptAs = join(home, 'accounts.broken-20261121T094400Z.json')
    expect(accountStore(home).problem()).toMatchObject({ keptAs })
    expect(readFileSync(keptAs)).toEqual(half)
    add(home, 'new')
    expect(names(home)).toEqual(['new'])
    expect(readFileSync(keptAs)).toEqual(half)
  })

  test.each([
    ['empty', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['no store', '{"a":1}'],
    ['binary', '\u0000\u0001'],
  ])('is kept aside when it is %s', (_, text) => {
    const home = tempFolder()
    writeFileSync(join(home, 'accounts.json'), text)
    expect(names(home)).toEqual([])
    expect(readFileSync(join(home, 'accounts.broken-20261121T094400Z.json'), 'utf8')).toBe(text)
  })

  test('never takes the place of one that was kept aside before', () => {
    const home = tempFolder()
    for (const text of ['first', 'second']) {
      writeFileSync(join(home, 'accounts.json'), text)
      names(home)
    }
    expect(readFileSync(join(home, 'accounts.broken-20261121T094400Z.json'), 'utf8')).toBe('first')
    expect(readFileSync(join(home, 'accounts.broken-20261121T094400Z-2.json'), 'utf8')).toBe('second')
  })

  test('loses only the account that is wrong, and a copy of the whole is kept', () => {
    const home = tempFolder()
    const whole = JSON.stringify({
      version: 1,
      defaultId: 'id-b',
      accounts: [account('a'), { ...account('b'), port: 'many' }, account('c')],
    })
    writeFileSync(join(home, 'accounts.json'), whole)
    expect(names(home)).toEqual(['a', 'c'])
    expect(accountStore(home).read().defaultId).toBe('id-a')
    expect(readFileSync(join(home, 'accounts.broken-20261121T094400Z.json'), 'utf8')).toBe(whole)
    expect(readdirSync(home).filter(name => name.includes('broken'))).toHaveLength(1)
  })

  test('of a newer program is left alone, with a problem that says so', () => {
    const home = tempFolder()
    const text = JSON.stringify({ version: 2, accounts: { new: 'shape' } })
    writeFileSync(join(home, 'accounts.json'), text)
    expect(() => names(home)).toThrow(expect.objectContaining({ code: 'configuration' }))
    expect(() => add(home, 'x')).toThrow(/newer/)
    expect(readFileSync(join(home, 'accounts.json'), 'utf8')).toBe(text)
  })
})

describe('a place that cannot be written to', () => {
  test('a folder in place of the file is a problem that names the path and a remedy', () => {
    const home = tempFolder()
    mkdirSync(join(home, 'accounts.json'))
    expect(() => add(home, 'x')).toThrow(
      expect.objectContaining({ code: 'io', field: join(home, 'accounts.json'), remedy: expect.any(String) }),
    )
  })

  test('a file in place of the folder is a problem', () => {
    const home = join(tempFolder(), 'file')
    writeFileSync(home, '')
    expect(() => add(home, 'x')).toThrow(expect.objectContaining({ code: 'io' }))
  })

  test.skipIf(process.getuid?.() !== 0 || !canDropPrivileges())(
    'a read-only folder is a problem, and what is stored is still there',
    async () => {
      const home = tempFolder()
      add(home, 'work')
      chmodSync(join(home, 'accounts.json'), 0o644)
      chmodSync(home, 0o555)
      const { stdout } = await run(
        'setpriv',
        [...NOBODY, process.execPath, '--input-type=module', '-e', WRITER, home],
        { cwd: ROOT },
      )
      expect(JSON.parse(stdout)).toMatchObject({ code: 'io', names: ['work'] })
    },
  )

  test.skipIf(process.getuid?.() !== 0 || !canMount())(
    'a full disk is a problem, and nothing that is stored is lost',
    async () => {
      const home = tempFolder()
      // A file system of its own, in a mount namespace that ends with the process.
      const script = `mount -t tmpfs -o size=64k none "$1" && exec "$2" --input-type=module -e "$3" "$1"`
      const args = ['-m', 'sh', '-c', script, 'sh', home, process.execPath, FILLER]
      const { stdout } = await run('unshare', args, { cwd: ROOT })
      const seen: unknown = JSON.parse(stdout)
      expect(seen).toMatchObject({ code: 'io', message: expect.stringContaining('disk is full'), whole: true })
    },
  )
})

test('four processes that write at once lose nothing of each other', async () => {
  const home = tempFolder()
  await Promise.all(
    ['a', 'b', 'c', 'd'].map(letter =>
      run(process.execPath, ['--input-type=module', '-e', ADDER, home, letter, '12'], { cwd: ROOT }),
    ),
  )
  expect(new Set(names(home)).size).toBe(48)
})

test('a lock that a dead process left behind is taken over', () => {
  const home = tempFolder()
  const lock = join(home, 'accounts.json.lock')
  writeFileSync(lock, '1\n')
  utimesSync(lock, new Date(0), new Date(0))
  add(home, 'work')
  expect(names(home)).toEqual(['work'])
})

test('an older format is brought forward step by step, and written at the next change only', () => {
  const home = tempFolder()
  const spec: StoreSpec<{ readonly words: readonly string[] }> = {
    name: 'words',
    version: 3,
    empty: { words: [] },
    migrations: {
      1: data => ({ list: String(data['text']).split(' ') }),
      2: data => ({ words: data['list'] }),
    },
    parse(data) {
      const parsed = z.object({ words: z.array(z.string()) }).safeParse(data)
      return parsed.success ? { value: parsed.data, lost: [] } : null
    },
  }
  const old = JSON.stringify({ version: 1, text: 'one two' })
  writeFileSync(join(home, 'words.json'), old)
  const store = new JsonStore(home, spec, Conf, () => NOW)
  expect(store.read()).toEqual({ words: ['one', 'two'] })
  expect(readFileSync(join(home, 'words.json'), 'utf8')).toBe(old)
  store.change(({ words }) => [{ words: [...words, 'three'] }, undefined])
  expect(JSON.parse(readFileSync(join(home, 'words.json'), 'utf8'))).toEqual({
    version: 3,
    words: ['one', 'two', 'three'],
  })
})

const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups']

const OPEN = `
  import Conf from 'conf'
  import { JsonStore } from '#service/store/json-store.ts'
  import { ACCOUNTS } from '#service/store/specs.ts'
  import { Account } from '#shared/account/account.ts'
  const [home, letter, count] = process.argv.slice(1)
  const store = new JsonStore(home, ACCOUNTS, Conf, () => new Date())
  const add = (name, from = null) => store.change(file =>
    [{ ...file, accounts: [...file.accounts, Account.parse({ id: name, name, aliases: from })] }, null])
`
const ADDER = `${OPEN}
  for (let number = 0; number < Number(count); number += 1) add(letter + number)
`
const WRITER = `${OPEN}
  let code = 'written'
  try { add('x') } catch (error) { code = error.code }
  console.log(JSON.stringify({ code, names: store.read().accounts.map(({ name }) => name) }))
`
const FILLER = `${OPEN}
  let stored = 0
  try { for (;;) { add('n' + stored, 'x'.repeat(3000)); stored += 1 } } catch (error) {
    const again = new JsonStore(home, ACCOUNTS, Conf, () => new Date())
    const { code, message } = error
    console.log(JSON.stringify({ code, message, stored, whole: again.read().accounts.length === stored && again.problem() === null }))
  }
`

function canDropPrivileges(): boolean {
  return succeeds('setpriv', [...NOBODY, 'test', '-r', ROOT, '-a', '-x', process.execPath])
}

function canMount(): boolean {
  return succeeds('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /mnt'])
}

function succeeds(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
