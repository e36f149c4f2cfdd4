/*
 * Fetches a harmless autoconfig file and then one that is hostile, and prints what the second took above the first:
 * `node measure-fetch.ts PORT`. A process of its own, so that nothing else counts.
 */
import { fetchAutoconfig } from '#engine/discover/fetch-autoconfig.ts'
import { Deadline } from '#engine/net/deadline.ts'

const baseUrl = `http://127.0.0.1:${Number(process.argv[2])}/`
const fetchFor = (domain: string) => fetchAutoconfig(domain, new Deadline(10_000), baseUrl)

await fetchFor('good.test')
const idleKib = process.resourceUsage().maxRSS
const startedAt = performance.now()
const found = await fetchFor('bomb.test')
const tookMs = Math.round(performance.now() - startedAt)
console.log(JSON.stringify({ found: found.length, tookMs, grownKib: process.resourceUsage().maxRSS - idleKib }))
process.exit(0)
