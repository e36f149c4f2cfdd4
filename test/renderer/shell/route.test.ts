import { describe, expect, test } from 'vitest'
import { parseRoute, printRoute, type Route } from '../../../renderer/shell/route.ts'

describe('the address of a page', () => {
  test.each<Route>([
    { page: 'accounts' },
    { page: 'add' },
    { page: 'practice' },
    { page: 'settings' },
    { page: 'account', id: 'a/b #?', tab: 'history' },
  ])('$page is read back as it was written', route => {
    expect(parseRoute(printRoute(route))).toEqual(route)
  })

  test.each(['', '#', '#/', '#/nowhere', '#/account', '#/account//path'])('%j leads to the accounts', hash => {
    expect(parseRoute(hash)).toEqual({ page: 'accounts' })
  })

  test('an unknown tab is the path', () => {
    expect(parseRoute('#/account/x/nonsense')).toEqual({ page: 'account', id: 'x', tab: 'path' })
  })

  test('a half-written escape is taken as it stands', () => {
    expect(parseRoute('#/account/%E0%A4/path')).toEqual({ page: 'account', id: '%E0%A4', tab: 'path' })
  })
})
