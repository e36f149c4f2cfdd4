/*
 * Prints, for every hostile server of the tests, how long a look and a session by hand took against it, and how much
 * memory they held above idle. Each client is a process of its own.
 *
 *   node test/bench/hostile.ts
 */
import { ATTACKS } from '../engine/smtp/hostile/attacks.ts'
import { BUDGET_MS, measureAttack, MOST_KIB, type Cost } from '../engine/smtp/hostile/measure-attack.ts'

console.log(`deadline ${BUDGET_MS} ms, limit ${MOST_KIB / 1024} MiB above idle`)
console.log(line('', 'look', 'console', 'memory'))
const costs: Cost[] = []
for (const { name, part } of ATTACKS) {
  const cost = await measureAttack(part)
  costs.push(cost)
  print(name, cost)
}
const most = (of: (cost: Cost) => number) => Math.max(...costs.map(of))
print('the most', {
  lookMs: most(cost => cost.lookMs),
  consoleMs: most(cost => cost.consoleMs),
  grownKib: most(cost => cost.grownKib),
})
process.exit(0)

function print(name: string, { lookMs, consoleMs, grownKib }: Cost): void {
  console.log(line(name, `${lookMs} ms`, `${consoleMs} ms`, `${(grownKib / 1024).toFixed(1)} MiB`))
}

function line(name: string, ...columns: readonly string[]): string {
  return `${name.padEnd(52)}${columns.map(column => column.padStart(10)).join('')}`
}
