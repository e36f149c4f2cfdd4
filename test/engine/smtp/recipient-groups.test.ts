import { expect, test } from 'vitest'
import { groupRecipients } from '#engine/smtp/recipient-groups.ts'

const group = (to: readonly string[], limits: Record<string, number | string> | null) => groupRecipients(to, { limits })
const TO = ['a@x.test', 'b@y.test', 'c@x.test', 'd@Z.test', 'e@z.test']

test.each<[string, Record<string, number | string> | null, readonly (readonly string[])[]]>([
  ['without limits all of them go together', null, [TO]],
  ['RCPTMAX', { RCPTMAX: 2 }, [['a@x.test', 'b@y.test'], ['c@x.test', 'd@Z.test'], ['e@z.test']]],
  [
    'RCPTDOMAINMAX',
    { RCPTDOMAINMAX: 2 },
    [
      ['a@x.test', 'b@y.test', 'c@x.test'],
      ['d@Z.test', 'e@z.test'],
    ],
  ],
  [
    'MAILMAX that is enough',
    { RCPTMAX: 3, MAILMAX: 2 },
    [
      ['a@x.test', 'b@y.test', 'c@x.test'],
      ['d@Z.test', 'e@z.test'],
    ],
  ],
  ['what is no number, or 0, limits nothing', { RCPTMAX: 0, MAILMAX: 'many' }, [TO]],
])('%s', (_, limits, groups) => {
  expect(group(TO, limits)).toEqual({ ok: true, value: groups })
})

test('more than the session takes is said beforehand', () => {
  expect(group(TO, { RCPTMAX: 2, MAILMAX: 2 })).toEqual({
    ok: false,
    error: { limit: 4, limits: 'RCPTMAX=2 MAILMAX=2' },
  })
})
