import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { spareTime } from '#engine/net/spare-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('while the answer of a server that is near may come, there is none', async () => {
  const { promise: connected, resolve } = Promise.withResolvers<boolean>()
  let spare: boolean | null = null
  void spareTime(connected).then(is => (spare = is))
  await vi.advanceTimersByTimeAsync(19)
  expect(spare).toBeNull()
  resolve(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(spare).toBe(true)
})

test('a server that is far leaves time while it is waited for', async () => {
  const spare = spareTime(new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(20)
  expect(await spare).toBe(true)
})

test('nothing is prepared for a connection that was refused', async () => {
  expect(await spareTime(Promise.resolve(false))).toBe(false)
})
