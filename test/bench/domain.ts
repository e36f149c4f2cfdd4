/*
 * Prints, in one run: questions a second of our resolver, of node:dns and of `domain --batch` on the same questions to the
 * same NSD; the peak memory of the batch at 1,000 and at 10,000 domains; what the check of one domain takes where each
 * answer takes its time; check_host evaluations a second beside those of mailauth on the same zone in memory. Needs NSD.
 *
 *   node test/bench/domain.ts
 */
import { startNsd } from '../peers/support/name-servers.ts'
import { peerInstalled } from '../peers/support/peer.ts'
import { compareCheckHost } from './check-host.ts'
import { compareBatch } from './domain-batch.ts'
import { measureChain } from './domain-chain.ts'
import { questionsOfDomains } from './domain-questions.ts'
import { compareResolvers } from './domain-resolver.ts'
import { benchZone } from './domain-zone.ts'

const DOMAINS = 10_000

if (!peerInstalled('nsd')) process.exit(0)
const nsd = await startNsd('test', benchZone(DOMAINS))
try {
  const questions = await questionsOfDomains(DOMAINS, nsd.port)
  await compareResolvers(questions, nsd.port)
  await compareBatch(DOMAINS, questions, nsd.port)
  await measureChain(nsd.port)
  await compareCheckHost()
} finally {
  await nsd.close()
}
