import { expect, test } from 'vitest'
import type { RelaySeen, ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { present } from '#shared/finding/present.ts'
import { judgeServerChecks } from '#shared/finding/rules/server-checks.ts'
import { reply, settings } from '../evidence-for-tests.ts'

function judge(checks: Partial<ServerChecks>) {
  const found = judgeServerChecks({ injection: null, relay: null, ...checks })
  return present(found, { account: settings(), steps: [] })
}

const ACCEPTED: RelaySeen = {
  kind: 'accepted',
  address: '192.0.2.1',
  mailFrom: '',
  rcptTo: 'somebody@example.net',
  reply: reply('250 2.1.5 Ok'),
}

test('a command of the clear text that was answered behind TLS is a risk, and the reply proves it', () => {
  const [finding] = judge({ injection: { kind: 'executed', command: 'NOOP', reply: reply('250 2.0.0 Ok') } })
  expect(finding).toMatchObject({ id: 'encrypt-commands-injected', severity: 'error', step: 'encrypt' })
  expect(finding?.evidence).toEqual(['NOOP in plain text behind STARTTLS, answered behind TLS: 250 2.0.0 Ok'])
})

test('a recipient elsewhere that is taken without sign-in is an open relay', () => {
  const [finding] = judge({ relay: ACCEPTED })
  expect(finding).toMatchObject({ id: 'deliver-open-relay', severity: 'error' })
  expect(finding?.evidence).toEqual(['MAIL FROM:<>, RCPT TO:<somebody@example.net>: 250 2.1.5 Ok'])
  expect(finding?.fixes.map(({ kind }) => kind)).toEqual(['command', 'ask'])
  expect(JSON.stringify(finding?.fixes)).not.toMatch(/sending mail through .* fails/)
})

test.each(['127.0.0.1', '::1', '192.168.1.5', '::ffff:10.0.0.1', 'fe80::1'])(
  'from %s it may be what the server is there for, so it is less sure',
  address => {
    const [finding] = judge({ relay: { ...ACCEPTED, address } })
    expect(finding).toMatchObject({ id: 'deliver-open-relay', severity: 'warning', confidence: 0.5 })
  },
)

test('what was refused, thrown away or could not be tested is no finding', () => {
  const refused = reply('554 5.7.1 Relay access denied')
  expect(judge({ injection: { kind: 'discarded', command: 'NOOP' } })).toEqual([])
  expect(judge({ injection: { kind: 'refused', command: 'NOOP', reply: refused } })).toEqual([])
  expect(judge({ injection: { kind: 'not-tested', because: 'no STARTTLS' } })).toEqual([])
  expect(
    judge({ relay: { kind: 'refused', command: 'RCPT', mailFrom: '', rcptTo: 'a@b.test', reply: refused } }),
  ).toEqual([])
})
