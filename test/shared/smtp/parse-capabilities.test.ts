import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Capabilities } from '#shared/smtp/capabilities.ts'
import { NO_CAPABILITIES, parseCapabilities } from '#shared/smtp/parse-capabilities.ts'
import { parseReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

const ehlo = (...text: readonly string[]): Reply => ({ code: 250, enhanced: null, text: ['mail.lab.test', ...text] })

describe('parseCapabilities', () => {
  test('what Postfix says', () => {
    const offered = parseCapabilities(
      ehlo(
        'PIPELINING',
        'SIZE 10240000',
        'ETRN',
        'STARTTLS',
        'AUTH PLAIN LOGIN',
        'ENHANCEDSTATUSCODES',
        '8BITMIME',
        'DSN',
        'SMTPUTF8',
        'CHUNKING',
      ),
    )
    expect(offered).toMatchObject({
      size: 10240000,
      pipelining: true,
      starttls: true,
      auth: ['PLAIN', 'LOGIN'],
      dsn: true,
      etrn: true,
      eightBitMime: true,
      smtpUtf8: true,
      chunking: true,
      binaryMime: false,
      requireTls: false,
      enhancedStatusCodes: true,
      limits: null,
    })
    expect(offered.lines[0]).toBe('250-mail.lab.test')
    expect(offered.lines.at(-1)).toBe('250 CHUNKING')
  })

  test.each<[string, number | null]>([
    ['SIZE 0', 0],
    ['SIZE', 0],
    ['size 35882577', 35882577],
    ['SIZE many', 0],
    ['SIZE 99999999999999999999', Number.MAX_SAFE_INTEGER],
    ['SIZES 5', null],
  ])('%s is a size of %j', (line, size) => {
    expect(parseCapabilities(ehlo(line)).size).toBe(size)
  })

  test('AUTH= and AUTH are merged, in upper case, each once, in the server’s order', () => {
    const offered = parseCapabilities(ehlo('AUTH=LOGIN plain', 'AUTH PLAIN  xoauth2', 'AUTH LOGIN'))
    expect(offered.auth).toEqual(['LOGIN', 'PLAIN', 'XOAUTH2'])
  })

  test('LIMITS (RFC 9422)', () => {
    expect(parseCapabilities(ehlo('LIMITS MAILMAX=20 RCPTMAX=100 X-NOTE=two __proto__=1')).limits).toEqual({
      MAILMAX: 20,
      RCPTMAX: 100,
      'X-NOTE': 'two',
    })
  })

  test('a keyword in the first line is the server’s name and not an offer', () => {
    expect(parseCapabilities({ code: 250, enhanced: null, text: ['STARTTLS'] })).toEqual({
      ...NO_CAPABILITIES,
      lines: ['250 STARTTLS'],
    })
  })

  test('whatever a server says is read without a fault', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), text => {
        expect(Capabilities.safeParse(parseCapabilities({ code: 250, enhanced: null, text })).success).toBe(true)
      }),
    )
  })
})

describe('parseReply', () => {
  test.each([
    [['220 ready'], { code: 220, enhanced: null, text: ['ready'] }],
    [['250'], { code: 250, enhanced: null, text: [''] }],
    [['535-5.7.8 no', '535 5.7.8 really'], { code: 535, enhanced: '5.7.8', text: ['5.7.8 no', '5.7.8 really'] }],
    [['250 2.1.5'], { code: 250, enhanced: '2.1.5', text: ['2.1.5'] }],
    [['250 5.9999.1 x'], { code: 250, enhanced: null, text: ['5.9999.1 x'] }],
  ])('%j', (lines, reply) => {
    expect(parseReply(lines)).toEqual({ ok: true, value: reply })
  })

  test.each([
    [[], 'empty'],
    [['hello'], 'malformed'],
    [['199 no'], 'malformed'],
    [['600 no'], 'malformed'],
    [['2500 no'], 'malformed'],
    [['250-a', '251 b'], 'mixed-codes'],
  ])('%j is %s', (lines, kind) => {
    expect(parseReply(lines)).toMatchObject({ ok: false, error: { kind } })
  })

  test('any lines are a reply or a fault, never an exception', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), lines => void parseReply(lines)))
  })
})
