import { expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { FIELD_GROUPS, FIELD_NAMES, FIELDS, fieldsOf } from '#shared/account/field.ts'

test('every setting has words, and every group has fields', () => {
  expect([...FIELD_NAMES].sort()).toEqual(Object.keys(AccountSettings.shape).sort())
  expect(FIELD_GROUPS.flatMap(fieldsOf)).toHaveLength(FIELD_NAMES.length)
})

test('no two settings carry the same label', () => {
  const labels = FIELD_NAMES.map(name => FIELDS[name].label)
  expect(new Set(labels).size).toBe(labels.length)
})
