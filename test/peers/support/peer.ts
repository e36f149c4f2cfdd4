import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'

/**
 * Whether the programs of a peer are installed. Says so where one is missing; on a build machine that is a failure, so
 * that a whole group of tests cannot vanish unseen.
 */
export function peerInstalled(...programs: readonly string[]): boolean {
  const missing = programs.filter(program => !installed(program))
  if (missing.length === 0) return true
  const words = `not installed: ${missing.join(', ')}; its tests are skipped`
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error(words)
  console.warn(words)
  return false
}

/** Postfix and Dovecot change to users of their own, which only root may. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * As many different ports that nobody listens on. They lie below the range from which systems take the ports of outgoing
 * connections and of port 0: between here and the peer's start nobody else is given them.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = randomInt(10_240, 32_000)
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true })
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

/** Waits until somebody listens; fails when the process that should has ended, or after a minute. */
export async function listening(
  place: { readonly port: number } | { readonly path: string },
  process: ChildProcess,
): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (!(await connects(place))) {
    if (process.exitCode !== null) throw new Error(`the peer ended with ${process.exitCode}`)
    if (performance.now() > giveUpAt) throw new Error('the peer does not listen')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** SIGTERM, and the end of it. */
export async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const exit = once(process, 'exit')
  process.kill('SIGTERM')
  await exit
}

function connects(place: { readonly port: number } | { readonly path: string }): Promise<boolean> {
  return new Promise(resolve => {
    const socket = 'port' in place ? connect(place.port, '127.0.0.1') : connect(place.path)
    socket.on('error', () => resolve(false))
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

function installed(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore', env: { PATH: SEARCH_PATH } })
    return true
  } catch {
    return false
  }
}

/** Mail programs live beside those of root, which a user's path may leave out. */
export const SEARCH_PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/local/sbin`
