/*
 * Prints, in one run: questions a second of our resolver, of node:dns and of `domain --batch` on the same questions to the
 * same NSD; the peak memory of the batch at 1,000 and at 10,000 domains; check_host evaluations a second beside those of
 * mailauth on the same zone in memory. Needs NSD.
 *
 *   node test/bench/domain.ts
 */
import { execFile } from 'node:child_process'
import { Resolver as NodeResolver } from 'node:dns'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { lookupCaa } from '#engine/policy/caa.ts'
import { startNsd } from '../peers/support/name-servers.ts'
import { peerInstalled } from '../peers/support/peer.ts'
import { compareCheckHost } from './check-host.ts'
import { benchZone, domainName } from './domain-zone.ts'

/** As built where it is built. */
const COMMAND = existsSync('out/cli/domain-worker.js') ? 'out/cli/main.js' : 'electron/host/cli/main.ts'
const DOMAINS = 10_000
const FEWER = 1_000
const ROUNDS = 5
/** As many as our resolver lets out at a time. */
const AT_A_TIME = 128

type Question = { readonly name: string; readonly type: string }
type Ask = (question: Question) => Promise<unknown>

if (!peerInstalled('nsd')) process.exit(0)
const nsd = await startNsd('test', benchZone(DOMAINS))
const folder = await mkdtemp(join(tmpdir(), 'mailwright-bench-'))
try {
  const questions = await questionsOfDomains()
  const nodeRate = await compareResolvers(questions)
  await measureBatch(questions.length / DOMAINS, nodeRate)
  await compareCheckHost()
} finally {
  await nsd.close()
  await rm(folder, { recursive: true, force: true })
}

/** What the check of one domain asks, for each of them; what they have in common is asked once and left out. */
async function questionsOfDomains(): Promise<readonly Question[]> {
  const inner = createResolver({ servers: [{ host: '127.0.0.1', port: nsd.port }] })
  const asked = new Set<string>()
  const resolver: Resolver = {
    label: inner.label,
    lookup(name, type, deadline) {
      if (name.includes(domainName(0))) asked.add(`${type} ${name}`)
      return inner.lookup(name, type, deadline)
    },
  }
  await checkDomain({
    domain: domainName(0),
    ip: null,
    from: null,
    selectors: [],
    blocklists: false,
    resolver,
    deadline: new Deadline(60_000),
    aside: async (lookup, domain) => ({
      caa: await lookupCaa(domain, lookup),
      delegation: null,
      invented: null,
      include: null,
    }),
  })
  const each = [...asked].map(text => text.split(' '))
  return Array.from({ length: DOMAINS }, (_, i) =>
    each.map(([type = '', name = '']) => ({ type, name: name.replace(domainName(0), domainName(i)) })),
  ).flat()
}

/** @returns questions a second of node:dns */
async function compareResolvers(questions: readonly Question[]): Promise<number> {
  const theirs = new NodeResolver()
  theirs.setServers([`127.0.0.1:${nsd.port}`])
  const askTheirs: Ask = ({ name, type }) => new Promise(resolve => theirs.resolve(name, type, resolve))
  // The obsolete type SPF is the one that node:dns does not know.
  const part = questions.filter(({ type }) => type !== 'SPF').slice(0, 60_000)
  const rounds: { readonly ours: Rate; readonly node: Rate }[] = []
  // In turns, so that whatever else the machine does is met by both; the first round is for the compiler.
  for (let round = 0; round <= ROUNDS; round++) {
    const resolver = createResolver({ servers: [{ host: '127.0.0.1', port: nsd.port }], cacheSize: 0 })
    const deadline = new Deadline(600_000)
    // Only types that the check asks for.
    const askOurs: Ask = ({ name, type }) => resolver.lookup(name, type as 'TXT', deadline)
    const [ours, node] = [await rateOf(part, askOurs), await rateOf(part, askTheirs)]
    if (round > 0) rounds.push({ ours, node })
  }
  const node = median(rounds.map(one => one.node.perSecond))
  print('questions a second, ours', median(rounds.map(one => one.ours.perSecond)))
  print('questions a second, node:dns', node)
  print(
    '  ours by node:dns, median of the rounds',
    median(rounds.map(one => one.ours.perSecond / one.node.perSecond)),
    2,
  )
  print('processor time a question, ours, µs', median(rounds.map(one => one.ours.cpuMicroseconds)), 1)
  print('processor time a question, node:dns, µs', median(rounds.map(one => one.node.cpuMicroseconds)), 1)
  return node
}

/** On a busy machine the processor's time says more than the clock. */
type Rate = { readonly perSecond: number; readonly cpuMicroseconds: number }

async function rateOf(questions: readonly Question[], ask: Ask): Promise<Rate> {
  let next = 0
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const work = async () => {
    for (let question = questions[next++]; question !== undefined; question = questions[next++]) await ask(question)
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: questions.length / seconds, cpuMicroseconds: (user + system) / questions.length }
}

async function measureBatch(questionsEach: number, nodeRate: number): Promise<void> {
  const fewer = await runBatch(FEWER)
  const all = await runBatch(DOMAINS)
  const rate = (DOMAINS * questionsEach) / all.seconds
  print('domain --batch, domains a second', DOMAINS / all.seconds)
  print('domain --batch, questions for each domain', questionsEach)
  print('domain --batch, questions a second', rate)
  print('  batch by node:dns', rate / nodeRate, 2)
  print(`peak memory at ${FEWER} domains, MiB`, fewer.peakMiB)
  print(`peak memory at ${DOMAINS} domains, MiB`, all.peakMiB)
  print('  ratio', all.peakMiB / fewer.peakMiB, 2)
}

/** As a process of its own, which says at its end how much memory it held at most. */
async function runBatch(count: number): Promise<{ readonly seconds: number; readonly peakMiB: number }> {
  const list = join(folder, 'domains')
  const peak = join(folder, 'peak')
  await writeFile(list, Array.from({ length: count }, (_, i) => `${domainName(i)}\n`).join(''))
  await writeFile(
    join(folder, 'tell-peak.mjs'),
    `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))\n`,
  )
  const words = ['domain', '--batch', list, '--dns', `127.0.0.1:${nsd.port}`, '--json']
  const startedAt = performance.now()
  const output = await runNode(['--import', join(folder, 'tell-peak.mjs'), COMMAND, ...words])
  const seconds = (performance.now() - startedAt) / 1000
  const lines = output.split('\n').filter(line => line !== '')
  if (lines.length !== count) throw new Error(`${lines.length} results for ${count} domains`)
  return { seconds, peakMiB: Number(await readFile(peak, 'utf8')) / 1024 }
}

function runNode(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { maxBuffer: 2 ** 30 }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(error)
    })
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

function print(what: string, value: number, digits = 0): void {
  console.log(`${what.padEnd(48)} ${value.toFixed(digits)}`)
}
