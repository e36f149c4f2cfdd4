/*
 * Looks at a server that does no harm and then at one that does, by a look and by a session by hand, and prints what that
 * took: `node measure-client.ts GOOD-PORT BAD-PORT BUDGET-MS`. A process of its own, so that nothing else counts.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '#shared/problem.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { openConsole } from '#engine/smtp/open-console.ts'
import { serverInfo } from '#engine/smtp/server-info.ts'

const [good = 0, bad = 0, budgetMs = 0] = process.argv.slice(2).map(Number)

const options = (limitMs: number) =>
  ({ deadline: new Deadline(limitMs), resolver: 'system', now: () => new Date(), insecure: true }) as const

async function look(port: number, limitMs: number): Promise<void> {
  await serverInfo({ host: '127.0.0.1', port, security: 'if-offered' }, options(limitMs))
}

/** What a person would type; whatever comes of it, the session can be closed. */
async function typeByHand(port: number, limitMs: number): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const opened = await openConsole(
    { host: '127.0.0.1', port, tls: false },
    { ...options(limitMs), safe: true, tell: event => event.kind === 'ended' && resolve() },
  )
  if (opened.kind === 'failed') return
  const { session } = opened
  const stop = setTimeout(() => session.close(), limitMs)
  try {
    await Promise.race([session.send('EHLO client.lab.test'), ended])
    await Promise.race([wait(200), ended])
    await Promise.race([session.startTls(true), ended])
  } catch (error) {
    // The session has ended, or still waits for an answer: what a person would be told.
    if (!(error instanceof Problem)) throw error
  }
  session.close()
  await ended
  clearTimeout(stop)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return Math.round(performance.now() - startedAt)
}

await look(good, 5000)
await typeByHand(good, 5000)
const idleKib = process.resourceUsage().maxRSS
const lookMs = await timed(() => look(bad, budgetMs))
const consoleMs = await timed(() => typeByHand(bad, budgetMs))
console.log(JSON.stringify({ grownKib: process.resourceUsage().maxRSS - idleKib, lookMs, consoleMs }))
process.exit(0)
