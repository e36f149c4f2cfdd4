import { expect, test } from 'vitest'
import type { RunSummary } from '#shared/contract/run.ts'
import { differencesOf, seenDifferencesOf } from '../../../renderer/account/differences.ts'
import { connectionPart, lastWorkedBefore } from '../../../renderer/account/last-worked.ts'
import { ACCOUNT, FINDING, NOT_TRIED, REFUSED, reportOf, RESOLVED } from '../support/samples.ts'

const run = (id: string, hour: number, verdict: RunSummary['verdict'], purpose: RunSummary['purpose']): RunSummary => ({
  id,
  accountId: 'a1',
  startedAt: `2026-11-21T0${hour}:00:00.000Z`,
  totalMs: 1,
  purpose,
  verdict,
  headline: null,
})

test('the run to compare with is the newest of the same kind that worked before', () => {
  const history = [
    run('later', 9, 'works', 'test'),
    run('this', 8, 'fails', 'test'),
    run('sent', 7, 'works', 'send'),
    run('stopped', 6, 'stopped', 'test'),
    run('worked', 5, 'works', 'test'),
    run('first', 4, 'works', 'test'),
  ]
  const failed = reportOf([REFUSED], { id: 'this', startedAt: '2026-11-21T08:00:00.000Z' })
  expect(lastWorkedBefore(history, failed)?.id).toBe('worked')
  expect(lastWorkedBefore(history, { ...failed, purpose: 'send' })?.id).toBe('sent')
  expect(lastWorkedBefore(history.slice(0, 3), failed)?.id).toBe('sent')
  expect(lastWorkedBefore(history.slice(0, 2), failed)).toBeNull()
})

test('findings, and stations that were not reached, are left out where they stand beside it already', () => {
  const [before, after] = [reportOf([RESOLVED]), reportOf([REFUSED, NOT_TRIED], { findings: [FINDING] })]
  const seen = seenDifferencesOf(before, after)
  expect(seen.map(({ what }) => what)).toEqual(['Resolve', 'Sign in'])
  expect(differencesOf(before, after).filter(row => !seen.some(({ what }) => what === row.what))).toMatchObject([
    { what: 'Deliver' },
    { what: FINDING.title },
  ])
})

test('what a look at the connection leaves out is no change', () => {
  const before = reportOf([RESOLVED, REFUSED, NOT_TRIED], { account: { ...ACCOUNT, auth: 'plain', user: 'anna' } })
  const after = reportOf([RESOLVED], { account: { ...ACCOUNT, auth: 'none', user: null } })
  expect(seenDifferencesOf(connectionPart(before, after), connectionPart(after, after))).toEqual([])
})
