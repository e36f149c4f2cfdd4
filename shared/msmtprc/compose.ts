import type { Account } from '#shared/account/account.ts'
import { escapeControls } from '#shared/escape.ts'
import { parseArgument } from '#shared/msmtprc/argument.ts'
import { byteLength } from '#shared/msmtprc/bytes.ts'
import {
  composeSecret,
  type MsmtprcPlatform,
  type MsmtprcSecretSource,
  type ShownCommand,
} from '#shared/msmtprc/compose-secret.ts'
import { type ComposedLine, composeSettings } from '#shared/msmtprc/compose-settings.ts'
import { findDirective } from '#shared/msmtprc/directives.ts'
import { type Block, layOut, printLine } from '#shared/msmtprc/layout.ts'
import { judgeLogFile } from '#shared/msmtprc/log-file.ts'
import { MAX_LINE_BYTES, quoteArgument } from '#shared/msmtprc/quote.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { err, ok, type Result } from '#shared/result.ts'

export type MsmtprcEntry = { readonly account: Account; readonly secret: MsmtprcSecretSource }

export type ComposeOptions = {
  readonly platform: MsmtprcPlatform
  /** The account for `msmtp` without `-a`; the first one unless named. */
  readonly defaultName?: string | null
  /** The full name of this machine, for EHLO where an account names none. */
  readonly hostname?: string | null
}

export type ComposedMsmtprc = {
  /** Holds the passwords of entries with an inline secret. */
  readonly text: string
  readonly notes: readonly string[]
  /** What a person runs once, such as storing a password. None of them holds a secret. */
  readonly commands: readonly ShownCommand[]
}

/**
 * An msmtprc for msmtp 1.8.23 and later: what all accounts share in `defaults`, accounts of the same server inheriting
 * from the first, and `account default` last. What msmtp could not read back as it was meant is a problem that names
 * the account and the field.
 */
export function composeMsmtprc(
  entries: readonly MsmtprcEntry[],
  options: ComposeOptions,
): Result<ComposedMsmtprc, readonly ProblemData[]> {
  const notes = new Set<string>()
  const commands: ShownCommand[] = []
  const problems: ProblemData[] = [...findNameProblems(entries, options.defaultName ?? null)]
  const blocks: Block[] = []
  for (const { account, secret } of entries) {
    const settings = composeSettings(account, fullName(options.hostname ?? null))
    const composed = composeSecret(account.name, account, secret, options.platform)
    const lines = [...settings.lines, ...composed.lines]
    const at = (problem: ProblemData): ProblemData => ({
      ...problem,
      message: `account ${account.name}: ${problem.message}`,
    })
    problems.push(...settings.problems.map(at))
    if (composed.problem !== null) problems.push(at({ code: 'bad-input', field: 'secret', ...composed.problem }))
    problems.push(...[...lines, ...settings.later].flatMap(findLineProblems).map(at))
    for (const note of [...settings.notes, ...composed.notes])
      notes.add(entries.length > 1 ? `${account.name}: ${note}` : note)
    commands.push(...composed.commands)
    if (account.logFile !== null && options.platform === 'linux') noteLogFile(account.logFile, notes)
    blocks.push({
      name: account.name,
      comment: describe(account),
      secretComment: composed.comment,
      lines,
      later: settings.later,
    })
  }
  if (problems.length > 0) return err(problems)
  const defaultName = options.defaultName ?? entries[0]?.account.name ?? ''
  return ok({ text: `${layOut(blocks, defaultName).join('\n')}\n`, notes: [...notes], commands })
}

function findNameProblems(entries: readonly MsmtprcEntry[], defaultName: string | null): readonly ProblemData[] {
  const problems: ProblemData[] = []
  const add = (message: string, remedy: string) => problems.push({ code: 'conflict', field: 'name', message, remedy })
  const names = entries.map(({ account }) => account.name)
  if (names.length === 0) add('there is no account to write', 'name at least one account')
  if (new Set(names).size !== names.length) add('two accounts have the same name', 'give each account its own name')
  if (defaultName !== null && names.length > 0 && !names.includes(defaultName)) {
    add(`the default account ${defaultName} is not among the accounts`, 'name one of them')
  }
  if (names.includes('default') && (defaultName ?? names[0]) !== 'default') {
    add('an account is called default but is not the default account', 'rename it, or make it the default')
  }
  for (const name of names) {
    const quoted = quoteArgument(name)
    if (name === '' || /[:,]/.test(name))
      add(`the account name ${name} holds a colon or a comma, or nothing`, 'rename the account')
    else if (!quoted.ok) add(`the account name ${quoted.error}`, 'rename the account')
    // The name stands once more behind `account default : `.
    else if (byteLength(quoted.value) > MAX_LINE_BYTES / 2) add('the account name is too long', 'rename the account')
  }
  return problems
}

/** A value that msmtp would refuse, cut or misread. */
function findLineProblems(line: ComposedLine): readonly ProblemData[] {
  const { command, value, field } = line
  const problem = (message: string, remedy: string): readonly ProblemData[] => [
    { code: 'bad-input', field, message, remedy },
  ]
  const quoted = quoteArgument(value)
  if (!quoted.ok) return problem(`the value of ${command} ${quoted.error}`, `remove the line break from ${field}`)
  if (byteLength(printLine(line)) > MAX_LINE_BYTES) {
    return problem(
      `the line for ${command} would be longer than msmtp's ${MAX_LINE_BYTES} bytes`,
      remedyForLength(command),
    )
  }
  const directive = findDirective(command)
  if (directive !== null && !parseArgument(directive.argument, value).ok) {
    const shown = directive.secret ? '' : ` ${escapeControls(value)}`
    return problem(`msmtp does not take${shown} for ${command}`, directive.help)
  }
  return []
}

function remedyForLength(command: string): string {
  if (command === 'password') return 'store it in the key ring or in a file for gpg'
  return command === 'passwordeval' ? 'put the command into a script and name that' : 'shorten the value'
}

function noteLogFile(logFile: string, notes: Set<string>): void {
  const refused = judgeLogFile(logFile)
  if (refused !== null) notes.add(refused)
}

function describe(account: Account): string {
  const where = account.socket ?? account.host
  const how = { none: 'without encryption', starttls: 'with STARTTLS', tls: 'with TLS from the start' }[
    account.security
  ]
  return `${account.name}: ${where}, ${how}`
}

/** A name without a dot says no more in EHLO than `localhost`. */
function fullName(hostname: string | null): string | null {
  return hostname !== null && hostname.includes('.') && !/(^|\.)(localhost|localdomain)$/i.test(hostname)
    ? hostname
    : null
}
