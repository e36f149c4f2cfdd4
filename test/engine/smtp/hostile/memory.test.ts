import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../../support/played-server.ts'
import { EHLO, flood, GREETING, identity } from './run-against.ts'

/** The bound on what a hostile server may cost. */
const MOST_KIB = 64 * 1024

/** A look may take this long and the time to tell about it. */
const BUDGET_MS = 4000

const MIB = Buffer.alloc(1024 * 1024, 'x')

let good: PlayedServer

beforeAll(async () => {
  good = await playServer(async connection => {
    await upToTls(connection)
    await connection.encrypt(identity)
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
})
afterAll(() => good.stop())

async function upToTls(connection: PlayedConnection): Promise<void> {
  connection.say(GREETING)
  await answer(connection, { EHLO, STARTTLS: ['220 go'] }, ['STARTTLS'])
}

describe('memory stays within 64 MiB, and the time within the deadline', () => {
  test.each<[string, (connection: PlayedConnection) => Promise<void>]>([
    ['a greeting without a line end, as fast as it goes', connection => flood(connection, MIB)],
    [
      'a greeting of endless lines',
      connection => flood(connection, Buffer.from(`220-${'x'.repeat(500)}\r\n`.repeat(100))),
    ],
    [
      'an EHLO of endless lines of the greatest length',
      async connection => {
        connection.say(GREETING)
        await connection.line()
        await flood(connection, Buffer.from(`250-${'x'.repeat(8000)}\r\n`.repeat(20)))
      },
    ],
    [
      'replies that nobody asked for',
      async connection => {
        connection.say(GREETING)
        await flood(connection, Buffer.from('250 ok\r\n'.repeat(10_000)))
      },
    ],
    [
      'endless plaintext behind the STARTTLS reply',
      async connection => {
        await upToTls(connection)
        await flood(connection, Buffer.from('250 injected\r\n'.repeat(10_000)))
      },
    ],
    [
      'endless octets inside TLS',
      async connection => {
        await upToTls(connection)
        await connection.encrypt(identity).catch(() => {})
        await flood(connection, MIB)
      },
    ],
  ])('%s', async (_, part) => {
    const bad = await playServer(part)
    try {
      const args = [join(import.meta.dirname, 'memory-of-look.ts'), good.port, bad.port, BUDGET_MS].map(String)
      const { stdout } = await promisify(execFile)(process.execPath, args)
      // Printed by that program, two lines above its end.
      const { grownKib, tookMs } = JSON.parse(stdout) as { grownKib: number; tookMs: number }
      expect(grownKib).toBeLessThan(MOST_KIB)
      expect(tookMs).toBeLessThan(BUDGET_MS + 500)
    } finally {
      await bad.stop().catch(() => {})
    }
  })
})
