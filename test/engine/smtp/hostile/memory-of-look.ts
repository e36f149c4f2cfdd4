/*
 * Looks at a server that does no harm and then at one that does, and prints how much memory the second look took above
 * the first, in KiB: `node memory-of-look.ts GOOD-PORT BAD-PORT BUDGET-MS`. A process of its own, so that nothing else
 * counts.
 */
import { Deadline } from '#engine/net/deadline.ts'
import { serverInfo } from '#engine/smtp/server-info.ts'

const [good = 0, bad = 0, budgetMs = 0] = process.argv.slice(2).map(Number)

async function look(port: number, limitMs: number): Promise<void> {
  await serverInfo(
    { host: '127.0.0.1', port, security: 'if-offered' },
    { deadline: new Deadline(limitMs), resolver: 'system', now: () => new Date(), insecure: true },
  )
}

await look(good, 5000)
const idle = process.resourceUsage().maxRSS
const startedAt = performance.now()
await look(bad, budgetMs)
console.log(JSON.stringify({ grownKib: process.resourceUsage().maxRSS - idle, tookMs: performance.now() - startedAt }))
process.exit(0)
