import { readFile } from 'node:fs/promises'
import type { ConsoleLine, ReplayedStep } from '#shared/contract/console.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { exitOf, Problem } from '#shared/problem.ts'
import { LONGEST_SCRIPT, looksLikeScript, parseScript } from '#shared/smtp/console-script.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import type { ConsoleEvent, EndCause } from '#engine/smtp/console-session.ts'
import { openConsole } from '#engine/smtp/open-console.ts'
import { AnswerQueue, replayScript } from '#engine/smtp/replay-script.ts'
import {
  CONNECTION_OPTIONS,
  done,
  failed,
  PASSWORD_OPTIONS,
  type Command,
  type CommandIo,
  type CommandResult,
} from './command.ts'
import { DOT_HELP } from './console-dots.ts'
import { typeByHand } from './console-prompt.ts'
import { printExplanation, printLine } from './console-print.ts'
import { sendPiped } from './console-piped.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { givenSecret } from './given-secret.ts'
import { lookOptions, readHost } from './look-options.ts'
import { failureOf } from './server-failure.ts'

type Shape = {
  host: string | null
  port: number | null
  address: string | null
  tls: TlsFacts | null
  transcript: Omit<ConsoleLine, 'answer'>[]
  script: ReplayedStep[] | null
  ended: string | null
}

export const console: Command = {
  name: 'console',
  summary: 'a session by hand, like telnet that knows SMTP and TLS; sends no message unless told to',
  operands: 'HOST[:PORT]',
  arity: [1, 1],
  options: {
    tls: { type: 'boolean', help: 'begin with TLS, as on port 465 in any case; STARTTLS can be typed later' },
    script: { type: 'string', value: 'FILE', help: 'play this script in place of typing; - is standard input' },
    unsafe: { type: 'boolean', help: 'let through what can send a message: DATA, BDAT, ETRN and the like' },
    ...PASSWORD_OPTIONS,
    ...CONNECTION_OPTIONS,
    insecure: { type: 'boolean', help: 'sign in also where the certificate is not trusted, or nothing is encrypted' },
  },
  notes: [
    'At the prompt, STARTTLS upgrades the connection; Tab completes, and the arrow keys walk through what was sent.',
    ...DOT_HELP,
    '',
    'A script (--script, or standard input when it is no terminal) has one step a line:',
    '  S: PATTERN         the next answer has a line that fits; * stands for any text, so 250* for a whole reply',
    '  S+ PATTERN         the same answer has such a line as well;  S- PATTERN: it has none',
    '  C: LINE            sends the line;  A: MECHANISM USER signs in with --password-stdin or --password-env',
    'It ends at the first step that fails, with exit 76. Other lines from standard input are sent one by one,',
    'each when the one before was answered.',
  ],
  examples: [
    { line: 'console mail.example.org:587', shows: 'opens a session and explains each reply' },
    {
      line: 'console mail.example.org:587 --script submission.txt',
      shows: 'whether the server answers as the script says',
    },
  ],
  empty: { host: null, port: null, address: null, tls: null, transcript: [], script: null, ended: null },
  run,
}

