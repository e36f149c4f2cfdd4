import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import type { Command, CommandIo, OptionValues } from '#host/cli/command.ts'
import { msmtprcCheck, msmtprcParse, msmtprcPretend } from '#host/cli/msmtprc.ts'
import { canonicalName } from '#service/msmtp-environment.ts'
import { printJson } from '#shared/escape.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'msmtprc-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(text: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, 'file.msmtprc')
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

async function run(
  command: Command,
  file: string,
  options: OptionValues = {},
  given: { stdin?: string; env?: CommandIo['env'] } = {},
) {
  const notes: string[] = []
  const io: CommandIo = {
    operands: [file],
    options,
    json: true,
    deadline: new Deadline(10_000),
    env: { HOME: '/home/ann', USER: 'ann', HOSTNAME: 'localhost', ...given.env },
    readStdin: () => Promise.resolve(Buffer.from(given.stdin ?? '')),
    note: line => notes.push(line),
    print: () => {},
    askSecret: () => Promise.resolve(null),
  }
  return { ...(await command.run(io)), notes }
}

const TWO =
  'defaults\ntls on\naccount a\nhost a.example\nfrom ann@example.org\naccount default\nhost b.example\nauth on\nuser u\npassword hunter2\n'

describe('msmtprc parse', () => {
  test('gives lines, accounts with what the file sets for them, and complaints', async () => {
    const { json, exit } = await run(msmtprcParse, fileOf(`${TWO}foo\n`))
    expect(exit).toBe(0)
    expect(json).toMatchObject({
      accounts: [
        { name: 'a', settings: { tls: 'on', host: 'a.example', from: 'ann@example.org' }, line: 3 },
        {
          name: 'default',
          settings: { tls: 'on', host: 'b.example', auth: 'choose', user: 'u', password: '*' },
          line: 6,
        },
      ],
      problems: [{ line: 11, code: 'unknown-command', message: 'unknown command foo' }],
    })
    expect(json).toHaveProperty('lines.9', 'password *')
    expect(json).toHaveProperty('lines.length', 11)
  })

  test('prints no password in any form', async () => {
    const { json, text } = await run(msmtprcParse, fileOf(`${TWO}# password hunter2\npassword=hunter2\n`))
    expect(printJson(json) + text).not.toContain('hunter2')
  })
})

describe('msmtprc check', () => {
  test('exits 0 for what msmtp reads, with each problem in the shape that was promised', async () => {
    const { json, exit, error } = await run(msmtprcCheck, fileOf('account a\nhost h\ndomain x\nkeepbcc\n'))
    expect({ exit, error }).toEqual({ exit: 0, error: null })
    expect(json).toEqual({
      problems: [
        {
          line: null,
          code: 'no-default-account',
          severity: 'error',
          message: expect.any(String),
          fix: 'add a last line: account default : a',
        },
        {
          line: 4,
          code: 'obsolete-command',
          severity: 'info',
          message: expect.any(String),
          fix: 'remove_bcc_headers off',
        },
      ],
    })
  })

  test.each(['foo\n', 'account a : b\n', 'host h\nport x\n'])('exits 78 for %j, which msmtp refuses', async text => {
    expect(await run(msmtprcCheck, fileOf(text))).toMatchObject({ exit: 78, error: { code: 'configuration' } })
  })

  test('judges the mode of a file with a password as msmtp would for this user', async () => {
    const { json, exit } = await run(msmtprcCheck, fileOf(TWO, 0o644))
    expect(printJson(json)).toContain('must have no more than user read/write permissions')
    // msmtp lets root read anything.
    expect(exit).toBe(process.geteuid?.() === 0 ? 0 : 78)
  })

  test('reads standard input for -, which has no mode', async () => {
    expect(await run(msmtprcCheck, '-', {}, { stdin: 'host\n' })).toMatchObject({ exit: 78 })
  })

  test('a file that is missing, or none, is a problem of its own', async () => {
    await expect(run(msmtprcCheck, join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(run(msmtprcCheck, folder)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('msmtprc pretend', () => {
  test('prints what msmtp would use for an account or a sender', async () => {
    const byName = await run(msmtprcPretend, fileOf(TWO), { account: 'a' })
    expect(byName).toMatchObject({ exit: 0, json: { account: 'a', settings: { host: 'a.example', password: null } } })
    const bySender = await run(msmtprcPretend, fileOf(TWO), { from: 'Ann+x@example.org' })
    expect(bySender.text).toContain('account chosen by envelope from address Ann+x@example.org: a\n')
    const byDefault = await run(msmtprcPretend, fileOf(TWO))
    expect(byDefault.text).toContain('\npassword = *\n')
    expect(byDefault.text).not.toContain('hunter2')
  })

  test('exits 78 where msmtp would find no account, and says it in its words', async () => {
    const result = await run(msmtprcPretend, fileOf(TWO), { account: 'nobody' })
    expect(result).toMatchObject({
      exit: 78,
      error: { message: expect.stringContaining('account nobody not found in ') },
    })
    expect(await run(msmtprcPretend, fileOf('foo\n'))).toMatchObject({
      exit: 78,
      error: { message: expect.stringMatching(/line 1: unknown command foo$/) },
    })
  })

  test('runs no command of the file, and says which it did not run', async () => {
    const proof = join(folder, 'proof')
    const text = `host h\neval touch ${proof}\nauth on\nuser u\npasswordeval touch ${proof}\n`
    const result = await run(msmtprcPretend, fileOf(text))
    expect(result.text).toContain('\npassword = *\n')
    expect(result.notes).toEqual([expect.stringMatching(/line 2: eval is not run/)])
    await expect(run(msmtprcParse, proof)).rejects.toMatchObject({ code: 'file-missing' })
  })

  test('takes commands that came after 1.8.23, with a note', async () => {
    const result = await run(msmtprcPretend, fileOf('host h\nfrom_full_name Ann\nset_to_header\n'))
    expect(result).toMatchObject({
      exit: 0,
      notes: [expect.stringContaining('1.8.24'), expect.stringContaining('1.8.29')],
    })
  })

  test('takes $EMAIL and $SMTPSERVER for a default account that is not there', async () => {
    const env = { EMAIL: 'e@x', SMTPSERVER: 'srv' }
    expect(await run(msmtprcPretend, fileOf('account a\nhost h\n'), {}, { env })).toMatchObject({
      exit: 0,
      json: { account: null, settings: { host: 'srv' } },
    })
  })

  test('shows bytes that are no text as escapes', async () => {
    const bytes = Uint8Array.from([...Buffer.from('host h\nuser '), 0xff, 0x0a])
    expect((await run(msmtprcPretend, fileOf(bytes))).text).toContain('user = \\xff\n')
  })
})

test('the canonical name of a host is the first one of its line in the hosts file', () => {
  const hosts = '127.0.0.1 localhost\n127.0.1.1\tbox.example.org box # me\n'
  expect(canonicalName(hosts, 'box')).toBe('box.example.org')
  expect(canonicalName(hosts, 'other')).toBe('other')
  expect(canonicalName(null, 'box')).toBe('box')
})
