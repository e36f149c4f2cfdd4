import { describe, expect, test } from 'vitest'
import { settingOf } from '#shared/msmtprc/accounts.ts'
import { DIRECTIVES, findDirective } from '#shared/msmtprc/directives.ts'
import { literalOutput } from '#shared/msmtprc/eval.ts'
import { parsePositive } from '#shared/msmtprc/argument.ts'
import { maskLine } from '#shared/msmtprc/mask.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { splitWords } from '#shared/msmtprc/words.ts'

/*
 * That all this is what msmtp does is shown in test/peers/msmtprc.test.ts; here stands what can be said without it.
 */

describe('the table of commands', () => {
  test('names each command once, with one line of help', () => {
    expect(new Set(DIRECTIVES.map(({ command }) => command)).size).toBe(DIRECTIVES.length)
    for (const { help } of DIRECTIVES) expect(help).toMatch(/^[^\n]{5,140}\.$/)
  })

  test('replaces obsolete commands by commands that it has', () => {
    for (const { replaced } of DIRECTIVES) if (replaced) expect(findDirective(replaced.by)?.replaced).toBeUndefined()
  })

  test('knows the password for a secret and nothing else', () => {
    expect(DIRECTIVES.filter(({ secret }) => secret).map(({ command }) => command)).toEqual(['password'])
  })
})

test.each([
  ['host h', { command: 'host', argument: 'h' }],
  ['\t host \t " h " ', { command: 'host', argument: ' h ' }],
  ['user ""x""', { command: 'user', argument: '"x"' }],
  ['user "x" y', { command: 'user', argument: '"x" y' }],
  ['user "', { command: 'user', argument: '"' }],
  ['user x # y', { command: 'user', argument: 'x # y' }],
  ['user \u00a0x', { command: 'user', argument: '\u00a0x' }],
  ['  # host h', null],
  [' \t', null],
])('msmtp reads %j as command and argument', (line, words) => {
  expect(splitWords(line)).toEqual(words)
})

test.each([
  ['25', 25],
  ['025', 21],
  ['0x19', 25],
  ['+25', 25],
  [' 25', 25],
  ['08', null],
  ['0', null],
  ['-1', null],
  ['25 ', null],
  ['2.5', null],
  ['0x', null],
  ['2147483648', null],
  ['99999999999999999999', null],
])('the number %j is read as C reads it', (text, value) => {
  expect(parsePositive(text)).toBe(value)
})

describe('an eval', () => {
  test.each([
    ['echo port 26', 'port 26'],
    ['echo  user  "a b" c', 'user a b c'],
    ["echo 'host h'", 'host h'],
    ['echo', ''],
  ])('of a plain echo is known without running it: %s', (command, output) => {
    expect(literalOutput(command)).toBe(output)
  })

  test.each([
    'echo $HOME',
    'echo `id`',
    'echo "$(id)"',
    'echo a; id',
    'echo a | id',
    'echo *',
    'echo ~',
    'echo -n x',
    'echo "a',
    'echox',
    'printf x',
    'echo a\\c',
    'echo a # b',
    'echo a > b',
  ])('of anything that a shell would work on is not known: %s', command => {
    expect(literalOutput(command)).toBeNull()
  })

  test('is listed, not run, and the rest of the file is read', () => {
    const parsed = parseMsmtprc('account a\neval cat /etc/passwd\nhost h\n')
    expect(parsed.unknownEvals).toEqual([{ line: 2, command: 'cat /etc/passwd' }])
    expect(parsed.accounts).toHaveLength(1)
  })
})

test('the first complaint is msmtp’s, and those that would follow stand behind it', () => {
  const { complaints, accounts } = parseMsmtprc('account a\nfoo\nport x\naccount a\nhost h\naccount b\nhost b\n')
  expect(complaints.map(({ line, message }) => [line, message])).toEqual([
    [2, 'unknown command foo'],
    [3, 'invalid argument x for command port'],
    [4, 'account a was already defined'],
  ])
  // What follows a wrong account line does not fall to the account before it.
  expect(accounts.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(accounts[0] && settingOf(accounts[0], 'host')).toBeNull()
})

test('a complaint never repeats a password that somebody wrote in a way of their own', () => {
  for (const text of ['password=hunter2\n', 'password:hunter2\n', 'Password"hunter2"\n', 'passwd=a\rhunter2\n']) {
    expect(JSON.stringify(parseMsmtprc(text).complaints.map(({ printed }) => printed))).not.toContain('hunter2')
  }
})

test.each([
  'password hunter2',
  ' password  "hunter2"',
  'Password: hunter2',
  '#password=hunter2',
  'passwd hunter2',
  'eval echo password hunter2',
  '\ufeffpassword hunter2',
  'password hunter2\rx',
  'eval "echo password hunter2"',
])('the password in %j is masked', line => {
  expect(maskLine(line)).not.toContain('hunter2')
})

test.each(['passwordeval gpg -d x', 'user password', 'host h', '# what a password is', ''])(
  'the line %j shows as it is',
  line => {
    expect(maskLine(line)).toBe(line)
  },
)
