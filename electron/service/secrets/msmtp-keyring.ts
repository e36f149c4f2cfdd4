import { spawn } from 'node:child_process'
import { codeOf } from '#service/io-problem.ts'

/** Whether msmtp will find the password in the system's key ring. */
export type StoredForMsmtp = { readonly kind: 'stored' } | { readonly kind: 'not-stored'; readonly why: string }

/** The person may have to unlock the key ring first. */
const LIMIT_MS = 60_000
const MAX_OUTPUT = 2_000

/** Runs a program with `input` on its standard input; no shell stands between. */
type Program = { readonly file: string; readonly args: readonly string[]; readonly input: string }

/**
 * Stores a password under the attributes by which msmtp looks it up (`host`, `service smtp`, `user`), which the
 * key-ring library cannot set. The password goes over standard input: arguments can be read by other users.
 */
export async function storeForMsmtp(
  place: { readonly host: string; readonly user: string },
  password: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<StoredForMsmtp> {
  const program = programFor(place, password, platform)
  if (program === null) return { kind: 'not-stored', why: `msmtp knows no key ring on ${platform}` }
  if (/[\0\r\n]/.test(password + place.host + place.user)) {
    return { kind: 'not-stored', why: 'msmtp reads one line, and this holds a line break' }
  }
  return run(program, env)
}

function programFor(
  { host, user }: { readonly host: string; readonly user: string },
  password: string,
  platform: NodeJS.Platform,
): Program | null {
  if (platform === 'linux') {
    const args = ['store', `--label=msmtp: ${user} at ${host}`, '--', 'host', host, 'service', 'smtp', 'user', user]
    return { file: 'secret-tool', args, input: password }
  }
  if (platform === 'darwin') {
    // `-i` reads commands from standard input, so that the password is no argument. Words are quoted as in a shell.
    const words = ['add-internet-password', '-U', '-r', 'smtp', '-s', host, '-a', user, '-w', password]
    return { file: 'security', args: ['-i'], input: `${words.map(quote).join(' ')}\n` }
  }
  return null
}

function quote(word: string): string {
  return `"${word.replaceAll(/["\\]/g, '\\$&')}"`
}

function run({ file, args, input }: Program, env: NodeJS.ProcessEnv): Promise<StoredForMsmtp> {
  return new Promise(resolve => {
    const child = spawn(file, args, { env, stdio: ['pipe', 'ignore', 'pipe'], timeout: LIMIT_MS, windowsHide: true })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (complaint.length < MAX_OUTPUT) complaint += text
    })
    child.on('error', error => {
      const why = codeOf(error) === 'ENOENT' ? `${file} is not installed` : error.message
      resolve({ kind: 'not-stored', why })
    })
    child.on('close', (code, signal) => {
      if (code === 0) return resolve({ kind: 'stored' })
      const why = signal === null ? `it ended with ${code}` : 'it did not answer in time'
      resolve({ kind: 'not-stored', why: `${file}: ${complaint.trim().split('\n').at(-1) || why}` })
    })
    // A program that ends without reading its input closes the pipe; how it ended is told by `close`.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
