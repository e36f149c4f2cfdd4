import { type ArgumentFault, NEWER_AUTH_NAMES, parseArgument, type SettingValue } from '#shared/msmtprc/argument.ts'
import { AccountTable, type MsmtprcAccount } from '#shared/msmtprc/accounts.ts'
import type { Directive, SettingName } from '#shared/msmtprc/directive.ts'
import { findDirective } from '#shared/msmtprc/directives.ts'
import { literalOutput } from '#shared/msmtprc/eval.ts'
import { readLines, splitWords, type Words } from '#shared/msmtprc/words.ts'

/** A command as it stands in the file. */
export type Statement = {
  readonly line: number
  readonly command: string
  readonly argument: string
  readonly directive: Directive | null
  /** The account that it is in; `defaults` for null; undefined for a command that structures the file. */
  readonly account: MsmtprcAccount | null | undefined
  /** Whether it came out of a literal `eval`. */
  readonly evaluated: boolean
}

/** What msmtp says about a file that it refuses to read. */
export type Complaint = {
  readonly code:
    | 'line-too-long'
    | 'unknown-command'
    | 'needs-argument'
    | 'takes-no-argument'
    | 'invalid-argument'
    | 'missing-account-name'
    | 'bad-account-name'
    | 'duplicate-account'
    | 'undefined-account'
    | 'too-many-accounts'
  readonly line: number
  /** In msmtp's words, without its `line N: `. */
  readonly message: string
  /** Exactly as msmtp prints it behind the name of the file. */
  readonly printed: string
  readonly command: string
  readonly argument: string
}

export type ParsedMsmtprc = {
  readonly accounts: readonly MsmtprcAccount[]
  readonly statements: readonly Statement[]
  /** msmtp stops at the first one; the others would follow once that is mended. */
  readonly complaints: readonly Complaint[]
  /** Lines whose `eval` was not run, and so is not known. */
  readonly unknownEvals: readonly { readonly line: number; readonly command: string }[]
  /** Whether msmtp looks at the mode and the owner of the file: it holds a `password` command. */
  readonly holdsPassword: boolean
  /** Whether anything in it is newer than msmtp 1.8.23. */
  readonly newer: readonly Statement[]
}

/** Reads a file as msmtp 1.8.23 does, with the commands of later versions known too. Never fails and runs nothing. */
export function parseMsmtprc(text: string): ParsedMsmtprc {
  const reader = new Reader()
  for (const line of readLines(text)) {
    if (line.overlong) reader.complainOfLength(line.number)
    else reader.read(line.number, line.text)
  }
  return reader.result()
}

/** msmtp stops at the first complaint; a person mends no more than this before the next check. */
const MAX_COMPLAINTS = 1_000

class Reader {
  readonly #table = new AccountTable()
  readonly #statements: Statement[] = []
  readonly #complaints: Complaint[] = []
  readonly #unknownEvals: { line: number; command: string }[] = []
  #holdsPassword = false

  read(line: number, text: string): void {
    const words = splitWords(text)
    if (words === null) return
    if (words.command !== 'eval') return this.#obey(line, words, false)
    if (words.argument === '') return this.#complainOfArgument(line, 'needs-argument', words)
    const output = literalOutput(words.argument)
    if (output === null) {
      this.#unknownEvals.push({ line, command: words.argument })
      this.#record(line, words, findDirective('eval'), undefined, false)
      return
    }
    const replaced = splitWords(output)
    if (replaced !== null) this.#obey(line, replaced, true)
  }

  complainOfLength(line: number): void {
    const message = 'line longer than 500 characters'
    if (this.#complaints.length >= MAX_COMPLAINTS) return
    this.#complaints.push({ code: 'line-too-long', line, message, printed: message, command: '', argument: '' })
  }

  result(): ParsedMsmtprc {
    return {
      accounts: this.#table.accounts,
      statements: this.#statements,
      complaints: this.#complaints,
      unknownEvals: this.#unknownEvals,
      holdsPassword: this.#holdsPassword,
      newer: this.#statements.filter(isNewer),
    }
  }

  #obey(line: number, words: Words, evaluated: boolean): void {
    // What an eval prints is not evaluated again: msmtp calls it an unknown command.
    const directive = evaluated && words.command === 'eval' ? null : findDirective(words.command)
    if (words.command !== 'account' && words.command !== 'defaults') this.#table.openImplicit(line)
    if (directive === null) {
      this.#record(line, words, null, this.#table.current, evaluated)
      return this.#complain(line, 'unknown-command', words, `unknown command ${maskSecret(words.command)}`)
    }
    if (words.command === 'account') return this.#startAccount(line, words, directive, evaluated)
    const value = parseArgument(directive.argument, words.argument)
    if (words.command === 'defaults') {
      if (value.ok) this.#table.openDefaults()
      this.#record(line, words, directive, undefined, evaluated)
    } else {
      // A password out of an eval is not held against the file.
      if (words.command === 'password' && !evaluated) this.#holdsPassword = true
      this.#record(line, words, directive, this.#table.current, evaluated)
      if (value.ok && directive.setting !== null) this.#set(directive, directive.setting, value.value, line)
    }
    if (!value.ok) this.#complainOfArgument(line, value.error, words)
  }

  #set(directive: Directive, setting: SettingName, value: SettingValue, line: number): void {
    const stored = value === null ? null : (directive.replaced?.values?.[value] ?? value)
    this.#table.set(setting, { value: stored, line })
  }

  #startAccount(line: number, words: Words, directive: Directive, evaluated: boolean): void {
    this.#record(line, words, directive, undefined, evaluated)
    const started = this.#table.open(line, words.argument)
    if (!started.ok) this.#complain(line, started.error.code, words, started.error.message)
  }

  #record(
    line: number,
    words: Words,
    directive: Directive | null,
    account: MsmtprcAccount | null | undefined,
    evaluated: boolean,
  ): void {
    this.#statements.push({ line, ...words, directive, account, evaluated })
  }

  #complainOfArgument(line: number, fault: ArgumentFault, words: Words): void {
    this.#complain(line, FAULT_CODES[fault], words, faultText(fault, words))
  }

  #complain(line: number, code: Complaint['code'], words: Words, wording: string): void {
    if (this.#complaints.length >= MAX_COMPLAINTS) return
    const message = sanitize(wording)
    this.#complaints.push({ code, line, message, printed: `line ${line}: ${message}`, ...words })
  }
}

const FAULT_CODES: Readonly<Record<ArgumentFault, Complaint['code']>> = {
  'needs-argument': 'needs-argument',
  'takes-none': 'takes-no-argument',
  invalid: 'invalid-argument',
}

function faultText(fault: ArgumentFault, { command, argument }: Words): string {
  switch (fault) {
    case 'needs-argument':
      return `command ${command} needs an argument`
    case 'takes-none':
      return `command ${command} does not take an argument`
    case 'invalid':
      return `invalid argument ${argument} for command ${command}`
  }
}

/** Somebody who wrote `password=hunter2` finds their password in msmtp's complaint. Not in ours. */
function maskSecret(command: string): string {
  return command.replace(/^(pass\w{0,16}\W)[\s\S]+$/i, '$1********')
}

/** msmtp puts a question mark in the place of every control character that it prints in a complaint. */
function sanitize(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, '?')
}

function isNewer(statement: Statement): boolean {
  if (statement.directive === null) return false
  if (statement.command === 'auth') return (NEWER_AUTH_NAMES as readonly string[]).includes(statement.argument)
  return NEWER_COMMANDS.has(statement.command)
}

const NEWER_COMMANDS: ReadonlySet<string> = new Set(['from_full_name', 'set_to_header'])
