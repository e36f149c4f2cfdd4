import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import type { Command, CommandIo, OptionValues } from '#host/cli/command.ts'
import { configure } from '#host/cli/configure.ts'
import { convert } from '#host/cli/convert.ts'
import { formats } from '#host/cli/formats.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

async function run(command: Command, operands: readonly string[], options: OptionValues = {}, stdin = '') {
  const notes: string[] = []
  const io: CommandIo = {
    operands,
    options,
    json: true,
    deadline: new Deadline(10_000),
    env: {},
    readStdin: () => Promise.resolve(Buffer.from(stdin)),
    note: line => notes.push(line),
    print: () => {},
    askSecret: () => Promise.resolve(null),
  }
  return { ...(await command.run(io)), notes }
}

async function asked(address: string, zone: Zone) {
  const { server } = await withZone(zone)
  return run(configure, [address], { dns: `${server.host}:${server.port}` })
}

describe('configure', () => {
  test('prints the candidates, the surest first', async () => {
    const { json, text, exit, error } = await asked('anna@example.org', {
      '_submissions._tcp.example.org': [['SRV', [0, 1, 465, 'smtp.example.org']]],
    })
    expect({ exit, error }).toEqual({ exit: 0, error: null })
    expect(json).toMatchObject({
      address: 'anna@example.org',
      domain: 'example.org',
      candidates: [{ source: 'srv', host: 'smtp.example.org', port: 465, security: 'tls', user: 'anna@example.org' }],
      best: { host: 'smtp.example.org' },
    })
    expect(Object.keys(json)).toEqual(['address', 'domain', 'candidates', 'best'])
    expect(text).toContain('smtp.example.org:465')
  })

  test.each<[string, Zone, number]>([
    ['a domain that does not exist is 68', { 'example.net': [['A', '192.0.2.1']] }, 68],
    ['a resolver that fails is 75', { 'example.org': [['RCODE', 2]] }, 75],
    ['a domain without any hint is 69', { 'example.org': [['MX', [10, 'mx.example.org']]] }, 69],
  ])('%s', async (_, zone, exit) => {
    const result = await asked('anna@example.org', zone)
    expect(result.exit).toBe(exit)
    expect(result.json).toMatchObject({ candidates: [], best: null })
  })

  test('something that is no address is bad input', async () => {
    await expect(run(configure, ['anna'])).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('convert', () => {
  const NODEMAILER = '{"host":"smtp.example.org","port":465,"secure":true,"auth":{"user":"anna","pass":"canary-31"}}'

  test('reads a file, recognises it, and leaves the password behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'convert-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'mail.json')
    writeFileSync(file, NODEMAILER)
    const result = await run(convert, [file], { to: 'postfix' })
    expect(result).toMatchObject({ exit: 0, json: { from: 'nodemailer-json', to: 'postfix' } })
    expect(result.text).toContain('relayhost = [smtp.example.org]:465')
    expect(JSON.stringify(result)).not.toContain('canary-31')
  })

  test('reads standard input in a format that is named', async () => {
    const result = await run(convert, ['-'], { from: 'nodemailer-json', to: 'smtp-url' }, NODEMAILER)
    expect(result.text).toBe('smtps://anna:PASSWORD-GOES-HERE@smtp.example.org:465')
  })

  test('what is not carried over is a note', async () => {
    const source = '{"host":"h.example","secure":true,"name":"me.example.org"}'
    const result = await run(convert, ['-'], { from: 'nodemailer-json', to: 'nethserver-json' }, source)
    expect(result.notes.join()).toContain('EHLO name')
  })

  test.each([
    [{ to: 'postfix' }, 'hello', 'bad-input'],
    [{ from: 'nodemailer-json', to: 'postfix' }, '{"pass":"canary-31"', 'bad-input'],
    [{ from: 'nodemailer-json' }, NODEMAILER, 'usage'],
    [{ from: 'nodemailer', to: 'postfix' }, NODEMAILER, 'usage'],
  ])('%j: a problem that repeats no secret', async (options, stdin, code) => {
    await expect(run(convert, ['-'], options, stdin)).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('canary-31'),
    })
  })

  test('a file that is not there is a problem of its own', async () => {
    await expect(run(convert, ['/nowhere/at/all'], { to: 'postfix' })).rejects.toMatchObject({ code: 'file-missing' })
  })
})

test('formats lists every format with what it can do', async () => {
  const { json } = await run(formats, [])
  expect(json).toMatchObject({
    formats: expect.arrayContaining([{ id: 'vergeos', name: expect.any(String), reads: false, writes: true }]),
  })
})
