import { describe, expect, test } from 'vitest'
import { explainReply } from '#shared/smtp/explain-reply.ts'
import { parseReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

function reply(...lines: readonly string[]): Reply {
  const parsed = parseReply(lines)
  if (!parsed.ok) throw new Error(parsed.error.kind)
  return parsed.value
}

describe('a reply is explained', () => {
  test('by its code, its enhanced code, the likely cause and the sections', () => {
    const explained = explainReply(reply('535 5.7.8 Error: authentication failed'), 'AUTH', 'smtp.example.org')
    expect(explained).toMatchObject({
      meaning: 'the user name or the password was not accepted',
      source: 'RFC 4954 section 6',
      enhanced: { code: '5.7.8', meaning: 'the user name or password was not accepted', source: 'RFC 3463' },
      cause: { title: expect.any(String), why: expect.any(String) },
    })
    expect(explained.cause?.confidence).toBeGreaterThan(0.45)
  })

  test('by the command that it answers, where that gives the code a meaning of its own', () => {
    expect(explainReply(reply('220 go ahead'), 'STARTTLS').meaning).toContain('TLS handshake')
    expect(explainReply(reply('220 mail.example.org'), null).meaning).toBe('the server is ready')
    expect(explainReply(reply('454 4.7.0 not now'), 'STARTTLS').meaning).toBe('TLS is not available now')
    expect(explainReply(reply('504 no'), 'AUTH').meaning).toContain('mechanism')
  })

  test('a success has no cause', () => {
    expect(explainReply(reply('250 2.1.0 Ok'), 'MAIL').cause).toBeNull()
  })

  test('a code that is in no list is explained by its first digit', () => {
    expect(explainReply(reply('499 hm'), 'NOOP')).toMatchObject({
      meaning: 'refused for now; the same may work later',
      source: 'RFC 5321 section 4.2.1',
    })
  })

  test('a code of the server’s own says what it is about', () => {
    expect(explainReply(reply('550 5.7.999 no'), 'RCPT').enhanced?.meaning).toBe(
      'a code of the server’s own about security or policy',
    )
  })

  test.each(['250 2.0.0 Ok', '250 2.6.0 queued', '550 5.0.0 no'])(
    '“%s” has an enhanced code that adds nothing',
    text => {
      expect(explainReply(reply(text), 'NOOP').enhanced).toBeNull()
    },
  )

  test('words that tell nothing have no cause', () => {
    expect(explainReply(reply('599 qwertz'), 'NOOP').cause).toBeNull()
  })
})
