import { escapeControlLines, printJson } from '#shared/escape.ts'
import { parseArguments, UsageError } from './args.ts'
import type { Command, CommandResult } from './command.ts'
import { COMMANDS, findCommand } from './commands.ts'
import { printCommandHelp, printOverview } from './help.ts'
import { createIo } from './io.ts'
import { nearestWord } from '#shared/nearest.ts'

// After `--timeout` has passed a command has this long to tell what it knows (CLI rules: at the latest 2 s).
const GRACE_MS = 1_500

process.stdout.on('error', leaveQuietly)
process.stderr.on('error', leaveQuietly)
process.exitCode = await main(process.argv.slice(2))
// A socket that a server holds open must not keep a finished command alive.
await flushed()
process.exit()

async function main(words: readonly string[]): Promise<number> {
  const found = findCommand(words)
  if (found === null) return overview(words)
  const command = await found.entry.load()
  try {
    const parsed = parseArguments(command, found.rest)
    if (parsed.help) {
      process.stdout.write(`${printCommandHelp(command)}\n`)
      return 0
    }
    return await run(command, parsed)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`mailwright: ${error.message}\nTry: mailwright ${command.name} --help\n`)
    return 64
  }
}

async function run(command: Command, parsed: ReturnType<typeof parseArguments>): Promise<number> {
  const stop = new AbortController()
  let interrupted = false
  const interrupt = () => {
    if (interrupted) process.exit(130)
    interrupted = true
    stop.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const io = createIo(parsed, stop.signal)
  const result = await Promise.race([
    command.run(io).catch((error: unknown) => resultOf(command, error)),
    overdue(command, io.deadline.signal),
  ])
  const exit = interrupted && result.exit !== 0 ? 130 : result.exit
  if (result.printed !== true) print(result, parsed.json, exit)
  return exit
}

function print(result: CommandResult, json: boolean, exit: number): void {
  if (json && exit !== 64 && exit !== 130) {
    const error = result.error === null ? null : { ...result.error, exit }
    process.stdout.write(`${printJson({ ...result.json, error })}\n`)
    return
  }
  if (result.text !== '') process.stdout.write(`${escapeControlLines(result.text)}\n`)
  if (result.error !== null) process.stderr.write(`mailwright: ${escapeControlLines(result.error.message)}\n`)
}

async function resultOf(command: Command, error: unknown): Promise<CommandResult> {
  if (error instanceof UsageError) throw error
  const { exitOf, Problem } = await import('#shared/problem.ts')
  if (error instanceof Problem) {
    const place = error.field === null || error.message.includes(error.field) ? '' : `${error.field}: `
    const remedy = error.remedy === null ? '' : `; ${error.remedy}`
    return {
      json: command.empty,
      text: '',
      exit: exitOf(error.code),
      error: { code: error.code, message: `${place}${error.message}${remedy}` },
    }
  }
  // A bug: EX_SOFTWARE. The stack goes to stderr for the report, never into the JSON.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return {
    json: command.empty,
    text: '',
    exit: 70,
    error: { code: 'internal', message: 'this is a fault in mailwright itself; the lines above say where' },
  }
}

/** A command that does not notice its own deadline still ends. */
function overdue(command: Command, signal: AbortSignal): Promise<CommandResult> {
  return new Promise(resolve => {
    const settle = () => {
      const result: CommandResult = {
        json: command.empty,
        text: '',
        exit: 75,
        error: { code: 'timeout', message: 'out of time' },
      }
      setTimeout(() => resolve(result), GRACE_MS).unref()
    }
    if (signal.aborted) settle()
    else signal.addEventListener('abort', settle, { once: true })
  })
}

async function overview(words: readonly string[]): Promise<number> {
  if (words.includes('--version')) {
    const { version } = await import('./version.ts')
    process.stdout.write(`mailwright ${version}\n`)
    return 0
  }
  const typed = words.find(word => !word.startsWith('-'))
  if (typed === undefined && (words.length === 0 || words.includes('--help') || words.includes('-h'))) {
    ;(words.length === 0 ? process.stderr : process.stdout).write(`${printOverview(COMMANDS)}\n`)
    return words.length === 0 ? 64 : 0
  }
  const group = COMMANDS.filter(command => command.name.startsWith(`${typed ?? ''} `))
  if (typed !== undefined && group.length > 0) {
    const asked = words.includes('--help') || words.includes('-h')
    ;(asked ? process.stdout : process.stderr).write(`${printOverview(group)}\n`)
    return asked ? 0 : 64
  }
  const wrong = typed ?? words[0] ?? ''
  const nearest = nearestWord(
    wrong,
    COMMANDS.flatMap(command => [command.name, command.name.split(' ')[0] ?? '']),
  )
  process.stderr.write(
    `mailwright: there is no command ‘${escapeControlLines(wrong)}’${nearest === null ? '' : `; did you mean ${nearest}?`}\nTry: mailwright --help\n`,
  )
  return 64
}

function leaveQuietly(error: NodeJS.ErrnoException): void {
  // The reader of a pipe has gone (`| head`): nothing is left to say.
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
}

function flushed(): Promise<void> {
  return new Promise(resolve => process.stdout.write('', () => process.stderr.write('', () => resolve())))
}
