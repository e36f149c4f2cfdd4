import { expect, test } from 'vitest'
import { Gate } from '#engine/dns/gate.ts'

test('no more than the limit are inside, and all get their turn in order', async () => {
  const gate = new Gate(2)
  const order: number[] = []
  let inside = 0
  let most = 0
  const work = async (number: number) => {
    await gate.enter()
    inside++
    most = Math.max(most, inside)
    order.push(number)
    await Promise.resolve()
    inside--
    gate.leave()
  }
  await Promise.all([1, 2, 3, 4, 5].map(work))
  expect(order).toEqual([1, 2, 3, 4, 5])
  expect(most).toBe(2)
  expect(gate.full).toBe(false)
})

test('whoever waits first takes over the place of the one who leaves', async () => {
  const gate = new Gate(1)
  await gate.enter()
  const waiting = gate.enter()
  gate.leave()
  await waiting
  expect(gate.full).toBe(true)
})

test('it tells when there is room and nobody waits', async () => {
  let told = 0
  const gate = new Gate(1, () => told++)
  await gate.enter()
  const waiting = gate.enter()
  gate.leave()
  await waiting
  expect(told).toBe(0)
  gate.leave()
  expect([told, gate.full]).toEqual([1, false])
})

test('a queue of thousands keeps its order', async () => {
  const gate = new Gate(3)
  const order: number[] = []
  const work = async (number: number) => {
    await gate.enter()
    order.push(number)
    gate.leave()
  }
  const numbers = Array.from({ length: 5_000 }, (_, i) => i)
  await Promise.all(numbers.map(work))
  expect(order).toEqual(numbers)
})
