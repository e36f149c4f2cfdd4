import { expect, test } from 'vitest'
import { Gate } from '#engine/dns/gate.ts'

test('no more than the limit are inside, and all get their turn in order', async () => {
  const gate = new Gate(2)
  const order: number[] = []
  let inside = 0
  let most = 0
  const work = (number: number) => async () => {
    inside++
    most = Math.max(most, inside)
    order.push(number)
    await Promise.resolve()
    inside--
    return number
  }
  const results = await Promise.all([1, 2, 3, 4, 5].map(number => gate.pass(work(number))))
  expect(results).toEqual([1, 2, 3, 4, 5])
  expect(order).toEqual([1, 2, 3, 4, 5])
  expect(most).toBe(2)
})

test('work that throws gives its place back', async () => {
  const gate = new Gate(1)
  await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.pass(() => Promise.resolve('in'))).toBe('in')
})
