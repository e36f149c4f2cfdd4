import { describe, expect, test } from 'vitest'
import { parseArguments, UsageError } from '#host/cli/args.ts'
import { nearestWord } from '#shared/nearest.ts'
import type { OptionSpec } from '#host/cli/command.ts'

const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  timeout: { type: 'number', value: 'SECONDS', help: 'limit' },
  security: { type: 'string', choices: ['none', 'starttls', 'tls'], help: 'how' },
  insecure: { type: 'boolean', help: 'go on' },
  ipv4: { type: 'boolean', short: '4', help: 'IPv4 only' },
  to: { type: 'string', multiple: true, help: 'recipient' },
  sender: { type: 'string', help: 'sender' },
}
const command = { name: 'probe', options: OPTIONS, arity: [1, 2] as const }

describe('options', () => {
  test('may stand before and after operands, with a blank or an equals sign', () => {
    const expected = { operands: ['host'], options: { timeout: 5, insecure: true }, json: false, help: false }
    expect(parseArguments(command, ['--timeout', '5', 'host', '--insecure'])).toEqual(expected)
    expect(parseArguments(command, ['host', '--insecure', '--timeout=5'])).toEqual(expected)
  })

  test('repeat where they may, and keep an empty value', () => {
    expect(parseArguments(command, ['h', '--to', 'a', '--to=b', '--sender', '', '-4']).options).toEqual({
      to: ['a', 'b'],
      sender: '',
      ipv4: true,
    })
  })

  test('a dash is an operand', () => {
    expect(parseArguments(command, ['-', '--json'])).toMatchObject({ operands: ['-'], json: true })
  })

  test.each([
    [['h', '--timout', '5'], 'probe has no option --timout; did you mean --timeout?'],
    [['h', '--zzz'], 'probe has no option --zzz'],
    [['h', '--timeout', '0'], '--timeout takes a number above 0; got ‘0’'],
    [['h', '--timeout', 'soon'], '--timeout takes a number above 0; got ‘soon’'],
    [['h', '--security', 'ssl'], '--security takes none, starttls, tls; got ‘ssl’'],
    [[], 'probe wants one operand, got 0'],
    [['a', 'b', 'c'], 'probe: unexpected operand ‘c’'],
  ])('%j is a usage error that names the place', (words, message) => {
    expect(() => parseArguments(command, words)).toThrow(new UsageError(message))
  })

  test('a missing value is a usage error', () => {
    expect(() => parseArguments(command, ['h', '--sender'])).toThrow(UsageError)
  })
})

test.each([
  ['diagnos', 'diagnose'],
  ['daignose', 'diagnose'],
  ['serverinof', 'serverinfo'],
  ['xyz', null],
])('the nearest word to %s is %s', (typed, expected) => {
  expect(nearestWord(typed, ['diagnose', 'serverinfo', 'spf'])).toBe(expected)
})
