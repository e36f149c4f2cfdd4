import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Null when the programs of a headless key ring are here; else what is missing. */
export function missingKeyringPrograms(): string | null {
  const missing = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool'].filter(name => !installed(name))
  if (missing.length === 0) return null
  const text = `not installed: ${missing.join(', ')}`
  if (process.env['CI']) throw new Error(`the key ring cannot be tested, ${text}`)
  console.warn(`skipped: the key ring cannot be tested, ${text}`)
  return text
}

/** A session bus with an unlocked key ring of its own, and the environment in which programs find it. */
export async function startKeyring() {
  // It serves several tests, and so outlives the folders that a single test makes.
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-keyring-'))
  const base = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: folder }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: base,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus.stdout) }
  const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  daemon.stdin.end('\n')
  await ownsName(env)
  return {
    env,
    lookup(host: string, user: string): string {
      const words = ['lookup', 'host', host, 'service', 'smtp', 'user', user]
      return execFileSync('secret-tool', words, { env, encoding: 'utf8' })
    },
    async stop() {
      for (const child of [daemon, bus]) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill()
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.trim()
}

/** Waits until the key ring answers on the bus; an own program asks, which waits for the service itself. */
async function ownsName(env: NodeJS.ProcessEnv): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const child = spawn('secret-tool', ['search', 'host', 'none'], { env, stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    if (code === 0) return
  }
  throw new Error('the key ring does not answer')
}

function installed(name: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
