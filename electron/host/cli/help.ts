import { COMMON_OPTIONS } from './args.ts'
import type { Command, OptionSpec } from './command.ts'

export function printCommandHelp(command: Command): string {
  const usage = ['mailwright', command.name, command.operands, '[options]'].filter(part => part !== '').join(' ')
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS } as Readonly<Record<string, OptionSpec>>).map(
    ([name, spec]): [string, string] => [
      `${spec.short === undefined ? '' : `-${spec.short}, `}--${name}${spec.type === 'boolean' ? '' : ` ${valueOf(spec)}`}`,
      spec.help +
        (spec.choices && spec.value !== undefined ? ` (${spec.choices.join(', ')})` : '') +
        (spec.multiple ? '; may be repeated' : ''),
    ],
  )
  const examples = command.examples.flatMap(example => [`  mailwright ${example.line}`, `      ${example.shows}`])
  return [
    `Usage: ${usage}`,
    '',
    sentence(command.summary),
    '',
    'Options',
    ...columns(options),
    ...(command.notes === undefined ? [] : ['', ...command.notes]),
    '',
    'Example',
    ...examples,
  ].join('\n')
}

export function printOverview(
  commands: readonly { readonly name: string; readonly operands: string; readonly summary: string }[],
): string {
  const rows = commands.map((command): [string, string] => [
    `${command.name} ${command.operands}`.trim(),
    command.summary,
  ])
  return [
    'Mailwright sets up outgoing mail and finds out why it does not work.',
    '',
    'Usage: mailwright COMMAND [operands] [options]',
    '',
    'Commands',
    ...columns(rows),
    '',
    '`mailwright COMMAND --help` shows its options and an example; --json prints one JSON value.',
    'Exit codes are those of sysexits.h: 0 ok, 64 usage, 65 bad input data, 66 input file missing, 68 host unknown,',
    '69 service unavailable, 74 I/O error, 75 temporary failure, 76 protocol error, 77 not permitted, 78 configuration error.',
    '',
    'Example',
    '  mailwright serverinfo mail.example.org:587',
    '      what the server offers before and after TLS, its certificate, and where the time went',
  ].join('\n')
}

function valueOf(spec: OptionSpec): string {
  if (spec.value !== undefined) return spec.value
  return spec.choices ? spec.choices.join('|') : 'VALUE'
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.')
}

function columns(rows: readonly [string, string][]): string[] {
  const width = Math.min(46, Math.max(...rows.map(([left]) => left.length)))
  return rows.flatMap(([left, right]) =>
    left.length > width ? [`  ${left}`, `  ${' '.repeat(width)}  ${right}`] : [`  ${left.padEnd(width)}  ${right}`],
  )
}
