import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AT_A_TIME, knownToNode, nodeAsker, type Question } from './domain-questions.ts'
import { domainName } from './domain-zone.ts'
import { median, print, rateOf } from './measure.ts'

/** As built where it is built. */
const COMMAND = existsSync('out/cli/domain-worker.js') ? 'out/cli/main.js' : 'electron/host/cli/main.ts'
const FEWER = 1_000
const ROUNDS = 3
const NODE_PART = 60_000

type Run = { readonly seconds: number; readonly peakMiB: number; readonly cpuSeconds: number }

/**
 * `domain --batch` over a list, with its start and its end, and node:dns with the same questions before it and behind it,
 * so that whatever else the machine does is met by both.
 *
 * @param questions of all `domains` domains
 */
export async function compareBatch(domains: number, questions: readonly Question[], port: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-bench-'))
  const part = knownToNode(questions).slice(0, NODE_PART)
  const ask = nodeAsker(port)
  const nodeRate = async () => (await rateOf(part, AT_A_TIME, ask)).perSecond
  const fewer: Run[] = []
  const all: Run[] = []
  const ratios: number[] = []
  try {
    await nodeRate() // for the compiler
    for (let round = 0; round < ROUNDS; round++) {
      fewer.push(await runBatch(folder, FEWER, port))
      const before = await nodeRate()
      const run = await runBatch(folder, domains, port)
      all.push(run)
      ratios.push(questions.length / run.seconds / ((before + (await nodeRate())) / 2))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const seconds = median(all.map(run => run.seconds))
  print('domain --batch, domains a second', domains / seconds)
  print('domain --batch, questions for each domain', questions.length / domains)
  print('domain --batch, questions a second', questions.length / seconds)
  print('  batch by node:dns, median of the rounds', median(ratios), 2)
  print('  each round', ratios.map(ratio => ratio.toFixed(2)).join(' '))
  print('domain --batch, processor time a domain, µs', (median(all.map(run => run.cpuSeconds)) / domains) * 1e6)
  const [less, more] = [median(fewer.map(run => run.peakMiB)), median(all.map(run => run.peakMiB))]
  print(`peak memory at ${FEWER} domains, MiB`, less)
  print(`peak memory at ${domains} domains, MiB`, more)
  print('  ratio', more / less, 2)
}

/** As a process of its own, which says at its end how much memory it held at most and how much processor time it took. */
async function runBatch(folder: string, count: number, port: number): Promise<Run> {
  const [list, told, teller] = ['domains', 'told', 'tell.mjs'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(list, Array.from({ length: count }, (_, i) => `${domainName(i)}\n`).join(''))
  await writeFile(
    teller,
    `import { writeFileSync } from 'node:fs'
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(${JSON.stringify(told)}, JSON.stringify([maxRSS / 1024, (userCPUTime + systemCPUTime) / 1e6]))
})\n`,
  )
  const words = ['domain', '--batch', list, '--dns', `127.0.0.1:${port}`, '--json']
  const startedAt = performance.now()
  const output = await runNode(['--import', teller, COMMAND, ...words])
  const seconds = (performance.now() - startedAt) / 1000
  const lines = output.split('\n').filter(line => line !== '')
  if (lines.length !== count) throw new Error(`${lines.length} results for ${count} domains`)
  // Written above.
  const [peakMiB, cpuSeconds] = JSON.parse(await readFile(told, 'utf8')) as [number, number]
  return { seconds, peakMiB, cpuSeconds }
}

function runNode(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { maxBuffer: 2 ** 30 }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(error)
    })
  })
}
