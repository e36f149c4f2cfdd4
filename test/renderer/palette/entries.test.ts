import { expect, test } from 'vitest'
import type { AccountView } from '#shared/contract/account-view.ts'
import { entriesFor, matchingEntries } from '../../../renderer/palette/entries.ts'
import { ACCOUNT } from '../support/samples.ts'

const VIEW: AccountView = { account: ACCOUNT, isDefault: true, secret: 'none', lastRun: null, lastWorkedAt: null }
const labels = (query: string) => matchingEntries(entriesFor([VIEW]), query).map(entry => entry.label)

test('every word has to be held, in any order', () => {
  expect(labels('sample msmtprc')).toEqual(['Save an msmtprc: Sample'])
  expect(labels('sample nothing')).toEqual([])
})

test('what begins with the word comes first', () => {
  expect(labels('set')[0]).toBe('Settings')
})

test('no words show everything, accounts first', () => {
  expect(labels('')[0]).toBe('Sample')
  expect(new Set(entriesFor([VIEW]).map(entry => entry.id)).size).toBe(entriesFor([VIEW]).length)
})
