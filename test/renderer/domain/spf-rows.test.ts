import { expect, test } from 'vitest'
import type { SpfCost, SpfReport, SpfTrace } from '#shared/domain/spf.ts'
import { spfRows } from '../../../renderer/domain/spf-rows.ts'

function node(domain: string, term: string | null, record: string | null, more: Partial<SpfCost> = {}): SpfCost {
  return { domain, term, record, fault: null, detail: null, lookups: 0, children: [], ...more }
}

function report(cost: SpfCost, trace: SpfTrace[] = [], voidTerms: SpfReport['voidTerms'] = []): SpfReport {
  const verdict = {
    result: 'pass' as const,
    explanation: null,
    domain: cost.domain,
    record: cost.record,
    lookups: 1,
    voidLookups: 0,
    reason: 'it matched',
    trace,
  }
  return { state: 'one', record: cost.record, candidates: [], cost, verdict, voidTerms, type99: [] }
}

test('each term has its own cost and that of what it leads to', () => {
  const include = node('b.test', 'include:b.test', 'v=spf1 mx a:c.test ip4:192.0.2.1 ~all', { lookups: 2 })
  const rows = spfRows(
    report(node('a.test', null, 'v=spf1 a ip4:192.0.2.1 include:b.test -all', { children: [include] })),
  )
  expect(rows.map(({ term, lookups }) => [term, lookups])).toEqual([
    ['a', 1],
    ['ip4:192.0.2.1', 0],
    ['include:b.test', 3],
    ['-all', 0],
  ])
  expect(rows[2]?.children.map(({ lookups }) => lookups)).toEqual([1, 1, 0, 0])
})

test('what stands behind all costs nothing', () => {
  const rows = spfRows(report(node('a.test', null, 'v=spf1 -all include:b.test mx')))
  expect(rows.map(({ lookups }) => lookups)).toEqual([0, 0, 0])
})

test('the term that decided is told from those that did not match and those that were not reached', () => {
  const seen = (term: string, matched: boolean | null): SpfTrace => ({
    term,
    mechanism: 'a',
    domain: null,
    matched,
    lookups: 0,
    voidLookups: 0,
    detail: 'why',
    record: null,
    children: [],
  })
  const trace = [seen('a', false), seen('mx', true), seen('-all', null)]
  const rows = spfRows(report(node('a.test', null, 'v=spf1 a mx -all'), trace))
  expect(rows.map(({ matched }) => matched)).toEqual([false, true, null])
})

test('a term that stands there twice is matched in order, and one that finds nothing is marked', () => {
  const voidTerms = [{ term: 'a:gone.test', domain: 'a.test', name: 'gone.test' }]
  const children = [
    node('b.test', 'include:b.test', 'v=spf1 -all'),
    node('b.test', 'include:b.test', null, { fault: 'circular', detail: 'b.test includes itself' }),
  ]
  const cost = node('a.test', null, 'v=spf1 include:b.test include:b.test a:gone.test -all', { children })
  const rows = spfRows(report(cost, [], voidTerms))
  expect(rows.map(({ fault }) => fault)).toEqual([null, 'b.test includes itself', null, null])
  expect(rows.map(row => row.void)).toEqual([false, false, true, false])
})
