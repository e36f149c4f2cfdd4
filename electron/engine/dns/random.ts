import { randomFillSync } from 'node:crypto'

/** Drawn from the system's generator this many octets at a time, since each call costs more than what it gives. */
const POOL = Buffer.alloc(4096)
let used = POOL.length

/** 16 bits that nobody can foresee. */
export function randomUInt16(): number {
  if (used + 2 > POOL.length) {
    randomFillSync(POOL)
    used = 0
  }
  used += 2
  return POOL.readUInt16BE(used - 2)
}
