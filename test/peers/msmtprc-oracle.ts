import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodeBytes } from '#shared/msmtprc/bytes.ts'
import type { MsmtpEnvironment } from '#shared/msmtprc/resolve.ts'
import { quoteShell } from '#shared/msmtprc/shell.ts'

/** One run of `msmtp --pretend`. */
export type Trial = {
  readonly bytes: Uint8Array
  readonly args: readonly string[]
  /** Permission bits of the file; 0600 unless given. */
  readonly mode?: number
  readonly env?: Readonly<Record<string, string>>
}

export type Verdict = { readonly exit: number; readonly out: string; readonly error: string }

export const FILE_NAME = 'trial.msmtprc'
const HOME = '/home/labuser'
const NOBODY = 65534

/** What msmtp finds around itself in every trial. `localhost` is a name that no resolver is asked for. */
export const ENVIRONMENT: MsmtpEnvironment = {
  home: HOME,
  user: 'labuser',
  hostname: 'localhost',
  canonicalHostname: 'localhost',
  mailname: readMailname(),
  email: null,
  smtpServer: null,
}

/** The version of the msmtp on the search path, null without one. */
export function installedMsmtp(): string | null {
  try {
    const text = execFileSync('msmtp', ['--version'], { encoding: 'utf8' })
    return /version (\S+)/.exec(text)?.[1] ?? null
  } catch {
    return null
  }
}

/**
 * Runs msmtp on a batch of files, as an ordinary user: root is exempt from the rule about the mode of the file. One
 * shell runs the whole batch, which takes a few milliseconds a file.
 */
export async function runMsmtp(trials: readonly Trial[]): Promise<readonly Verdict[]> {
  const directory = mkdtempSync(join(tmpdir(), 'msmtprc-oracle-'))
  const root = process.geteuid?.() === 0
  try {
    const script = trials.map((trial, index) => prepare(directory, index, trial, root)).join('\n')
    writeFileSync(join(directory, 'run.sh'), script)
    if (root) chownSync(directory, NOBODY, NOBODY)
    const shell = ['sh', join(directory, 'run.sh')]
    const [command, ...args] = root
      ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...shell]
      : shell
    const env = {
      HOME,
      USER: 'labuser',
      LOGNAME: 'labuser',
      HOSTNAME: 'localhost',
      LANG: 'C.UTF-8',
      PATH: process.env['PATH'],
    }
    await promisify(execFile)(command ?? 'sh', args, { cwd: directory, env, maxBuffer: 1 << 20 })
    return trials.map((_, index) => readVerdict(join(directory, String(index))))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function prepare(directory: string, index: number, trial: Trial, root: boolean): string {
  const place = join(directory, String(index))
  const file = join(place, FILE_NAME)
  mkdirSync(place)
  writeFileSync(file, trial.bytes, { mode: trial.mode ?? 0o600 })
  // The umask may have taken something away from the mode that was asked for.
  execChmod(file, trial.mode ?? 0o600)
  if (root) for (const path of [place, file]) chownSync(path, NOBODY, NOBODY)
  const words = ['msmtp', '-C', FILE_NAME, '-P', ...trial.args].map(quoteShell).join(' ')
  const env = Object.entries(trial.env ?? {}).map(([name, value]) => `${name}=${quoteShell(value)}`)
  return `cd ${quoteShell(place)}; ${env.join(' ')} ${words} > out 2> error < /dev/null; echo $? > exit`
}

function execChmod(file: string, mode: number): void {
  chmodSync(file, mode)
}

function readVerdict(place: string): Verdict {
  const read = (name: string) => decodeBytes(readFileSync(join(place, name)))
  const out = read('out').split('\n')
  return {
    exit: Number(read('exit')),
    // The first line is about the system's file, which is not what is compared.
    out: out.filter(line => !/^(ignoring|loaded) system configuration file/.test(line)).join('\n'),
    error: read('error'),
  }
}

function readMailname(): string | null {
  try {
    return readFileSync('/etc/mailname', 'utf8').split('\n')[0] ?? null
  } catch {
    return null
  }
}
