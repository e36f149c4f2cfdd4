import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { normalizeName } from '#engine/dns/name.ts'
import { printJson } from '#shared/escape.ts'
import { Problem } from '#shared/problem.ts'
import type { CommandIo, CommandResult } from './command.ts'
import { createWorkforce } from './domain-workers.ts'

const PROGRESS_EVERY = 500
const PROGRESS_MS = 10_000
const STDIN_LIMIT_BYTES = 64 * 1024 * 1024
/** Longer than any name and its comment: a line like that is something else. */
const LINE_LIMIT = 4096
/** Of a line that is no domain name; no name is longer. */
const SHOWN_LIMIT = 255

/**
 * One domain a line in, one object a line out, as they finish. Which shard a domain belongs to depends on its name alone,
 * so that any machine can take any shard of the same list.
 *
 * @param empty the shape of a result with nothing in it
 */
export async function runBatch(io: CommandIo, empty: object): Promise<CommandResult> {
  const shard = parseShard(io.options['shard'])
  const resume = io.options['resume']
  const doneBefore = typeof resume === 'string' ? await readFinished(resume) : new Set<string>()
  // What was cut off in it would swallow the first line that is written behind it.
  if (typeof resume === 'string' && isOutput(resume) && isCutOff(resume)) io.print('')
  const tally = new Map<string, number>()
  const counts = { checked: 0, failed: 0, skipped: 0 }
  let progressAt = performance.now() + PROGRESS_MS
  const lines = linesOf(io)[Symbol.asyncIterator]()
  const workforce = createWorkforce(io.options, io.deadline.signal)

  async function work(): Promise<void> {
    for (;;) {
      const next = io.deadline.signal.aborted ? { done: true as const } : await lines.next()
      if (next.done === true) return
      const text = next.value.trim()
      if (text === '' || text.startsWith('#')) continue
      const domain = normalizeName(text)
      const name = domain === null || domain === '.' ? null : domain
      const key = name ?? text.slice(0, SHOWN_LIMIT)
      if (!inShard(key, shard)) continue
      if (doneBefore.has(key)) counts.skipped++
      else await report(text, name)
    }
  }

  async function report(text: string, name: string | null): Promise<void> {
    if (name === null) {
      counts.failed++
      const error = { code: 'bad-input', message: 'not a domain name', exit: 65 }
      io.print(printJson({ ...empty, domain: text.slice(0, SHOWN_LIMIT), error }))
      return
    }
    const checked = await workforce.check(name)
    // Cut short by Ctrl-C or --timeout: not a result; with --resume it is looked at again.
    if (io.deadline.signal.aborted) return
    counts.checked++
    if (checked.failed) counts.failed++
    for (const id of checked.findingIds) tally.set(id, (tally.get(id) ?? 0) + 1)
    io.print(checked.line)
    if (counts.checked % PROGRESS_EVERY !== 0 && performance.now() < progressAt) return
    io.note(`${counts.checked} domains`)
    progressAt = performance.now() + PROGRESS_MS
  }

  // A thread does not hear of the end and is not waited for then.
  const end = new Promise(resolve => io.deadline.signal.addEventListener('abort', resolve, { once: true }))
  try {
    await Promise.race([Promise.all(Array.from({ length: workforce.atATime }, work)), end])
  } finally {
    await workforce.stop()
  }
  for (const line of printSummary(counts, tally)) io.note(line)
  const stopped = io.deadline.signal.aborted
  const error = stopped ? { code: 'timeout', message: 'stopped before the end of the list' } : null
  return { json: {}, text: '', exit: stopped ? 75 : 0, error, printed: true }
}

type Shard = { readonly number: number; readonly of: number }

function parseShard(option: unknown): Shard {
  if (typeof option !== 'string') return { number: 1, of: 1 }
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(option)
  const shard = { number: Number(match?.[1] ?? 0), of: Number(match?.[2] ?? 0) }
  if (shard.number < 1 || shard.number > shard.of) {
    throw new Problem('usage', `"${option}" is not a shard`, {
      field: '--shard',
      remedy: 'write 1/4 to 4/4 for four of them',
    })
  }
  return shard
}

function inShard(domain: string, { number, of }: Shard): boolean {
  return of === 1 || createHash('sha256').update(domain).digest().readUInt32BE(0) % of === number - 1
}

/** The domains that an earlier output holds a lasting result for. A last line that was cut off does not count. */
async function readFinished(path: string): Promise<ReadonlySet<string>> {
  const finished = new Set<string>()
  for await (const line of readLines(createReadStream(path), path)) {
    const domain = finishedDomain(line)
    if (domain !== null) finished.add(domain)
  }
  return finished
}

/** Whether standard output goes into this file. */
function isOutput(path: string): boolean {
  const [file, output] = [statSync(path), fstatSync(1)]
  return file.dev === output.dev && file.ino === output.ino
}

function isCutOff(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const last = Buffer.alloc(1)
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
  } finally {
    closeSync(file)
  }
}

function finishedDomain(line: string): string | null {
  try {
    // Whatever the file holds: each field is looked at before it is used.
    const { domain, error } = JSON.parse(line) as { domain?: unknown; error?: { exit?: unknown } | null }
    return typeof domain === 'string' && error?.exit !== 75 ? domain : null
  } catch {
    return null
  }
}

async function* linesOf(io: CommandIo): AsyncGenerator<string> {
  const [path = '-'] = io.operands
  const input = path === '-' ? Readable.from([await io.readStdin(STDIN_LIMIT_BYTES)]) : createReadStream(path)
  for await (const line of readLines(input, path)) yield line.slice(0, LINE_LIMIT)
}

async function* readLines(input: Readable, path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input, crlfDelay: Infinity })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') throw new Problem('file-missing', `${path} does not exist`, { field: path })
    throw new Problem('io', `${path} cannot be read: ${code}`, { field: path })
  }
}

function printSummary(
  counts: { readonly checked: number; readonly failed: number; readonly skipped: number },
  tally: ReadonlyMap<string, number>,
): readonly string[] {
  const rows = [...tally].toSorted(([, one], [, other]) => other - one)
  return [
    `${counts.checked} domains looked at, ${counts.failed} without a result, ${counts.skipped} left out as done before`,
    ...rows.map(([id, count]) => `${String(count).padStart(8)}  ${id}`),
  ]
}
