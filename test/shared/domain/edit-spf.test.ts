import { describe, expect, test } from 'vitest'
import { closed, combined, flattened, merged, withoutTerm, withTerm } from '#shared/domain/edit-spf.ts'
import type { SpfCost } from '#shared/domain/spf.ts'

test.for([
  ['v=spf1 mx -all', 'v=spf1 mx include:p.test -all'],
  ['v=spf1 mx', 'v=spf1 mx include:p.test'],
  ['v=spf1 mx redirect=b.test', 'v=spf1 mx include:p.test redirect=b.test'],
  ['v=spf1 mx exp=e.test ~all', 'v=spf1 mx include:p.test exp=e.test ~all'],
  ['v=spf1 INCLUDE:p.test -all', 'v=spf1 INCLUDE:p.test -all'],
  ['v=spf1   mx   -all ', 'v=spf1 mx include:p.test -all'],
] as const)('an include is added to %j where it is still reached', ([record, mended]) => {
  expect(withTerm(record, 'include:p.test')).toBe(mended)
})

test('a term is taken away and nothing else', () => {
  expect(withoutTerm('v=spf1 ptr mx ptr:x.test -all', 'ptr')).toBe('v=spf1 mx ptr:x.test -all')
})

test.for([
  ['v=spf1 mx +all', 'v=spf1 mx ~all'],
  ['v=spf1 ALL', 'v=spf1 ~all'],
  ['v=spf1 include:all.test -all', 'v=spf1 include:all.test -all'],
] as const)('%s is closed', ([record, mended]) => {
  expect(closed(record)).toBe(mended)
})

test.for([
  [['v=spf1 mx -all', 'v=spf1 mx ip4:192.0.2.1 -all'], 'v=spf1 mx ip4:192.0.2.1 -all'],
  [['v=spf1 mx -all', 'v=spf1 a ~all'], 'v=spf1 mx a ~all'],
  [['v=spf1 mx +all', 'v=spf1 a -all'], 'v=spf1 mx a ~all'],
  [['v=spf1 redirect=b.test', 'v=spf1 a -all'], 'v=spf1 a include:b.test -all'],
] as const)('%j become one record', ([records, mended]) => {
  expect(merged(records)).toBe(mended)
})

test.for([
  ['v=spf1 ptr mx +all', ['v=spf1 ptr mx ~all', 'v=spf1 mx +all'], 'v=spf1 mx ~all'],
  ['v=spf1 ptr mx', ['v=spf1 ptr mx ~all', 'v=spf1 mx', 'v=spf1 ptr mx ip4:192.0.2.1'], 'v=spf1 mx ip4:192.0.2.1 ~all'],
  ['v=spf1 a mx -all', ['v=spf1 a ip4:192.0.2.1 ip4:192.0.2.2 -all'], 'v=spf1 a ip4:192.0.2.1 ip4:192.0.2.2 -all'],
] as const)('the edits %j %j go together', ([original, edits, mended]) => {
  expect(combined(original, edits)).toBe(mended)
})

describe('flattening', () => {
  const node = (domain: string, record: string, lookups: number, children: SpfCost[] = []): SpfCost => ({
    domain,
    term: `include:${domain}`,
    record,
    fault: null,
    detail: null,
    lookups,
    children,
  })

  test('the most expensive include gives way to its addresses, no more than needed', () => {
    const inner = node('in.test', 'v=spf1 ip4:192.0.2.0/24 ~all', 0)
    const big = node('big.test', 'v=spf1 include:in.test ip6:2001:db8::/32 -all', 1, [inner])
    const small = node('small.test', 'v=spf1 ip4:198.51.100.0/24 ~all', 0)
    const cost = node('a.test', 'v=spf1 include:small.test include:big.test -all', 11, [small, big])
    expect(flattened(cost)).toBe('v=spf1 include:small.test ip4:192.0.2.0/24 ip6:2001:db8::/32 -all')
  })

  test('what is not plain addresses stays, and then there is no such repair', () => {
    const exotic = node('x.test', 'v=spf1 exists:%{i}.x.test -all', 11)
    expect(flattened(node('a.test', 'v=spf1 include:x.test -all', 12, [exotic]))).toBe(null)
  })

  test('a record that would not fit an answer is no repair', () => {
    const networks = Array.from({ length: 60 }, (_, i) => `ip4:10.0.${i}.0/24`).join(' ')
    const long = node('long.test', `v=spf1 ${networks} -all`, 11)
    expect(flattened(node('a.test', 'v=spf1 include:long.test -all', 12, [long]))).toBe(null)
  })
})
