import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { answer, playServer } from '../../../support/played-server.ts'
import { identity, upToTls, type Part } from './parts.ts'

/** The bound on what a hostile server may cost. */
export const MOST_KIB = 64 * 1024

/** A look, and a session by hand, may take this long. */
export const BUDGET_MS = 1500

export type Cost = {
  /** The most memory of the client above what it held behind a server that does no harm. */
  readonly grownKib: number
  readonly lookMs: number
  readonly consoleMs: number
}

/** Lets a client of its own process meet a server that plays this part. */
export async function measureAttack(part: Part): Promise<Cost> {
  const good = await playServer(async connection => {
    await upToTls(connection)
    await connection.encrypt(identity).catch(() => {})
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  const bad = await playServer(part)
  try {
    const args = [join(import.meta.dirname, 'measure-client.ts'), good.port, bad.port, BUDGET_MS].map(String)
    const { stdout } = await promisify(execFile)(process.execPath, args)
    // Printed by that program, two lines above its end.
    return JSON.parse(stdout) as Cost
  } finally {
    await good.stop().catch(() => {})
    await bad.stop().catch(() => {})
  }
}
