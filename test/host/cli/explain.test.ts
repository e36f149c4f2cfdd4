import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import type { CommandIo, OptionValues } from '#host/cli/command.ts'
import { explain } from '#host/cli/explain.ts'
import { Problem } from '#shared/problem.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'))
})
afterEach(() => rm(folder, { recursive: true }))

function run(operands: readonly string[], options: OptionValues = {}, stdin = '') {
  const io: CommandIo = {
    operands,
    options,
    json: true,
    deadline: new Deadline(10_000),
    env: {},
    readStdin: () => Promise.resolve(Buffer.from(stdin)),
    note: () => {},
    print: () => {},
    askSecret: () => Promise.resolve(null),
  }
  return explain.run(io)
}

test('a file is explained in the shape that scripts rely on', async () => {
  const file = join(folder, 'error.txt')
  await writeFile(file, '554 5.7.1 <bob@example.net>: Relay access denied\n')
  const { json, exit, error } = await run([file])
  expect({ exit, error }).toEqual({ exit: 0, error: null })
  expect(Object.keys(json)).toEqual(Object.keys(explain.empty))
  expect(json).toMatchObject({
    class: 'relay-denied',
    stage: 'rcpt',
    provider: 'postfix',
    findings: [{ step: 'deliver' }],
  })
})

test.for([[[]], [['-']]])('standard input is read for the operands %j', async ([operands]) => {
  const { json } = await run(operands ?? [], {}, 'getaddrinfo ENOTFOUND mial.example.com')
  expect(json).toMatchObject({ class: 'dns-host-not-found' })
})

test('what is known beside the text counts', async () => {
  const { json } = await run(
    ['-'],
    { port: 465, security: 'none', stage: 'greeting' },
    'Error: Greeting never received',
  )
  expect(json).toMatchObject({ class: 'starttls-on-implicit-port', stage: 'greeting' })
})

test('a text without evidence is unknown, and no error', async () => {
  const { json, exit, text } = await run(['-'], {}, 'Hello')
  expect(json).toEqual(explain.empty)
  expect(exit).toBe(0)
  expect(text).toContain('unknown')
})

test('bytes that are no UTF-8 are read past', async () => {
  const file = join(folder, 'latin1.log')
  await writeFile(
    file,
    Buffer.concat([Buffer.from([0xe9, 0xff, 0x0a]), Buffer.from('535 5.7.8 Authentication failed')]),
  )
  expect((await run([file])).json).toMatchObject({ class: 'auth-bad-credentials' })
})

test('the text for people shows no raw control character', async () => {
  const { text } = await run(['-'], {}, '550 5.1.1 \u001b]0;x\u0007User unknown \u009b31m')
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f]/)
})

test.for<readonly [string, readonly string[], OptionValues, string]>([
  ['a file that is not there', ['/nowhere/error.txt'], {}, 'file-missing'],
  ['a stage that there is not', ['-'], { stage: 'nowhere' }, 'usage'],
  ['a port that there cannot be', ['-'], { port: 65_536 }, 'usage'],
])('%s is a problem', async ([, operands, options, code]) => {
  const problem = await run(operands, options).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(Problem)
  expect(problem).toMatchObject({ code })
})
