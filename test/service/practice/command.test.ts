import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import type { CommandIo, OptionValues } from '#host/cli/command.ts'
import { practice } from '#host/cli/practice.ts'
import { call, plain } from './talk.ts'
import { temporaryHome } from './temporary-home.ts'

type StartLine = {
  readonly smtp: readonly { host: string; port: number; security: string; user: string | null }[]
  readonly password: string
  readonly dns: { host: string; port: number }
  readonly caFile: string
  readonly inboxUrl: string
  readonly faults: readonly { id: string; title: string }[]
}

async function start(options: OptionValues, json = true) {
  const stop = new AbortController()
  const printed = Promise.withResolvers<string>()
  const home = await temporaryHome()
  const io: CommandIo = {
    operands: [],
    options,
    json,
    deadline: new Deadline(Infinity, stop.signal),
    env: { MAILWRIGHT_HOME: home },
    readStdin: () => Promise.reject(new Error('not read')),
    note: () => undefined,
    print: line => printed.resolve(line),
    askSecret: () => Promise.resolve(null),
  }
  const ended = practice.run(io)
  ended.catch(printed.reject)
  return { stop, ended, home, line: printed.promise }
}

describe('mailwright practice', () => {
  test('prints one line of JSON, runs until stopped and then leaves nothing listening', async () => {
    const run = await start({ fault: ['refuse-password'] })
    const line = await run.line
    expect(line).not.toContain('\n')
    const started = JSON.parse(line) as StartLine
    expect(started.smtp.map(({ security, user }) => [security, user])).toEqual([
      ['starttls', 'practice@practice.test'],
      ['tls', 'practice@practice.test'],
      ['none', null],
    ])
    expect(started.caFile).toBe(join(run.home, 'practice', 'ca.pem'))
    expect(await readFile(started.caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/)
    expect(started.faults).toContainEqual({ id: 'refuse-password', title: 'Refuses the password' })
    const talk = await call(started.smtp[2]!.port)
    await talk.reply()
    await talk.say('EHLO client.practice.test')
    expect(await talk.say(plain('practice@practice.test', started.password))).toMatch(/^535 /)
    run.stop.abort()
    expect(await run.ended).toMatchObject({ exit: 0, error: null, printed: true })
    await expect(call(started.smtp[0]!.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('without --json it says the same in words', async () => {
    const run = await start({}, false)
    const text = await run.line
    expect(text).toMatch(/^mail server {2}127\.0\.0\.1:\d+ {2}STARTTLS, user practice@practice\.test$/m)
    expect(text).toMatch(/^faults {7}none$/m)
    run.stop.abort()
    await run.ended
  })

  test('--list-faults lists them and ends without starting anything', async () => {
    const run = await start({ 'list-faults': true })
    const result = await run.ended
    expect(result.text).toMatch(/^refuse-password +Refuses the password$/m)
    expect(result.json).toMatchObject({
      smtp: [],
      faults: expect.arrayContaining([{ id: 'greylist', title: expect.any(String) }]),
    })
  })

  test('a fault that does not exist is a usage error that names the nearest', async () => {
    const run = await start({ fault: ['grelist'] })
    run.line.catch(() => undefined)
    await expect(run.ended).rejects.toMatchObject({ code: 'usage', remedy: 'Did you mean "greylist"?' })
  })
})
