import { expect, test } from 'vitest'
import { differencesOf } from '../../../renderer/account/differences.ts'
import { changeBetween, reduceDrafts } from '../../../renderer/account/settings-draft.ts'
import { inputOf } from '../../../renderer/form/settings-input.ts'
import { ACCOUNT, FINDING, REFUSED, reportOf, RESOLVED, resolvedIn } from '../support/samples.ts'

test('two runs that differ in their times only have no differences', () => {
  expect(differencesOf(reportOf([RESOLVED]), reportOf([resolvedIn(900)]))).toEqual([])
})

test('settings come first, then stations, then findings', () => {
  const before = reportOf([RESOLVED, REFUSED], { findings: [FINDING] })
  const after = reportOf([RESOLVED], { account: { ...ACCOUNT, security: 'tls' } })
  expect(differencesOf(before, after)).toEqual([
    { what: 'Encryption', before: 'STARTTLS (upgrade)', after: 'TLS from the start' },
    { what: 'Sign in', before: '535 5.7.8 authentication failed', after: 'not part of it' },
    { what: 'The password was refused', before: 'found', after: 'gone' },
  ])
})

test('only the settings that differ are sent', () => {
  expect(changeBetween(ACCOUNT, { ...ACCOUNT, port: 2525, proxy: null })).toEqual({ port: 2525 })
})

test('what is typed for one account does not touch that of another', () => {
  const input = inputOf(ACCOUNT)
  const drafts = reduceDrafts({ other: input }, { kind: 'typed', id: 'a1', input })
  expect(reduceDrafts(drafts, { kind: 'discarded', id: 'a1' })).toEqual({ other: input })
})