async function run(io: CommandIo): Promise<CommandResult> {
  const { host, port: given } = readHost(io.operands[0] ?? '')
  const tls = io.options['tls'] === true || given === 465
  const port = given ?? (tls ? 465 : 25)
  const input = await readInput(io)
  const script = input.kind === 'script' ? parseScript(input.text) : null
  if (script?.ok === false) {
    throw new Problem('bad-input', `line ${script.error.line}: ${script.error.message}`, { field: '--script' })
  }
  const secret = script === null || !signsIn(input) ? null : await givenSecret(io, null)
  if (input.kind === 'terminal' && io.json) {
    throw new Problem('usage', '--json needs --script FILE, or lines on standard input')
  }

  const shape: Shape = { host, port, address: null, tls: null, transcript: [], script: null, ended: null }
  const answers = new AnswerQueue()
  /** Replaced while a prompt is shown, which must be drawn again behind each line. */
  let show = (line: string) => io.print(line)
  const tell = (event: ConsoleEvent) => {
    switch (event.kind) {
      case 'line': {
        const { answer, ...line } = event.line
        shape.transcript.push(line)
        // What was typed at a terminal stands there already.
        if (io.json || (input.kind === 'terminal' && line.from === 'client')) return
        show(printLine(line))
        const explained = printExplanation(answer, host)
        if (explained === null) return
        if (input.kind === 'terminal') show(explained)
        else io.note(explained)
        return
      }
      case 'answer':
        return answers.push(event.answer)
      case 'ended':
        shape.ended = event.because
        if (input.kind === 'terminal' && ENDED_BY[event.because] !== null) show(`=== ${ENDED_BY[event.because]}`)
        return answers.end()
      case 'state':
        return
    }
  }
  const options = await lookOptions(io)
  const opened = await openConsole({ host, port, tls }, { ...options, safe: io.options['unsafe'] !== true, tell })
  if (opened.kind === 'failed') {
    const failure = failureOf(opened.steps) ?? { code: 'failed', message: 'the connection failed' }
    return failed(shape, '', exitOfSteps(opened.steps), failure.code, failure.message)
  }
  const { session } = opened
  const stop = () => session.close()
  io.deadline.signal.addEventListener('abort', stop, { once: true })
  try {
    if (script?.ok === true) {
      shape.script = []
      const credentials = {
        secret: secret === null ? null : sealSecret(secret),
        anyway: io.options['insecure'] === true,
      }
      const passed = await replayScript(script.value, session, answers, credentials, io.deadline, step => {
        shape.script?.push(step)
        if (step.outcome === 'failed') io.note(`line ${step.line} failed: ${step.detail ?? ''}`)
      })
      if (passed) io.note(`all ${shape.script.length} steps of the script passed`)
      return ended(io, shape, passed ? null : 'the server did not answer as the script says')
    }
    if (input.kind === 'lines') await sendPiped(input.text, session, answers, io)
    else await typeByHand(session, answers, io, shower => (show = shower))
    return ended(io, shape, null)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const remedy = error.remedy === null ? '' : ` ${error.remedy}`
    return failed(shape, '', exitOf(error.code), error.code, `${error.message}${remedy}`)
  } finally {
    shape.tls = session.state.tls
    shape.address = session.state.address
    session.close()
  }
}

function ended(io: CommandIo, shape: Shape, mismatch: string | null): CommandResult {
  if (io.deadline.expired) return failed(shape, '', 75, 'timeout', 'out of time')
  if (io.deadline.stopped) return failed(shape, '', 130, 'stopped', 'stopped')
  if (mismatch !== null) return failed(shape, '', 76, 'script-failed', mismatch)
  if (shape.ended === 'handshake-failed') return failed(shape, '', 76, 'handshake-failed', 'the TLS handshake failed')
  return done(shape, '')
}

/** For somebody at a prompt that goes away; null where they did it, or where the last line tells. */
const ENDED_BY: Readonly<Record<EndCause, string | null>> = {
  closed: null,
  'handshake-failed': null,
  'closed-by-server': 'the server closed the connection',
  idle: 'the connection is closed: nothing was typed for a long time',
  'too-much': 'the connection is closed: the server said more than is kept',
}

type Input =
  | { readonly kind: 'terminal' }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'lines'; readonly text: string }

async function readInput(io: CommandIo): Promise<Input> {
  const file = io.options['script']
  if (typeof file === 'string' && file !== '-') return { kind: 'script', text: await readScript(file) }
  if (io.options['password-stdin'] === true) {
    throw new Problem('usage', 'standard input holds the password: give the script as a file', { field: '--script' })
  }
  if (file === undefined && process.stdin.isTTY) return { kind: 'terminal' }
  const text = (await io.readStdin(LONGEST_SCRIPT)).toString('utf8')
  return { kind: file === '-' || looksLikeScript(text) ? 'script' : 'lines', text }
}

async function readScript(path: string): Promise<string> {
  try {
    const content = await readFile(path)
    if (content.length <= LONGEST_SCRIPT) return content.toString('utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') throw new Problem('file-missing', `there is no file ${path}`, { field: '--script' })
    throw new Problem('io', `${path} cannot be read (${code})`, { field: '--script' })
  }
  throw new Problem('bad-input', `${path} is longer than ${LONGEST_SCRIPT} octets`, { field: '--script' })
}

function signsIn(input: Input): boolean {
  return input.kind === 'script' && /^A:/m.test(input.text)
}
