import * as fc from 'fast-check'
import type { ArgumentKind } from '#shared/msmtprc/argument.ts'
import { encodeBytes, joinBytes } from '#shared/msmtprc/bytes.ts'
import type { Directive } from '#shared/msmtprc/directive.ts'
import { DIRECTIVES } from '#shared/msmtprc/directives.ts'
import type { Trial } from './msmtprc-oracle.ts'

/*
 * Files made from the grammar: mostly right, so that msmtp gets beyond the first line, and wrong now and then in
 * each way that there is. No command of a shell comes out of chance: only the two that are written here.
 */

const NAMES = ['default', 'a', 'b', 'Work', 'two words', 'ü']
const BLANKS = ['', ' ', '  ', '\t', ' \t ']
const FREE_TEXT = [
  'x',
  'x y',
  '"x"',
  '" x "',
  '"',
  '""',
  '',
  '# x',
  "'x'",
  'é',
  '~/x',
  '~',
  '%U@%H',
  'a\\b',
  'x"y"',
  '"x" # y',
]
const ADDRESSES = [
  'a@example.com',
  'A@Example.com',
  '*@example.com',
  'b+*@example.com',
  '%U@example.com',
  '',
  'a[bc]@x',
  'x',
]
const SENDERS = ['a@example.com', 'a+x@example.com', 'b+1@example.com', 'B@example.com', 'ab@x', '', '%H']

const RIGHT: Readonly<Record<ArgumentKind['kind'], readonly string[]>> = {
  none: [''],
  ignored: ['', 'x'],
  flag: ['on', 'off', '', '"on"'],
  choice: [],
  number: ['25', '465', '587', '0x19', '025', '+1', '60', '65535', '"25"'],
  text: FREE_TEXT,
  file: FREE_TEXT,
  auth: ['on', 'off', '', 'plain', 'login', 'scram-sha-256', 'xoauth2', 'external'],
  fingerprint: ['', octets(16), octets(20), octets(32)],
  'dsn-notify': ['off', 'never', 'failure', 'delay,success'],
  'dsn-return': ['off', 'headers', 'full'],
  syslog: ['on', 'off', '', 'LOG_MAIL', 'LOG_LOCAL3'],
  structure: [''],
}
const WRONG = [
  '',
  'ON',
  'yes',
  '0',
  '-1',
  '99999',
  'on # x',
  'x',
  "'on'",
  '11:22',
  'failure,failure',
  'LOG_X',
  'PLAIN',
  '"',
]

const command = fc
  .tuple(
    fc.constantFrom(...DIRECTIVES.filter(usable)),
    fc.integer({ min: 0, max: 199 }),
    fc.nat(),
    fc.constantFrom(...BLANKS),
  )
  .map(([directive, dice, pick, blank]) => {
    const pool = dice === 0 ? WRONG : rightArguments(directive)
    return `${blank}${directive.command} ${blank}${pool[pick % pool.length] ?? ''}${blank}`
  })

const line = fc.oneof(
  { weight: 160, arbitrary: command },
  {
    weight: 40,
    arbitrary: fc.constantFrom(
      'host h.example',
      '  host\t"mail.example.org" ',
      'tls on',
      'auth on',
      'port 587',
      'user u',
    ),
  },
  { weight: 6, arbitrary: fc.constantFrom('', '   ', '# comment', '\t# comment', '#') },
  { weight: 2, arbitrary: fc.constant('defaults') },
  { weight: 2, arbitrary: fc.constantFrom('passwordeval echo secret', 'eval echo port 26', 'eval echo account c') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'Host h',
      'foo',
      'tls=on',
      'account',
      'account a',
      'account x : y',
      'defaults x',
      `user ${'x'.repeat(495)}`,
      'port 25\0 x',
    ),
  },
)

/** Accounts by different names, each inheriting now and then from those before it, with a host most of the time. */
const lines = fc
  .tuple(
    fc.shuffledSubarray(NAMES, { minLength: 1 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...BLANKS), fc.array(line, { maxLength: 6 })), {
      minLength: NAMES.length,
      maxLength: NAMES.length,
    }),
  )
  .map(([names, bodies]) =>
    names.flatMap((name, index) => {
      const [dice, blank, body] = bodies[index] ?? [0, '', []]
      const parents = names.slice(Math.max(0, index - (dice % 3)), index)
      const inherits = parents.length === 0 ? '' : `${blank}:${blank}${parents.join(`${blank},`)}`
      // The first one may do without its line, and is then called default.
      const head = index === 0 && dice === 9 ? [] : [`account ${name}${inherits}`]
      return [...head, ...(dice === 8 ? [] : ['host h.example']), ...body]
    }),
  )

const lineEnd = fc.oneof(
  { weight: 80, arbitrary: fc.constant('\n') },
  { weight: 2, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constant('\r') },
)

/** A byte that is no UTF-8, now and then, at the end of a line. */
const stray = fc.oneof(
  { weight: 200, arbitrary: fc.constant(new Uint8Array()) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 2, min: 0x80 }) },
)

const choice = fc.oneof(
  fc.constant<readonly string[]>([]),
  fc.constant<readonly string[]>([]),
  fc.constantFrom(...NAMES).map(name => ['-a', name]),
  fc.constantFrom(...SENDERS).map(sender => [`--from=${sender}`]),
  fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...SENDERS))
    .map(([name, sender]) => ['-a', name, `--from=${sender}`]),
)

export const generatedTrial: fc.Arbitrary<Trial> = fc
  .tuple(lines, fc.array(fc.tuple(stray, lineEnd), { minLength: 8, maxLength: 8 }), fc.boolean(), choice)
  .map(([texts, ends, closed, args]) => {
    const parts = texts.flatMap((text, index) => {
      const [odd, end] = ends[index % ends.length] ?? [new Uint8Array(), '\n']
      return [encodeBytes(text), odd, encodeBytes(closed || index < texts.length - 1 ? end : '')]
    })
    return { bytes: joinBytes(parts), args }
  })

function rightArguments({ command, argument }: Directive): readonly string[] {
  if (command === 'from') return ADDRESSES
  if (command === 'host') return ['h.example', '"mail.example.org"', "'x'"]
  if (argument.kind === 'choice') return argument.empty === '' ? argument.choices : [...argument.choices, '']
  const numbers =
    argument.kind === 'number' ? [...(argument.off ? ['off'] : []), ...(argument.empty === 'unset' ? [''] : [])] : []
  return [...RIGHT[argument.kind], ...numbers]
}

function usable({ command, since }: { readonly command: string; readonly since: string }): boolean {
  if (['account', 'defaults', 'eval', 'passwordeval'].includes(command)) return false
  return !['1.8.24', '1.8.29'].includes(since)
}

function octets(count: number): string {
  return Array.from({ length: count }, () => 'a7').join(':')
}
