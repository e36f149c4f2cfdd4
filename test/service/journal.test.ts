import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import type { Report } from '#shared/report/report.ts'
import { Journal } from '#service/journal.ts'
import { NOW } from './support/store-parts.ts'
import { tempFolder } from './support/temp-home.ts'

const journalIn = (home: string) => new Journal(home, () => NOW)

function report(id: string, accountId: string, state: 'done' | 'failed' = 'done'): Report {
  const evidence = { kind: 'not-found', host: 'h', resolver: 'system', code: 'ENOTFOUND' } as const
  const second = String(Number(id.replace(/\D/g, '')) % 60).padStart(2, '0')
  const startedAt = `2026-11-21T09:44:${second}.000Z`
  return {
    version: 1,
    id,
    startedAt,
    totalMs: 12.5,
    purpose: 'test',
    sendTo: null,
    program: { name: 'mailwright', version: '0', platform: 'linux' },
    account: Account.parse({ id: accountId, name: accountId }),
    steps: [{ id: 'resolve', state, startedAt, ms: 1, evidence }],
    findings: [],
    transcript: [],
  }
}

test('reading a history that never was leaves no trace on the disk', () => {
  const home = join(tempFolder(), 'never')
  const journal = journalIn(home)
  expect(journal.history('a', 10)).toEqual([])
  expect(journal.report('r1')).toBe(null)
  expect(journal.lastRuns().size).toBe(0)
  expect(existsSync(home)).toBe(false)
})

test('a report comes back whole, in another process too', () => {
  const home = tempFolder()
  const saved = report('r1', 'a')
  const journal = journalIn(home)
  journal.save(saved)
  journal.close()
  expect(journalIn(home).report('r1')).toEqual(saved)
})

test('the database is for its owner only', () => {
  const home = tempFolder()
  journalIn(home).save(report('r1', 'a'))
  expect(statSync(join(home, 'journal.sqlite')).mode & 0o777).toBe(0o600)
})

test('history is newest first, and tells when a run last succeeded', () => {
  const journal = journalIn(tempFolder())
  journal.save(report('r1', 'a'))
  journal.save(report('r2', 'a', 'failed'))
  journal.save(report('r3', 'b', 'failed'))
  expect(journal.history('a', 10).map(({ id, verdict }) => [id, verdict])).toEqual([
    ['r2', 'fails'],
    ['r1', 'works'],
  ])
  expect(journal.history('a', 1)).toHaveLength(1)
  expect(journal.lastRuns().get('a')).toMatchObject({ last: { id: 'r2' }, lastWorkedAt: '2026-11-21T09:44:01.000Z' })
  expect(journal.lastRuns().get('b')).toMatchObject({ last: { id: 'r3' }, lastWorkedAt: null })
})

test('of each account the newest 200 runs are kept', () => {
  const journal = journalIn(tempFolder())
  for (let number = 0; number < 203; number += 1) journal.save(report(`r${number}`, 'a'))
  journal.save(report('x1', 'b'))
  expect(journal.history('a', 1000)).toHaveLength(200)
  expect(journal.report('r2')).toBe(null)
  expect(journal.report('r3')).not.toBe(null)
  expect(journal.history('b', 10)).toHaveLength(1)
})

test('forgetting an account takes its runs and no others', () => {
  const journal = journalIn(tempFolder())
  journal.save(report('r1', 'a'))
  journal.save(report('r2', 'b'))
  journal.forget(['a'])
  expect([journal.history('a', 9).length, journal.history('b', 9).length]).toEqual([0, 1])
})

describe('a database that cannot be used', () => {
  test('is kept aside when it is no database, and the run is kept', () => {
    const home = tempFolder()
    writeFileSync(join(home, 'journal.sqlite'), 'this is no database, and long enough to be looked at '.repeat(40))
    const journal = journalIn(home)
    journal.save(report('r1', 'a'))
    expect(journal.history('a', 10)).toHaveLength(1)
    const keptAs = join(home, 'journal.broken-20261121T094400Z.sqlite')
    expect(journal.problem()).toMatchObject({ keptAs })
    expect(readFileSync(keptAs, 'utf8')).toContain('this is no database')
  })

  test('is kept aside when it was cut in half', () => {
    const home = tempFolder()
    const first = journalIn(home)
    for (let number = 0; number < 30; number += 1) first.save(report(`r${number}`, 'a'))
    first.close()
    const path = join(home, 'journal.sqlite')
    truncateSync(path, 6_000)
    const journal = journalIn(home)
    journal.save(report('new', 'a'))
    expect(journal.report('new')).not.toBe(null)
    expect(journal.problem()).not.toBe(null)
  })

  test('is a problem with its path when it is a folder', () => {
    const home = tempFolder()
    mkdirSync(join(home, 'journal.sqlite'))
    expect(() => journalIn(home).save(report('r1', 'a'))).toThrow(
      expect.objectContaining({ code: 'io', field: join(home, 'journal.sqlite') }),
    )
  })
})
