import { expect, test } from 'vitest'
import { nameFault } from '../../../renderer/accounts/name-fault.ts'

test.each([
  ['', 'Give the account a name.'],
  ['   ', 'Give the account a name.'],
  ['a:b', 'A name holds neither'],
  ['a,b', 'A name holds neither'],
  ['x'.repeat(65), 'At most 64 characters.'],
  ['taken', 'There is an account “taken” already.'],
])('%j cannot be the name of an account', (name, why) => {
  expect(nameFault(name, ['taken'])).toContain(why)
})

test('blanks at the ends do not count', () => {
  expect(nameFault(' work ', ['taken'])).toBeNull()
})
