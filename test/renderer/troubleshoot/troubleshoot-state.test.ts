import { expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import {
  reduceTroubleshoot,
  START,
  type TroubleshootAction,
  type TroubleshootState,
} from '../../../renderer/troubleshoot/troubleshoot-state.ts'

function after(...actions: readonly TroubleshootAction[]): TroubleshootState {
  return actions.reduce(reduceTroubleshoot, START)
}

const SUBJECT = { accountId: null, settings: AccountSettings.parse({ host: 'mail.test' }), name: 'x', recipient: null }

test('walking back loses nothing that was typed, also by another way in', () => {
  const state = after(
    { kind: 'choose', entrance: 'connect' },
    { kind: 'type', typed: { server: 'mail.test:587' } },
    { kind: 'ask', subject: SUBJECT },
    { kind: 'go', step: 'where' },
    { kind: 'go', step: 'see' },
    { kind: 'choose', entrance: 'refused' },
  )
  expect(state).toMatchObject({ step: 'where', typed: { server: 'mail.test:587' }, subject: SUBJECT })
})

test('the answer to one question does not stand behind another', () => {
  const asked = after({ kind: 'choose', entrance: 'connect' }, { kind: 'ask', subject: SUBJECT })
  expect(reduceTroubleshoot(asked, { kind: 'choose', entrance: 'connect' }).reached).toBe('answer')
  const other = reduceTroubleshoot(asked, { kind: 'choose', entrance: 'password' })
  expect(other.reached).toBe('where')
  expect(reduceTroubleshoot(other, { kind: 'go', step: 'answer' }).step).toBe('where')
})

test('a password does not follow to another server', () => {
  const state = after(
    { kind: 'type', typed: { server: 'mail.test', password: 's3cret' } },
    { kind: 'type', typed: { server: 'mail.example' } },
  )
  expect(state.typed.password).toBe('')
})

test('the answer to a deciding question ends with the text that it was about', () => {
  const told = after({ kind: 'type', typed: { text: 'a' } }, { kind: 'tell', means: 'auth-bad-credentials' })
  expect(told.told).toBe('auth-bad-credentials')
  expect(reduceTroubleshoot(told, { kind: 'type', typed: { text: 'b' } }).told).toBeNull()
})

test('a look at the connection that was stopped keeps what it saw', () => {
  const state = after(
    { kind: 'ask', subject: SUBJECT },
    { kind: 'locating', atMs: 1 },
    { kind: 'located', problem: null },
  )
  expect(state.locating.phase).toBe('ended')
})
