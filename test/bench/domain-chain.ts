import { startDelayingDns } from './delaying-dns.ts'
import { questionsOfCheck } from './domain-questions.ts'
import { domainName } from './domain-zone.ts'
import { print } from './measure.ts'

const DELAY_MS = 50

/**
 * The whole check of one domain through a server that takes its time: how many questions stand in its longest chain, which
 * are the last of it, and what the check took beside that chain and beside the sum of all questions.
 */
export async function measureChain(port: number): Promise<void> {
  const slow = await startDelayingDns(port, DELAY_MS)
  try {
    await questionsOfCheck(domainName(0), slow.port) // for the compiler
    const { questions, tookMs } = await questionsOfCheck(domainName(1), slow.port)
    const depthOf = (startedMs: number) => Math.floor(startedMs / DELAY_MS)
    const depth = Math.max(...questions.map(({ startedMs }) => depthOf(startedMs))) + 1
    const last = questions.filter(({ startedMs }) => depthOf(startedMs) === depth - 1)
    print(`one domain, ${DELAY_MS} ms an answer: questions`, questions.length)
    print('  longest chain, questions', depth)
    print('  which ends with', last.map(({ name, type }) => `${name} ${type}`).join(', '))
    print('  chain × delay, ms', depth * DELAY_MS)
    print('  measured, ms', tookMs)
    print('  sum of all questions, ms', questions.length * DELAY_MS)
  } finally {
    slow.stop()
  }
}
