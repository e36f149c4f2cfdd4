import { settingOf } from '#shared/msmtprc/accounts.ts'
import { decodeBytes, showBytes } from '#shared/msmtprc/bytes.ts'
import { checkMsmtprc, isRefused, judgeFile } from '#shared/msmtprc/check.ts'
import { parseDocument } from '#shared/msmtprc/document.ts'
import { SETTING_NAMES } from '#shared/msmtprc/directives.ts'
import { maskLine } from '#shared/msmtprc/mask.ts'
import { type ParsedMsmtprc, parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { printPretend, printSettings } from '#shared/msmtprc/pretend.ts'
import { type MsmtprcProblem, printFix } from '#shared/msmtprc/problem.ts'
import { resolveAccount } from '#shared/msmtprc/resolve.ts'
import { lookupEnvironment } from '#service/msmtp-environment.ts'
import { type Command, type CommandIo, type CommandResult, done, failed } from './command.ts'
import { type MsmtprcFile, readMsmtprc } from './msmtprc-file.ts'

export const msmtprcParse: Command = {
  name: 'msmtprc parse',
  summary: 'the lines and accounts of an msmtprc',
  operands: 'FILE',
  arity: [1, 1],
  options: {},
  examples: [
    {
      line: 'msmtprc parse ~/.msmtprc --json',
      shows: 'lines, accounts with their settings, and where msmtp would stop',
    },
  ],
  empty: { lines: [], accounts: [], problems: [] },
  run: runParse,
}

export const msmtprcCheck: Command = {
  name: 'msmtprc check',
  summary: 'what msmtp would complain about, and what else is wrong',
  operands: 'FILE',
  arity: [1, 1],
  options: {},
  examples: [
    {
      line: 'msmtprc check ~/.msmtprc',
      shows: 'one line for each problem, with its fix; exit 78 when msmtp would refuse the file',
    },
  ],
  empty: { problems: [] },
  run: runCheck,
}

export const msmtprcPretend: Command = {
  name: 'msmtprc pretend',
  summary: 'the settings that msmtp would use',
  operands: 'FILE',
  arity: [1, 1],
  options: {
    account: { type: 'string', short: 'a', value: 'NAME', help: 'the account to use' },
    from: { type: 'string', value: 'ADDRESS', help: 'the envelope sender; chooses the account where none is named' },
  },
  examples: [
    {
      line: 'msmtprc pretend ~/.msmtprc --from ann@example.com',
      shows: 'what `msmtp --pretend` prints, with no command of the file run',
    },
  ],
  empty: { account: null, settings: {}, lines: [] },
  run: runPretend,
}

async function runParse(io: CommandIo): Promise<CommandResult> {
  const file = await readMsmtprc(io)
  const parsed = parseMsmtprc(decodeBytes(file.bytes))
  const json = {
    lines: parseDocument(file.bytes).lines.map(({ text }) => showBytes(maskLine(text))),
    accounts: parsed.accounts.map(account => ({
      name: showBytes(account.name),
      settings: Object.fromEntries(
        SETTING_NAMES.flatMap(name => {
          const setting = settingOf(account, name)
          if (setting === null) return []
          return [[name, setting.value === null ? null : name === 'password' ? '*' : showBytes(setting.value)]]
        }),
      ),
      line: account.line,
    })),
    problems: parsed.complaints.map(({ line, code, message }) => ({ line, code, message: showBytes(message) })),
  }
  const text = [
    ...json.accounts.map(
      account => `line ${account.line}: account ${account.name}\n${printOwnSettings(account.settings)}`,
    ),
    ...json.problems.map(problem => `line ${problem.line}: ${problem.message}`),
  ]
  return done(json, text.join('\n'))
}

function printOwnSettings(settings: Readonly<Record<string, string | null>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `  ${name} = ${value ?? '(not set)'}`)
    .join('\n')
}

async function runCheck(io: CommandIo): Promise<CommandResult> {
  const file = await readMsmtprc(io)
  const { home } = await lookupEnvironment(io.env)
  const problems = checkMsmtprc(parseMsmtprc(decodeBytes(file.bytes)), file.facts, home)
  const json = {
    problems: problems.map(({ line, code, severity, message, fix }) => ({
      line,
      code,
      severity,
      message: showBytes(message),
      fix: fix === null ? null : showBytes(printFix(fix)),
    })),
  }
  const text =
    problems.length === 0
      ? `${file.name}: nothing to complain about`
      : problems.map(problem => printProblem(file.name, problem)).join('\n')
  const first = problems.find(problem => problem.refused)
  if (first === undefined || !isRefused(problems)) return done(json, text)
  const place = first.line === null ? '' : `line ${first.line}: `
  return failed(json, text, 78, 'configuration', `msmtp refuses the file: ${place}${showBytes(first.message)}`)
}

function printProblem(name: string, problem: MsmtprcProblem): string {
  const place = problem.line === null ? name : `${name}:${problem.line}`
  const fix = problem.fix === null ? '' : `\n    ${showBytes(printFix(problem.fix))}`
  return `${place}: ${problem.severity}: ${showBytes(problem.message)} [${problem.code}]${fix}`
}

async function runPretend(io: CommandIo): Promise<CommandResult> {
  const file = await readMsmtprc(io)
  const parsed = parseMsmtprc(decodeBytes(file.bytes))
  const refusal = refusalOf(file, parsed)
  if (refusal !== null) return failed(msmtprcPretend.empty, '', 78, 'configuration', showBytes(refusal))
  noteUnknowns(io, file, parsed)
  const choice = { account: option(io, 'account'), from: option(io, 'from') }
  const resolved = resolveAccount(parsed.accounts, choice, await lookupEnvironment(io.env), file.name)
  if (!resolved.ok) {
    const { account, message, said } = resolved.error
    const text = [`loaded user configuration file ${file.name}`, ...said].join('\n')
    const json = { ...msmtprcPretend.empty, account: account === null ? null : showBytes(account.name) }
    return failed(json, showBytes(text), 78, 'configuration', showBytes(message))
  }
  const lines = printPretend(resolved.value, file.name).map(showBytes)
  const settings = Object.fromEntries(
    printSettings(resolved.value).map(({ name, value }) => [name, value === '(not set)' ? null : showBytes(value)]),
  )
  const account = resolved.value.account?.name ?? null
  return done({ account: account === null ? null : showBytes(account), settings, lines }, lines.join('\n'))
}

/** What msmtp says when it refuses the file itself, and stops there. */
function refusalOf(file: MsmtprcFile, parsed: ParsedMsmtprc): string | null {
  const complaint = parsed.complaints[0]
  if (complaint !== undefined) return `${file.name}: ${complaint.printed}`
  const problem = file.facts === null ? undefined : judgeFile(parsed, file.facts).find(({ refused }) => refused)
  return problem === undefined ? null : `${file.name}: ${problem.message}`
}

function noteUnknowns(io: CommandIo, file: MsmtprcFile, parsed: ParsedMsmtprc): void {
  const place = (line: number) => `${file.name}: line ${line}`
  for (const { line, command, argument, directive } of parsed.newer) {
    const word = command === 'auth' ? `auth ${argument}` : command
    const since = command === 'auth' ? 'is newer than' : `came with msmtp ${directive?.since ?? 'after'}, later than`
    io.note(`${place(line)}: ${word} ${since} 1.8.23, whose words these are`)
  }
  for (const { line } of parsed.unknownEvals) {
    io.note(`${place(line)}: eval is not run, so what it would set is not known here`)
  }
}

function option(io: CommandIo, name: string): string | null {
  const value = io.options[name]
  return typeof value === 'string' ? value : null
}
