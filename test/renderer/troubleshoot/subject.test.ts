import { describe, expect, test } from 'vitest'
import { subjectOf } from '../../../renderer/troubleshoot/subject.ts'
import { START, type Typed } from '../../../renderer/troubleshoot/troubleshoot-state.ts'

const typed = (change: Partial<Typed>): Typed => ({ ...START.typed, ...change })

describe('what is looked at', () => {
  test.for([
    ['mail.example.org', 587, 'starttls'],
    ['mail.example.org:465', 465, 'tls'],
    ['mail.example.org:25', 25, 'none'],
    ['[2001:db8::1]:2525', 2525, 'starttls'],
    ['smtps://mail.example.org', 465, 'tls'],
  ] as const)('%s is port %i with %s', ([server, port, security]) => {
    expect(subjectOf('connect', typed({ server }), [])).toMatchObject({
      ok: true,
      value: { settings: { port, security, auth: 'none', user: null } },
    })
  })

  test('a user name signs in, and lends its address to the sender', () => {
    expect(subjectOf('refused', typed({ server: 'mail.test', user: 'ann@mail.test' }), [])).toMatchObject({
      ok: true,
      value: { settings: { auth: 'auto', user: 'ann@mail.test', from: 'ann@mail.test' } },
    })
  })

  test('where only the connection is asked for, nobody signs in', () => {
    expect(subjectOf('connect', typed({ server: 'mail.test', user: 'ann@mail.test' }), [])).toMatchObject({
      ok: true,
      value: { settings: { auth: 'none', user: null } },
    })
  })

  test.for([
    ['connect', {}, 'server'],
    ['connect', { accountId: 'gone' }, 'accountId'],
    ['password', { server: 'mail.test' }, 'user'],
    ['refused', { server: 'mail.test' }, 'from'],
    ['nothing', { server: 'mail.test', from: 'a@mail.test' }, 'recipient'],
    ['spam', {}, 'from'],
  ] as const)('for "%s" with %j something is missing: %s', ([entrance, change, field]) => {
    expect(subjectOf(entrance, typed(change), [])).toMatchObject({ ok: false, error: { field } })
  })
})
