import { describe, expect, test } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { BUDGET_MS, measureAttack, MOST_KIB } from './measure-attack.ts'

/** To tell about it, on a machine that is busy. */
const GRACE_MS = 1000

describe('memory stays within 64 MiB above idle, and the time within the deadline', () => {
  test.concurrent.each(ATTACKS)('$name', async ({ part }) => {
    const { grownKib, lookMs, consoleMs } = await measureAttack(part)
    expect(grownKib).toBeLessThan(MOST_KIB)
    expect(lookMs).toBeLessThan(BUDGET_MS + GRACE_MS)
    expect(consoleMs).toBeLessThan(BUDGET_MS + GRACE_MS)
  })
})
