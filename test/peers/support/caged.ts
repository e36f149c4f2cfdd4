import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ended, SEARCH_PATH } from './peer.ts'

/** Where `npm test` unpacks the servers that Debian does not install beside Postfix. */
const UNPACKED = join(import.meta.dirname, '../../../node_modules/.cache/mail-servers')

export type CagedFile = { readonly path: string; readonly text: string; readonly mode?: number }

export type Cage = {
  /** The folder that is `/` for the program. */
  readonly root: string
  start(program: string, args: readonly string[]): ChildProcess
  stop(): Promise<void>
}

/** As `peerInstalled`, for the servers that are unpacked and not installed. */
export function peerUnpacked(name: string): boolean {
  if (existsSync(join(UNPACKED, name))) return true
  const words = `not unpacked: ${name}; its tests are skipped (npm test unpacks it, as root on Debian)`
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error(words)
  console.warn(words)
  return false
}

/**
 * A copy of an unpacked server as a world of its own: its fixed paths (`/var/spool/smtpd`, `/etc/passwd`) lie inside, so
 * that nothing on the machine is touched. Needs root.
 *
 * @param users are those to which the server changes; their numbers start at 990
 */
export async function createCage(
  name: string,
  users: readonly string[],
  files: readonly CagedFile[],
  folders: readonly { readonly path: string; readonly mode: number; readonly owner: string }[],
): Promise<Cage> {
  const root = await mkdtemp(join(UNPACKED, `running-${name}-`))
  const children: ChildProcess[] = []
  const stop = async () => {
    for (const child of children) await ended(child)
    await rm(root, { recursive: true, force: true })
  }
  try {
    // Hard links: the libraries are some megabytes.
    execFileSync('cp', ['-al', `${join(UNPACKED, name)}/.`, root])
    await chmod(root, 0o755)
    const numbers = new Map([['root', 0], ...users.map((user, index) => [user, 990 + index] as const)])
    const passwd = [...numbers].map(([user, number]) => `${user}:x:${number}:${number}::/:/bin/false\n`).join('')
    const group = [...numbers].map(([user, number]) => `${user}:x:${number}:\n`).join('')
    const own = [
      { path: '/etc/passwd', text: passwd },
      { path: '/etc/group', text: group },
      { path: '/etc/hosts', text: '127.0.0.1 localhost\n' },
      // A plain file serves: nobody reads back what was written to it.
      { path: '/dev/null', text: '', mode: 0o666 },
    ]
    for (const { path, mode, owner } of folders) {
      await mkdir(join(root, path), { recursive: true })
      await chmod(join(root, path), mode)
      execFileSync('chown', [`${numbers.get(owner) ?? 0}:${numbers.get(owner) ?? 0}`, join(root, path)])
    }
    for (const { path, text, mode = 0o644 } of [...own, ...files]) {
      const place = join(root, path)
      await mkdir(dirname(place), { recursive: true })
      // What is there is a hard link to the unpacked file: written through, it would change for everybody.
      await rm(place, { force: true })
      await writeFile(place, text, { mode })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    root,
    start: (program, args) => {
      const child = spawn('chroot', [root, program, ...args], {
        stdio: 'ignore',
        env: { PATH: SEARCH_PATH, TZ: 'UTC' },
      })
      children.push(child)
      return child
    },
    stop,
  }
}
