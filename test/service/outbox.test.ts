import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Outbox, type TryResult } from '#service/outbox.ts'

const MINUTE = 60_000
const message = { raw: 'U3ViamVjdDogeA0KDQp5DQo=', messageId: '<1@a.example>', mailFrom: null, rcptTo: ['b@b.example'] }

let home = ''
let clock = Date.parse('2026-11-21T10:00:00Z')
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mailwright-outbox-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const outbox = () => new Outbox(home, () => new Date(clock))
const answer = (result: TryResult) => () => Promise.resolve(result)

test('a message waits at least half an hour, and is delivered once', async () => {
  const box = outbox()
  box.keep('acc', message)
  expect(await box.deliverDue(answer('delivered'))).toEqual({ delivered: 0, refused: 0, later: 0, expired: 0 })
  clock += 31 * MINUTE
  const tried: unknown[] = []
  const result = await box.deliverDue(waiting => {
    tried.push([waiting.accountId, waiting.message, waiting.tries])
    return Promise.resolve('delivered')
  })
  expect(result.delivered).toBe(1)
  expect(tried).toEqual([['acc', message, 2]])
  expect(box.count()).toBe(0)
  box.close()
})

test('two processes do not send the same message twice', async () => {
  const [one, other] = [outbox(), outbox()]
  one.keep('acc', message)
  clock += 31 * MINUTE
  const results = await Promise.all([one.deliverDue(answer('delivered')), other.deliverDue(answer('delivered'))])
  expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1)
  one.close()
  other.close()
})

test('what is refused for good leaves; what waits longer than five days is given up', async () => {
  const box = outbox()
  box.keep('acc', message)
  clock += 31 * MINUTE
  expect((await box.deliverDue(answer('later'))).later).toBe(1)
  expect(box.count()).toBe(1)
  clock += 6 * 24 * 60 * MINUTE
  expect((await box.deliverDue(answer('later'))).expired).toBe(1)
  expect(box.count()).toBe(0)
  box.keep('acc', message)
  clock += 31 * MINUTE
  expect((await box.deliverDue(answer('refused'))).refused).toBe(1)
  expect(box.count()).toBe(0)
  box.close()
})

test('only its owner can read what waits', () => {
  const box = outbox()
  box.keep('acc', message)
  box.close()
  expect(statSync(join(home, 'outbox.sqlite')).mode & 0o777).toBe(0o600)
})
