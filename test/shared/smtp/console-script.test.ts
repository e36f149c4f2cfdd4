import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits, looksLikeScript, parseScript, printScript } from '#shared/smtp/console-script.ts'

describe('a pattern', () => {
  test.each([
    ['250 OK', '250 OK', true],
    ['250 OK', '250 ok', false],
    ['250 OK', '250*', true],
    ['250', '250*', true],
    ['25', '250*', false],
    ['250-STARTTLS', '*STARTTLS', true],
    ['250-STARTTLS now', '*STARTTLS', false],
    ['250-AUTH PLAIN LOGIN', '*AUTH*LOGIN*', true],
    ['250-AUTH LOGIN PLAIN', '*PLAIN*LOGIN*', false],
    ['aa', 'a*a', true],
    ['a', 'a*a', false],
    ['aba', 'a**a', true],
    ['', '*', true],
  ])('%s against %s: %s', (line, pattern, expected) => {
    expect(fits(line, pattern)).toBe(expected)
  })

  test('agrees with a regular expression on any text', () => {
    const text = string({ unit: constantFrom('a', 'b', '*'), maxLength: 12 })
    assert(
      property(text, text, (line, pattern) => {
        const expression = new RegExp(`^${pattern.split('*').join('[^]*')}$`)
        expect(fits(line, pattern)).toBe(expression.test(line))
      }),
    )
  })
})

describe('reading a script', () => {
  test('comments and empty lines count as lines and are no steps', () => {
    const read = parseScript(
      '# hello\n\nS: 220*\r\nC: EHLO a\nS: 250*\nS+ *SIZE*\nS- *XXXX*\nA: auto anna@example.org\n',
    )
    expect(read).toEqual({
      ok: true,
      value: [
        { kind: 'expect', line: 3, pattern: '220*' },
        { kind: 'send', line: 4, text: 'EHLO a' },
        { kind: 'expect', line: 5, pattern: '250*' },
        { kind: 'also', line: 6, pattern: '*SIZE*' },
        { kind: 'never', line: 7, pattern: '*XXXX*' },
        { kind: 'sign-in', line: 8, mechanism: null, user: 'anna@example.org' },
      ],
    })
  })

  test.each([
    ['EHLO a', 'a step begins with'],
    ['C: a\nS+ *x*', 'an S: line comes before'],
    ['S: a\nC: b\nS- *x*', 'an S: line comes before'],
    ['A:', 'a mechanism'],
    ['# nothing', 'no step'],
    [`C: ${'x'.repeat(5000)}`, 'longer than'],
    ['C: NOOP\n'.repeat(1001), 'more than 1000 steps'],
  ])('%j is refused', (text, message) => {
    expect(parseScript(text)).toMatchObject({ ok: false, error: { message: expect.stringContaining(message) } })
  })

  test('lines to send are told from a script', () => {
    expect(looksLikeScript('EHLO a\nQUIT')).toBe(false)
    expect(looksLikeScript('# x\nC: EHLO a\nS: 250*')).toBe(true)
    expect(looksLikeScript('')).toBe(false)
  })
})

test('a session is written as a script that reads back, without what was masked', () => {
  const script = printScript(
    [
      { kind: 'answered', lines: ['220 hello'], reply: { code: 220, enhanced: null, text: ['hello'] } },
      { kind: 'sent', text: 'AUTH PLAIN ***', masked: true },
      { kind: 'signed-in', mechanism: 'PLAIN', user: 'anna' },
      { kind: 'answered', lines: ['* OK raw'], reply: null },
      { kind: 'sent', text: 'QUIT', masked: false },
    ],
    'mail.example.org:25',
  )
  expect(script).not.toContain('***')
  expect(parseScript(script)).toMatchObject({
    ok: true,
    value: [{ pattern: '220*' }, { kind: 'sign-in', mechanism: 'PLAIN' }, { pattern: '* OK raw' }, { text: 'QUIT' }],
  })
})
