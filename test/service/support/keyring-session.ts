import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  const config = join(folder, 'bus.conf')
  writeFileSync(config, BUS)
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
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

/**
 * As the session's own, but it starts no service by itself: where the key ring is slow to come, the first question would
 * bring up another one, which is locked.
 */
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${tmpdir()}</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.trim()
}

/** Waits until the key ring answers on the bus, at most a minute. */
async function ownsName(env: NodeJS.ProcessEnv): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (performance.now() < giveUpAt) {
    const child = spawn('secret-tool', ['search', 'host', 'none'], { env, stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    if (code === 0) return
    await new Promise(resolve => setTimeout(resolve, 50))
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
