import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import type { CommandIo, OptionValues } from '#host/cli/command.ts'
import { domain } from '#host/cli/domain.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const NAMES = Array.from({ length: 60 }, (_, i) => `d${i}.test`)
const ZONE: Zone = {
  ...Object.fromEntries(
    NAMES.map(name => [
      name,
      [
        ['TXT', 'v=spf1 -all'],
        ['MX', [0, '.']],
      ] as const,
    ]),
  ),
  'broken.test': [['RCODE', 2]],
  '_dmarc.broken.test': [['RCODE', 2]],
}

type Line = { readonly domain: string; readonly error: { readonly code: string; readonly exit: number } | null }

type Watched = { readonly stop: AbortController; readonly onLine: (count: number) => void }

async function runBatch(
  input: string,
  options: OptionValues = {},
  operands: readonly string[] = [],
  watched: Watched | null = null,
) {
  const { server } = await withZone(ZONE)
  const lines: Line[] = []
  const notes: string[] = []
  const io: CommandIo = {
    operands,
    options: { dns: `${server.host}:${server.port}`, batch: true, ...options },
    json: true,
    deadline: new Deadline(15_000, watched?.stop.signal),
    env: {},
    readStdin: () => Promise.resolve(Buffer.from(input)),
    note: line => void notes.push(line),
    // What the assertions look at shows whether a line has this shape.
    print: line => {
      lines.push(JSON.parse(line) as Line)
      watched?.onLine(lines.length)
    },
    askSecret: () => Promise.resolve(null),
  }
  return { result: await domain.run(io), lines, notes }
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-batch-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'list'), text)
  return join(folder, 'list')
}

const domainsOf = (lines: readonly Line[]) => lines.map(line => line.domain).sort()

test('each domain of the list is one line, whatever its order', async () => {
  const { result, lines, notes } = await runBatch(`# a comment\n\n${NAMES.join('\r\n')}`)
  expect(result).toMatchObject({ exit: 0, printed: true, error: null })
  expect(domainsOf(lines)).toEqual(NAMES.toSorted())
  expect(lines[0]).toMatchObject({ error: null, spf: { record: 'v=spf1 -all' }, mx: { state: 'null-mx' } })
  expect(notes[0]).toBe('60 domains looked at, 0 without a result, 0 left out as done before')
})

test('a domain that fails is a line too', async () => {
  const { result, lines } = await runBatch('d1.test\na..b\nnonesuch.invalid\nbroken.test\n')
  expect(result.exit).toBe(0)
  expect(Object.fromEntries(lines.map(line => [line.domain, line.error?.exit ?? 0]))).toEqual({
    'd1.test': 0,
    'a..b': 65,
    'nonesuch.invalid': 68,
    'broken.test': 75,
  })
})

test('the shards of a list are its parts: nothing twice, nothing left out', async () => {
  const path = await fileWith(NAMES.join('\n'))
  const parts = await Promise.all([1, 2, 3].map(n => runBatch('', { shard: `${n}/3` }, [path])))
  expect(parts.every(({ lines }) => lines.length > 0)).toBe(true)
  expect(domainsOf(parts.flatMap(({ lines }) => lines))).toEqual(NAMES.toSorted())
})

test('what an earlier output holds is left out, what had no answer or was cut off is not', async () => {
  const earlier = await fileWith(
    [
      JSON.stringify({ domain: 'd1.test', error: null }),
      JSON.stringify({ domain: 'd2.test', error: { exit: 68 } }),
      JSON.stringify({ domain: 'd3.test', error: { exit: 75 } }),
      '{"domain":"d4.te',
    ].join('\n'),
  )
  const { lines } = await runBatch('d1.test\nd2.test\nd3.test\nd4.test\n', { resume: earlier })
  expect(domainsOf(lines)).toEqual(['d3.test', 'd4.test'])
})

test('an output that was cut off is written on without losing a domain', async () => {
  const { server } = await withZone(ZONE)
  const [list, output] = [await fileWith('d1.test\nd2.test\n'), await fileWith('{"domain":"d1.test","error":nu')]
  const file = await open(output, 'a')
  const words = ['domain', '--batch', list, '--resume', output, '--dns', `${server.host}:${server.port}`]
  const child = spawn(process.execPath, ['electron/host/cli/main.ts', ...words], {
    stdio: ['ignore', file.fd, 'ignore'],
  })
  await once(child, 'exit')
  await file.close()
  const [cut, ...lines] = (await readFile(output, 'utf8')).trimEnd().split('\n')
  expect(cut).toBe('{"domain":"d1.test","error":nu')
  // What the assertion looks at shows whether a line has this shape.
  expect(domainsOf(lines.map(line => JSON.parse(line) as Line))).toEqual(['d1.test', 'd2.test'])
})

test('a line that is no name is left out too when an earlier output holds it', async () => {
  const long = 'x'.repeat(300)
  const first = await runBatch(`${long}\na..b\n`)
  const resume = await fileWith(first.lines.map(line => JSON.stringify(line)).join('\n'))
  const { lines, notes } = await runBatch(`${long}\na..b\n`, { resume })
  expect(lines).toEqual([])
  expect(notes[0]).toBe('0 domains looked at, 0 without a result, 2 left out as done before')
})

test.for(['0/3', '4/3', '1', 'x/y', '1/0'])('"%s" is no shard', async shard => {
  await expect(runBatch('', { shard })).rejects.toMatchObject({ code: 'usage' })
})

test('a list that is not there is said to be missing', async () => {
  await expect(runBatch('', {}, ['/nonexistent/list'])).rejects.toMatchObject({ code: 'file-missing' })
})

test('a long list is shared by threads, and each domain is still one line', async () => {
  const names = Array.from({ length: 700 }, (_, i) => `d${i}.test`)
  const { result, lines, notes } = await runBatch(names.join('\n'))
  expect(result.exit).toBe(0)
  expect(domainsOf(lines)).toEqual(names.toSorted())
  expect(lines.filter(({ error }) => error === null)).toHaveLength(NAMES.length)
  expect(notes.find(note => note.includes('looked at'))).toMatch(/^700 domains looked at, 640 without a result/)
})

test('threads end when the batch is stopped', async () => {
  const stop = new AbortController()
  const names = Array.from({ length: 5_000 }, (_, i) => `d${i}.test`)
  const onLine = (count: number) => {
    if (count === 400) stop.abort()
  }
  const { result, lines } = await runBatch(names.join('\n'), {}, [], { stop, onLine })
  expect(result).toMatchObject({ exit: 75, error: { code: 'timeout' } })
  expect(lines.length).toBeLessThan(5_000)
})
