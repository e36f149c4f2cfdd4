import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCage, type Cage } from './caged.ts'
import { SEARCH_PATH } from './peer.ts'

/** A program that sends one message by the configuration that was written for it. */
export type SmallMailer = {
  /** Puts a file where the program can read it. Returns the path by which the program knows it. */
  place(name: string, text: string): Promise<string>
  /** Returns what the program printed, once it has ended; an aborted signal ends it. */
  send(configuration: string, subject: string, signal?: AbortSignal): Promise<string>
  stop(): Promise<void>
}

const FROM = 'ada@lab.test'
const TO = 'bob@lab.test'
/** Inside a cage there is no file of time zones. */
const CAGED = { PATH: SEARCH_PATH, TZ: 'UTC' }

/** dma in a cage. It goes on trying as long as the server says no: then end it by the signal. Needs root. */
export async function createDma(): Promise<SmallMailer> {
  const spool = { path: '/var/spool/dma', mode: 0o770, owner: 'mail' }
  const cage = await createCage('dma', ['mail'], [{ path: '/etc/mailname', text: 'client.lab.test\n' }], [spool])
  return {
    place: (name, text) => placed(cage, `/etc/${name}`, text),
    async send(configuration, subject, signal) {
      // The two files stand one behind the other, each under its name.
      const [, , main = '', , logins = ''] = configuration.split(/^# (\/\S+)\n/m)
      await placed(cage, '/etc/dma/dma.conf', main)
      await placed(cage, '/etc/dma/auth.conf', logins)
      const args = [cage.root, '/usr/sbin/dma', '-D', '-f', FROM, TO]
      return run('chroot', args, message(subject), CAGED, signal)
    },
    stop: () => cage.stop(),
  }
}

/** nullmailer in a cage: one walk through its queue. Needs root. */
export async function createNullmailer(): Promise<SmallMailer> {
  const spool = '/var/spool/nullmailer'
  const folders = ['queue', 'tmp', 'failed'].map(name => ({ path: `${spool}/${name}`, mode: 0o750, owner: 'mail' }))
  const files = [
    { path: '/etc/nullmailer/me', text: 'client.lab.test\n' },
    // It ends after one walk instead of waiting for more.
    { path: '/etc/nullmailer/pausetime', text: '0\n' },
  ]
  const cage = await createCage('nullmailer', ['mail'], files, folders)
  execFileSync('mkfifo', [join(cage.root, spool, 'trigger')])
  return {
    place: (name, text) => placed(cage, `/etc/${name}`, text),
    async send(configuration, subject, signal) {
      await placed(cage, '/etc/nullmailer/remotes', configuration)
      await placed(cage, `${spool}/queue/1.1`, `${FROM}\n${TO}\n\n${message(subject)}`)
      return run('chroot', [cage.root, '/usr/sbin/nullmailer-send'], '', CAGED, signal)
    },
    stop: () => cage.stop(),
  }
}

/** git send-email with no other configuration than the one given. */
export async function createGitSendEmail(): Promise<SmallMailer> {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-git-'))
  const put = async (name: string, text: string) => {
    const path = join(folder, name)
    await writeFile(path, text, { mode: 0o600 })
    return path
  }
  return {
    place: put,
    async send(configuration, subject, signal) {
      const env = {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_CONFIG_GLOBAL: await put('config', configuration),
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CEILING_DIRECTORIES: tmpdir(),
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: FROM,
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: FROM,
      }
      const patch = await put('0001.patch', `From ${'1'.repeat(40)} Mon Sep 17 00:00:00 2001\n${message(subject)}`)
      return run(
        'git',
        ['-C', folder, 'send-email', `--to=${TO}`, '--suppress-cc=all', '--confirm=never', patch],
        '',
        env,
        signal,
      )
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  }
}

function message(subject: string): string {
  return `From: ${FROM}\nTo: ${TO}\nDate: Mon, 17 Sep 2001 00:00:00 +0000\nSubject: ${subject}\n\nhello\n`
}

async function placed({ root }: Cage, path: string, text: string): Promise<string> {
  // What is there may be a link to the unpacked file.
  await rm(join(root, path), { force: true })
  await writeFile(join(root, path), text)
  return path
}

async function run(
  program: string,
  args: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal = AbortSignal.timeout(20_000),
): Promise<string> {
  const child = spawn(program, args, { env, signal })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (octets: Buffer) => (said += octets.toString()))
  // That it was ended by the signal, or could not be started.
  child.on('error', error => (said += error.message))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  // Not node:events' once, which would throw where the signal ended the program.
  await new Promise(resolve => child.once('close', resolve))
  return said
}
