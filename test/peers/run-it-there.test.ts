import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Security } from '#shared/account/account.ts'
import { readThere, type ReadThere } from '#shared/report/read-there.ts'
import { printCommands, type TestThere, type ToolId } from '#shared/report/run-it-there.ts'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { closedPort } from '../support/played-server.ts'
import { peerInstalled } from './support/peer.ts'

/*
 * The commands that a person is given for another machine, run as they would run them: pasted into bash at a terminal,
 * the password typed at the prompt. What they print is read back. PowerShell is in no Debian package and is not run.
 */

const USER = 'practice@practice.test'
const TOOLS = ['swaks', 'openssl', 'curl', 'python', 'bash'] as const satisfies readonly ToolId[]
const READY = peerInstalled('swaks', 'openssl', 'curl', 'python3', 'script')

describe.skipIf(!READY)('run it there', () => {
  let home: string
  let practice: Practice
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mailwright-there-'))
    practice = createPractice({ home })
    await practice.start()
  })
  afterAll(async () => {
    await practice.close()
    await rm(home, { recursive: true, force: true })
  })

  function testOf(security: Security, change: Partial<TestThere> = {}): TestThere {
    const endpoint = practice.status().smtp.find(each => each.security === security)
    if (endpoint === undefined) throw new Error(`practice has no port for ${security}`)
    const user = security === 'none' ? null : USER
    return { host: '127.0.0.1', port: endpoint.port, security, user, from: USER, to: USER, ...change }
  }

  /** Runs the command at a terminal of its own and reads what stood there; the CA is trusted unless told otherwise. */
  async function run(tool: ToolId, of: TestThere, { trusted = true } = {}): Promise<ReadThere & { printed: string }> {
    const command = printCommands(of).find(({ id }) => id === tool)?.command ?? ''
    const printed = await atTerminal(command, practice.password(), trusted ? practice.status().caFile : null)
    expect(printed).not.toContain(practice.password())
    return { ...readThere(printed, of), printed }
  }

  const states = ({ stations }: ReadThere) => Object.fromEntries(stations.map(({ id, state }) => [id, state]))

  describe.each(['none', 'starttls', 'tls'] as const)('a server that works, with encryption %s', security => {
    test.each(TOOLS.filter(tool => security !== 'none' || tool !== 'openssl'))('%s says so', async tool => {
      const read = await run(tool, testOf(security))
      expect(read.explained.class, read.printed).toBe('unknown')
      expect(read.recognised, read.printed).toBe(true)
      expect(states(read), read.printed).toMatchObject({ resolve: 'done', connect: 'done' })
      expect(Object.values(states(read)), read.printed).not.toContain('failed')
      if (security !== 'none' && tool !== 'bash') expect(states(read), read.printed).toMatchObject({ encrypt: 'done' })
      if (security !== 'none' && ['swaks', 'curl', 'python'].includes(tool))
        expect(states(read), read.printed).toMatchObject({ 'sign-in': 'done' })
    })
  })

  test.each(TOOLS)('%s finds nobody at a closed port', async tool => {
    const read = await run(tool, testOf('starttls', { port: await closedPort() }))
    expect(read.explained.class, read.printed).toBe('connect-refused')
    expect(states(read), read.printed).toMatchObject({ resolve: 'done', connect: 'failed' })
  })

  test.each(['swaks', 'openssl', 'curl', 'python'] as const)('%s does not trust the certificate', async tool => {
    const read = await run(tool, testOf('starttls'), { trusted: false })
    expect(read.explained.class, read.printed).toMatch(/^tls-cert-(?:unknown-issuer|self-signed)$/)
    expect(states(read), read.printed).toMatchObject({ connect: 'done', encrypt: 'failed' })
  })

  describe('with a fault', () => {
    const faulty = async (fault: string, tool: ToolId, change: Partial<TestThere> = {}) => {
      await practice.setFaults([fault])
      try {
        return await run(tool, testOf('starttls', change))
      } finally {
        await practice.setFaults([])
      }
    }

    test.each(['swaks', 'curl', 'python'] as const)('%s is refused at sign-in', async tool => {
      const read = await faulty('refuse-password', tool)
      expect(read.explained.class, read.printed).toBe('auth-bad-credentials')
      expect(states(read), read.printed).toMatchObject({ encrypt: 'done', 'sign-in': 'failed' })
    })

    test.each(['swaks', 'openssl', 'curl', 'python'] as const)('%s sees an expired certificate', async tool => {
      const read = await faulty('expired-certificate', tool)
      // swaks says only that the check failed.
      expect(read.explained.class, read.printed).toMatch(tool === 'swaks' ? /^tls-cert-/ : /^tls-cert-expired$/)
      expect(states(read), read.printed).toMatchObject({ connect: 'done', encrypt: 'failed' })
    })

    test.each(['swaks', 'curl', 'python'] as const)('%s misses STARTTLS', async tool => {
      const read = await faulty('no-starttls', tool)
      expect(read.explained.class, read.printed).toBe('starttls-not-offered')
      expect(states(read), read.printed).toMatchObject({ connect: 'done', encrypt: 'failed' })
    })

    test('swaks is refused as a sender', async () => {
      const read = await faulty('refuse-sender', 'swaks')
      expect(states(read), read.printed).toMatchObject({ 'sign-in': 'done', deliver: 'failed' })
    })
  })
})

/** What a terminal showed while the command ran; the password is typed when it is asked for. */
async function atTerminal(command: string, password: string, caFile: string | null): Promise<string> {
  const trust = caFile === null ? {} : { SSL_CERT_FILE: caFile, CURL_CA_BUNDLE: caFile }
  const child = spawn('script', ['-qec', 'stty -echo; bash -c "$COMMAND_UNDER_TEST"', '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: tmpdir(), TERM: 'dumb', COMMAND_UNDER_TEST: command, ...trust },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  let typed = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    if (typed || !/password[^\n]*:\s*$/i.test(shown)) return
    typed = true
    child.stdin.write(`${password}\n`)
  })
  await new Promise(resolve => child.once('close', resolve))
  return shown.replaceAll('\r', '')
}
