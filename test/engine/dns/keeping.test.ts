import { describe, expect, test } from 'vitest'
import type { Answer } from '#engine/dns/answer.ts'
import { AnswerCache } from '#engine/dns/cache.ts'
import { RenewedMap } from '#engine/dns/renewed-map.ts'
import { Stops } from '#engine/dns/stops.ts'

const answer = (ttlSeconds: number): Answer => ({
  kind: 'nodata',
  chain: [],
  authenticated: false,
  ttlSeconds,
  server: 'x',
})

describe('the cache', () => {
  test('keeps an answer until its time is over, an hour at most', () => {
    const cache = new AnswerCache(10)
    cache.keep('short', answer(5), 0)
    cache.keep('long', answer(86_400), 0)
    expect(cache.read('short', 4_999)).not.toBe(null)
    expect(cache.read('short', 5_000)).toBe(null)
    expect(cache.read('long', 3_599_999)).not.toBe(null)
    expect(cache.read('long', 3_600_000)).toBe(null)
  })

  test('what is asked for again stays when it is full', () => {
    const cache = new AnswerCache(40)
    cache.keep('wanted', answer(60), 0)
    for (let i = 0; i < 100; i++) {
      cache.keep(`other ${i}`, answer(60), 0)
      expect(cache.read('wanted', 0)).not.toBe(null)
    }
    expect(cache.read('other 1', 0)).toBe(null)
  })

  test('with the size 0 nothing is kept', () => {
    const cache = new AnswerCache(0)
    cache.keep('a', answer(60), 0)
    expect(cache.read('a', 0)).toBe(null)
  })
})

test('a renewed map holds what was not deleted, however much was', () => {
  const map = new RenewedMap<number, number>()
  for (let i = 0; i < 5_000; i++) {
    map.set(i, i)
    if (i % 10 !== 0) map.delete(i)
  }
  expect(map.get(4_990)).toBe(4_990)
  expect(map.get(4_999)).toBe(undefined)
  expect(map.get(0)).toBe(0)
})

describe('stops', () => {
  test('everybody who still waits is told once, whoever left meanwhile is not', () => {
    const stops = new Stops()
    const stop = new AbortController()
    const told: string[] = []
    const watch = (name: string) => stops.watch(stop.signal, () => void told.push(name))
    const leaveFirst = watch('first')
    watch('second')
    const leaveThird = watch('third')
    watch('fourth')
    leaveFirst()
    leaveThird()
    stop.abort()
    expect(told.sort()).toEqual(['fourth', 'second'])
  })

  test('who is told may end the watch of others and begin a new one', () => {
    const stops = new Stops()
    const [stop, other] = [new AbortController(), new AbortController()]
    let told = 0
    const leaves: (() => void)[] = []
    for (let i = 0; i < 3; i++) {
      leaves.push(
        stops.watch(stop.signal, () => {
          told++
          leaves[i]?.()
          stops.watch(other.signal, () => told++)
        }),
      )
    }
    stop.abort()
    other.abort()
    expect(told).toBe(6)
  })
})
