import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
/** As built where it is built, so that the tests run what people run; else from source. */
const BUILT = join(root, 'out/cli/main.js')
const SOURCE = join(root, 'electron/host/cli/main.ts')

/** The command as a program and its first word. */
export const COMMAND: readonly [program: string, script: string] = [
  process.execPath,
  existsSync(BUILT) ? BUILT : SOURCE,
]

export type Ended = {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one JSON value of `--json`. */
  json(): Record<string, unknown>
}

export type Call = {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
  /** Sent once this text has come on stdout or stderr. */
  readonly interruptAfter?: { readonly text: string; readonly signal: NodeJS.Signals }
}

/** Runs `mailwright` as a process of its own, with nothing of this process's home. */
export function mailwright(
  words: readonly string[],
  { env = {}, stdin = '', cwd, interruptAfter }: Call = {},
): Promise<Ended> {
  const [program, script] = COMMAND
  const child = spawn(program, [script, ...words], {
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...env },
    cwd: cwd ?? root,
  })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  let [stdout, stderr] = ['', '']
  let interrupted = false
  const look = () => {
    if (!interruptAfter || interrupted || !`${stdout}${stderr}`.includes(interruptAfter.text)) return
    interrupted = true
    child.kill(interruptAfter.signal)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    look()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', exit =>
      resolve({
        exit,
        stdout,
        stderr,
        json() {
          const value: unknown = JSON.parse(stdout)
          if (typeof value !== 'object' || value === null) throw new Error(`no JSON object: ${stdout}`)
          return { ...value }
        },
      }),
    )
  })
}
