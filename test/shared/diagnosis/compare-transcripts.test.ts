import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTranscripts, countDifferences, printComparison } from '#shared/diagnosis/compare-transcripts.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'

/** `C: EHLO x`, `S: 250 OK`, `= note`; `C~` and `S~` once TLS is on. */
function session(...lines: readonly string[]): readonly TranscriptLine[] {
  return lines.map((line, at) => ({
    atMs: at * 10 + lines.length,
    connection: 0,
    from: line.startsWith('=') ? 'note' : line.startsWith('C') ? 'client' : 'server',
    encrypted: line[1] === '~',
    text: line.replace(/^(?:[CS][:~]|=) /, ''),
    masked: false,
  }))
}

function compared(left: readonly string[], right: readonly string[]) {
  return compareTranscripts(session(...left), session(...right)).map(({ kind, left, right }) =>
    kind === 'same' ? `= ${left.text}` : `${kind}: ${[left?.text, right?.text].filter(Boolean).join(' | ')}`,
  )
}

const GREETED = ['= connected to 192.0.2.1 port 587', 'S: 220 mail.example.org ESMTP', 'C: EHLO me']

describe('two sessions line by line', () => {
  test('are the same where only times and ids differ', () => {
    const left = session(...GREETED, 'S: 250 2.0.0 Ok: queued as 4bXk2Q1Zz9')
    const right = session(...GREETED, 'S: 250 2.0.0 Ok: queued as 4bYy8K7Aa3').map(line => ({
      ...line,
      atMs: 9,
      connection: 1,
    }))
    expect(countDifferences(compareTranscripts(left, right))).toBe(0)
  })

  test('show the extension that is gone, the one that is new, and the one that changed', () => {
    expect(
      compared(
        [...GREETED, 'S: 250-mail.example.org', 'S: 250-SIZE 1000', 'S: 250-CHUNKING', 'S: 250 STARTTLS', 'C: QUIT'],
        [...GREETED, 'S: 250-mail.example.org', 'S: 250-SIZE 2000', 'S: 250-STARTTLS', 'S: 250 DSN', 'C: QUIT'],
      ).slice(3),
    ).toEqual([
      '= 250-mail.example.org',
      'changed: 250-SIZE 1000 | 250-SIZE 2000',
      'left: 250-CHUNKING',
      '= 250 STARTTLS',
      'right: 250 DSN',
      '= QUIT',
    ])
  })

  test('show one answer against the other where the same was asked', () => {
    const asked = [...GREETED, 'C~ AUTH PLAIN ***']
    expect(compared([...asked, 'S~ 235 ok'], [...asked, 'S~ 535 no']).slice(3)).toEqual([
      '= AUTH PLAIN ***',
      'changed: 235 ok | 535 no',
    ])
  })

  test('do not set commands against one another that have nothing to do with each other', () => {
    expect(
      compared([...GREETED, 'C: AUTH PLAIN ***', 'S: 235 ok'], [...GREETED, 'C: QUIT', 'S: 221 bye']).slice(3),
    ).toEqual(['left: AUTH PLAIN ***', 'left: 235 ok', 'right: QUIT', 'right: 221 bye'])
  })

  test('differ where one was encrypted', () => {
    expect(compared(['C~ MAIL FROM:<a@example.org>'], ['C: MAIL FROM:<a@example.org>'])).toEqual([
      'changed: MAIL FROM:<a@example.org> | MAIL FROM:<a@example.org>',
    ])
  })

  test('keep their order where an answer comes again and again', () => {
    const recipients = (count: number) =>
      Array.from({ length: count }, (_, at) => [`C: RCPT TO:<u${at}@example.org>`, 'S: 250 2.1.5 Ok']).flat()
    expect(compared(recipients(3), recipients(5)).filter(line => !line.startsWith('='))).toEqual([
      'right: RCPT TO:<u3@example.org>',
      'right: 250 2.1.5 Ok',
      'right: RCPT TO:<u4@example.org>',
      'right: 250 2.1.5 Ok',
    ])
  })

  test('read as a diff', () => {
    const lines = compareTranscripts(session('C: EHLO me', 'S: 250 SIZE 1'), session('C: EHLO me', 'S: 250 SIZE 2'))
    expect(printComparison(lines, 'then', 'now')).toBe(
      ['--- then', '+++ now', '   -> EHLO me', '- <-  250 SIZE 1', '+ <-  250 SIZE 2'].join('\n'),
    )
  })
})

const anyLine = fc.record({
  atMs: fc.nat(),
  connection: fc.nat(2),
  from: fc.constantFrom('client' as const, 'server' as const, 'note' as const),
  encrypted: fc.boolean(),
  text: fc.constantFrom(
    '250 OK',
    '250-SIZE 1',
    '250-SIZE 2',
    'QUIT',
    'MAIL FROM:<a>',
    'MAIL FROM:<b>',
    '',
    '550 no',
    'x',
  ),
  masked: fc.boolean(),
})

test('no line is lost, added or moved, whatever the sessions are', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), fc.array(anyLine, { maxLength: 60 }), (left, right) => {
      const lines = compareTranscripts(left, right)
      expect(lines.flatMap(line => line.left ?? [])).toEqual(left)
      expect(lines.flatMap(line => line.right ?? [])).toEqual(right)
    }),
  )
})

test.each([
  ['nothing in common', (side: string, at: number) => `${side} ${at}`],
  ['the same line over and over', () => 'S: 250 OK'],
  ['the opposite order', (side: string, at: number) => `C: NOOP ${side === 'left' ? at : 50_000 - at}`],
  ['pairs that repeat', (side: string, at: number) => `C: NOOP ${side === 'left' ? at % 997 : at % 1009}`],
])('a hundred thousand lines with %s take no long time', (_, text) => {
  const side = (name: string) => session(...Array.from({ length: 50_000 }, (_, at) => text(name, at)))
  const [left, right] = [side('left'), side('right')]
  const began = performance.now()
  compareTranscripts(left, right)
  expect(performance.now() - began).toBeLessThan(10_000)
})
