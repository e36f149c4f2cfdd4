/*
 * Prints, in one run: serverinfo against msmtp and swaks on the same Postfix, over loopback and with a round trip of
 * 100 ms; the floor; the whole port matrix against its slowest row; sessions per second against nodemailer's `verify`.
 * Needs root, Postfix, msmtp and swaks.
 *
 *   node test/bench/serverinfo.ts
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { Deadline } from '#engine/net/deadline.ts'
import { lookAtPorts, type PortRow } from '#engine/smtp/ports.ts'
import { serverInfo } from '#engine/smtp/server-info.ts'
import { isRoot, peerInstalled } from '../peers/support/peer.ts'
import { startPostfix } from '../peers/support/postfix.ts'
import { startDelayingProxy } from './delaying-proxy.ts'

const ROUNDS = 5

/** As built where it is built: from source each file is stripped of its types first. */
const COMMAND = existsSync('out/cli/main.js') ? 'out/cli/main.js' : 'electron/host/cli/main.ts'
const ROUND_TRIP_MS = 100

/** Greeting, EHLO, STARTTLS, TLS 1.3, EHLO: each needs the answer of the one before. */
const FLOOR_ROUND_TRIPS = 5

/** Sessions one after another, and as many at a time as a busy checker would have; how many in all. */
const THROUGHPUT = [
  { atATime: 1, sessions: 100 },
  { atATime: 20, sessions: 400 },
]

if (!isRoot() || !peerInstalled('postfix', 'msmtp', 'swaks')) {
  console.error('nothing was measured: this wants root, Postfix, msmtp and swaks')
  process.exit(1)
}

const postfix = await startPostfix()
const far = await startDelayingProxy(postfix.ports.plain, ROUND_TRIP_MS)
const farTls = await startDelayingProxy(postfix.ports.smtps, ROUND_TRIP_MS)
const options = () =>
  ({
    deadline: new Deadline(30_000),
    resolver: 'system',
    now: () => new Date(),
    extraCa: postfix.authority.pem,
    ehlo: 'bench.lab.test',
  }) as const

try {
  console.log('start')
  print('node alone', await median(() => run(process.execPath, ['-e', '0'])))
  print('mailwright --help', await median(() => run(process.execPath, [COMMAND, '--help'])))
  console.log('loopback')
  await compare(postfix.ports.plain)
  console.log(`${ROUND_TRIP_MS} ms away`)
  const { inProcess, command, msmtp } = await compare(far.port)
  const floor = FLOOR_ROUND_TRIPS * ROUND_TRIP_MS
  print('floor', floor)
  print('in process, by the floor', inProcess / floor, '')
  print('as a command, by msmtp', command / msmtp, '')
  await matrix()
  await throughput()
} finally {
  await far.stop()
  await farTls.stop()
  await postfix.stop()
}

async function compare(port: number) {
  const inProcess = await median(() => ours(port))
  print('serverinfo, in process', inProcess)
  const command = await median(() => run(process.execPath, [COMMAND, ...words(port)]))
  print('serverinfo, as a command', command)
  const msmtp = await median(() => run('msmtp', msmtpWords(port)))
  print('msmtp --serverinfo', msmtp)
  print('swaks, without TLS', await median(() => run('swaks', swaksWords(port))))
  return { inProcess, command, msmtp }
}

async function matrix(): Promise<void> {
  const rows: PortRow[] = []
  const startedAt = performance.now()
  const ports = [far.port, farTls.port, postfix.ports.submission]
  await lookAtPorts('127.0.0.1', options(), { onRow: row => void rows.push(row) }, ports)
  const tookMs = performance.now() - startedAt
  console.log('matrix of three ports, two of them far away')
  for (const row of rows) print(`  ${row.port} ${row.security} ${row.outcome}`, row.ms)
  print('  all of it', tookMs)
  print('  all of it, by its slowest row', tookMs / Math.max(...rows.map(row => row.ms)), '')
}

/** nodemailer ends where we do: after the EHLO behind STARTTLS, as nobody signs in. */
async function throughput(): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: postfix.ports.plain,
    requireTLS: true,
    tls: { ca: postfix.authority.pem },
    name: 'bench.lab.test',
  })
  for (const { atATime, sessions } of THROUGHPUT) {
    console.log(`sessions per second over loopback, ${atATime} at a time`)
    print('  serverinfo', await perSecond(atATime, sessions, () => ours(postfix.ports.plain)), '/s')
    print('  nodemailer verify', await perSecond(atATime, sessions, () => transport.verify()), '/s')
  }
  transport.close()
}

async function perSecond(atATime: number, sessions: number, session: () => Promise<unknown>): Promise<number> {
  const runAll = async () => {
    let left = sessions
    const worker = async () => {
      while (left-- > 0) await session()
    }
    await Promise.all(Array.from({ length: atATime }, worker))
  }
  // Postfix starts a process for each session at a time and keeps it, and Node compiles what runs often: that is not what
  // is measured.
  await runAll()
  const startedAt = performance.now()
  await runAll()
  return (sessions * 1000) / (performance.now() - startedAt)
}

async function ours(port: number): Promise<void> {
  const { info } = await serverInfo({ host: '127.0.0.1', port, security: 'starttls' }, options())
  if (info.capabilities.tls === null) throw new Error('serverinfo did not get through')
  if (process.argv.includes('--timings')) console.log(info.timings)
}

function words(port: number): readonly string[] {
  return ['serverinfo', `127.0.0.1:${port}`, '--security', 'starttls', '--ca', postfix.caFile, '--json']
}

function msmtpWords(port: number): readonly string[] {
  return [
    '--serverinfo',
    '--file=/dev/null',
    '--host=127.0.0.1',
    `--port=${port}`,
    '--tls=on',
    `--tls-trust-file=${postfix.caFile}`,
  ]
}

// Debian's swaks speaks TLS only with a further Perl module: the part without is compared.
function swaksWords(port: number): readonly string[] {
  return ['--server', '127.0.0.1', '--port', String(port), '--quit-after', 'EHLO', '--helo', 'bench.lab.test']
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, NODE_NO_WARNINGS: '1' } }, (error, _stdout, stderr) => {
      if (error === null) resolve()
      else reject(new Error(`${program}: ${stderr}`))
    })
  })
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
}

function print(what: string, value: number, unit = 'ms'): void {
  console.log(`${what.padEnd(40)} ${unit === '' ? value.toFixed(2) : value.toFixed(1)} ${unit}`)
}
