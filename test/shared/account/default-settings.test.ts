import { expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { DEFAULT_SETTINGS } from '#shared/account/default-settings.ts'

test('an account in which nothing is set has the default settings', () => {
  expect(DEFAULT_SETTINGS).toEqual(AccountSettings.parse({}))
})
