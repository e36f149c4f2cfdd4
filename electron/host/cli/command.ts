import type { Deadline } from '#engine/net/deadline.ts'

export type OptionSpec = {
  readonly type: 'string' | 'boolean' | 'number'
  readonly short?: string
  readonly multiple?: boolean
  /** What stands for the value in the help text. */
  readonly value?: string
  readonly choices?: readonly string[]
  readonly help: string
}

export type OptionValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** What a command gets from the entry point. Everything that lasts or listens comes in here, so that tests can pass their own. */
export type CommandIo = {
  readonly operands: readonly string[]
  readonly options: OptionValues
  readonly json: boolean
  /** `--timeout` and Ctrl-C in one; a run without `--timeout` has no limit of its own here. */
  readonly deadline: Deadline
  readonly env: Readonly<Record<string, string | undefined>>
  /** All of standard input, at most `limitBytes` (a Problem beyond that). */
  readStdin(limitBytes: number): Promise<Buffer>
  /** Progress and notes: one line to stderr, control characters escaped. */
  note(line: string): void
  /** Whether stdout and stderr share a terminal: what was noted there is not to be printed on it again. */
  readonly oneScreen?: boolean
  /** For commands that print as they go (`practice`, `ui`, `domain --batch`): a line to stdout at once. */
  print(line: string): void
  /** Asks on the terminal without echo; null where there is no terminal. */
  askSecret(question: string): Promise<string | null>
}

export type CommandResult = {
  /** The command's own JSON shape, filled as far as it got. */
  readonly json: object
  /** The same for people. */
  readonly text: string
  /** sysexits.h. */
  readonly exit: number
  /** null on success. */
  readonly error: { readonly code: string; readonly message: string } | null
  /** The command has printed its result itself. */
  readonly printed?: boolean
}

export type Command = {
  /** `serverinfo`, or `msmtprc check` for a command of a group. */
  readonly name: string
  readonly summary: string
  /** `HOST[:PORT]` */
  readonly operands: string
  /** How many operands there may be. */
  readonly arity: readonly [min: number, max: number]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Command lines behind `mailwright `, the first with what it prints or does. */
  readonly examples: readonly { readonly line: string; readonly shows: string }[]
  /** Lines behind the options in the help text, for what no option says. */
  readonly notes?: readonly string[]
  /** The JSON shape with nothing in it, for problems that come before anything was learnt. */
  readonly empty: object
  run(io: CommandIo): Promise<CommandResult>
}

/** For every command that speaks to the network. */
export const NETWORK_OPTIONS = {
  timeout: { type: 'number', value: 'SECONDS', help: 'bounds the whole command' },
  dns: {
    type: 'string',
    value: 'HOST[:PORT]',
    help: "the resolver to ask, in place of the system's; encrypted as tls://HOST[#NAME] or https://HOST/PATH",
  },
} as const satisfies Record<string, OptionSpec>

/** For every command that opens an SMTP connection. */
export const CONNECTION_OPTIONS = {
  ...NETWORK_OPTIONS,
  ca: { type: 'string', value: 'FILE', help: "trust this CA too (PEM), beside the system's" },
  insecure: { type: 'boolean', help: 'go on after a certificate failure, but still report it' },
  ipv4: { type: 'boolean', short: '4', help: 'IPv4 only' },
  ipv6: { type: 'boolean', short: '6', help: 'IPv6 only' },
  ehlo: { type: 'string', value: 'NAME', help: 'the name to say in EHLO' },
} as const satisfies Record<string, OptionSpec>

/** For every command that signs in. A secret is never an argument. */
export const PASSWORD_OPTIONS = {
  'password-stdin': { type: 'boolean', help: 'read the password from the first line of standard input' },
  'password-env': { type: 'string', value: 'NAME', help: 'take the password from this environment variable' },
} as const satisfies Record<string, OptionSpec>

export function done(json: object, text: string): CommandResult {
  return { json, text, exit: 0, error: null }
}

export function failed(json: object, text: string, exit: number, code: string, message: string): CommandResult {
  return { json, text, exit, error: { code, message } }
}
