import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listening, SEARCH_PATH } from './peer.ts'

/** Where a program runs: on this machine as it is, or in a network namespace, which has interfaces and ports of its own. */
export type Place = {
  spawn(program: string, args: readonly string[]): ChildProcess
  /** Waits until the process listens on this TCP port. */
  listening(port: number, process: ChildProcess): Promise<void>
}

const ENVIRONMENT = { ...process.env, PATH: SEARCH_PATH }

export const HERE: Place = {
  spawn: (program, args) => spawn(program, args, { stdio: 'ignore', env: ENVIRONMENT }),
  listening: (port, process) => listening({ port }, process),
}

export type Ran = { readonly exit: number | null; readonly stdout: string; readonly stderr: string }

/** What is passed on, what is sent from there, and what arrives and may be led elsewhere. */
export type Rules = Partial<Record<'forward' | 'output' | 'prerouting', readonly string[]>>

const CHAINS = {
  forward: 'type filter hook forward priority filter',
  output: 'type filter hook output priority filter',
  prerouting: 'type nat hook prerouting priority dstnat',
} as const

export type Namespace = Place & {
  readonly name: string
  /** Runs a program to its end, as a shell would: a failure is an exit status. */
  run(program: string, args: readonly string[], stdin?: string): Promise<Ran>
  /** Lines for `ip`, which a failure of one ends. */
  configure(...lines: readonly string[]): void
  /** Rules of the firewall, in nft's words, in place of those before. */
  filter(rules: Rules): void
  remove(): Promise<void>
}

/** Files that stand in place of those under /etc for whatever runs there, and only for that. */
export type OwnFiles = { readonly 'resolv.conf'?: string; readonly hosts?: string }

let made = 0

/**
 * Whether this user may make network namespaces and firewall rules in them, which some containers forbid even to root.
 * Says so where not; on a build machine that is a failure.
 */
export function namespacesWork(): boolean {
  const name = `mw-${process.pid}-try`
  try {
    execFileSync('ip', ['netns', 'add', name], { env: ENVIRONMENT, stdio: 'pipe' })
    execFileSync('ip', ['netns', 'exec', name, 'nft', 'add table inet lab'], { env: ENVIRONMENT, stdio: 'pipe' })
    return true
  } catch (error) {
    const words = `no network namespaces here, so their tests are skipped: ${String(error).split('\n', 2).join(' ')}`
    if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error(words, { cause: error })
    console.warn(words)
    return false
  } finally {
    spawnSync('ip', ['netns', 'del', name], { env: ENVIRONMENT })
  }
}

/** A network namespace, removed with its interfaces by `remove`. Needs root, iproute2 and nftables. */
export async function createNamespace(label: string, files: OwnFiles = {}): Promise<Namespace> {
  const name = `mw-${process.pid}-${made++}-${label}`
  const folder = await mkdtemp(join(tmpdir(), 'mw-namespace-'))
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  execFileSync('ip', ['netns', 'add', name], { env: ENVIRONMENT })
  // `ip netns exec` gives each program a mount namespace of its own, so these do not show outside.
  const mounts = Object.keys(files).map(file => `mount --bind ${join(folder, file)} /etc/${file} && `)
  const within = ['netns', 'exec', name, 'sh', '-c', `${mounts.join('')}exec "$@"`, 'sh']
  const namespace: Namespace = {
    name,
    spawn: (program, args) => spawn('ip', [...within, program, ...args], { stdio: 'ignore', env: ENVIRONMENT }),
    run: (program, args, stdin = '') =>
      new Promise(resolve => {
        const child = execFile(
          'ip',
          [...within, program, ...args],
          { env: ENVIRONMENT, maxBuffer: 16 * 1024 * 1024 },
          (_, stdout, stderr) => resolve({ exit: child.exitCode, stdout, stderr }),
        )
        child.stdin?.on('error', () => {}).end(stdin)
      }),
    listening: async (port, process) => {
      const giveUpAt = performance.now() + 10_000
      for (;;) {
        const { stdout } = await namespace.run('ss', ['-Hltn', `sport = :${port}`])
        if (stdout.trim() !== '') return
        if (process.exitCode !== null) throw new Error(`the peer ended with ${process.exitCode}`)
        if (performance.now() > giveUpAt) throw new Error('the peer does not listen')
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    },
    configure: (...lines) => {
      execFileSync('ip', ['-netns', name, '-batch', '-'], { input: `${lines.join('\n')}\n`, env: ENVIRONMENT })
    },
    filter: rules => {
      const chains = (['forward', 'output', 'prerouting'] as const).flatMap(chain => {
        const lines = rules[chain] ?? []
        return lines.length === 0 ? [] : [`chain ${chain} {`, `${CHAINS[chain]};`, ...lines, '}']
      })
      const text = ['flush ruleset', 'table inet lab {', ...chains, '}', ''].join('\n')
      execFileSync('ip', [...within, 'nft', '-f', '-'], { input: text, env: ENVIRONMENT })
    },
    remove: async () => {
      execFileSync('ip', ['netns', 'del', name], { env: ENVIRONMENT })
      await rm(folder, { recursive: true, force: true })
    },
  }
  return namespace
}
