import { expect, test } from 'vitest'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { offersOf } from '../../../renderer/server-info/offers.ts'

const lists = (plain: readonly string[] | null, tls: readonly string[] | null) => ({
  plain: plain && { ...NO_CAPABILITIES, lines: [...plain] },
  tls: tls && { ...NO_CAPABILITIES, lines: [...tls] },
})

test('what changes behind TLS is told, but for STARTTLS, which must go', () => {
  const offers = offersOf(
    lists(
      ['250-mail.example.org', '250-SIZE 10', '250-STARTTLS', '250 DSN'],
      ['250-mail.example.org', '250-SIZE 20', '250 AUTH PLAIN'],
    ),
  )
  expect(offers.map(({ keyword, change }) => [keyword, change])).toEqual([
    ['SIZE', 'parameters'],
    ['STARTTLS', 'same'],
    ['DSN', 'only-plain'],
    ['AUTH', 'only-tls'],
  ])
})

test('with one list there is nothing to compare', () => {
  expect(offersOf(lists(null, ['250-a', '250 SIZE'])).map(({ change }) => change)).toEqual([null])
  expect(offersOf(lists(null, null))).toEqual([])
})

test('a keyword that comes twice keeps the parameters of both', () => {
  const [auth] = offersOf(lists(['250-a', '250-AUTH PLAIN', '250 AUTH=LOGIN'], null))
  expect(auth?.plain).toBe('PLAIN LOGIN')
})
