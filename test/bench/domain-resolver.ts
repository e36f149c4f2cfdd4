import { createResolver } from '#engine/dns/resolver.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { AT_A_TIME, knownToNode, nodeAsker, type Question } from './domain-questions.ts'
import { median, print, type Rate, rateOf } from './measure.ts'

const ROUNDS = 7
const PART = 40_000

/** Questions a second of our resolver and of node:dns, in turns: whatever else the machine does is met by both. */
export async function compareResolvers(questions: readonly Question[], port: number): Promise<void> {
  const part = knownToNode(questions).slice(0, PART)
  const askTheirs = nodeAsker(port)
  const rounds: { readonly ours: Rate; readonly node: Rate }[] = []
  // The first round is for the compiler.
  for (let round = 0; round <= ROUNDS; round++) {
    const resolver = createResolver({ servers: [{ host: '127.0.0.1', port }], cacheSize: 0 })
    const deadline = new Deadline(600_000)
    // Only types that the check asks for.
    const askOurs = ({ name, type }: Question) => resolver.lookup(name, type as 'TXT', deadline)
    const ours = await rateOf(part, AT_A_TIME, askOurs)
    const node = await rateOf(part, AT_A_TIME, askTheirs)
    if (round > 0) rounds.push({ ours, node })
  }
  const ratios = rounds.map(({ ours, node }) => ours.perSecond / node.perSecond)
  const middle = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
  print(
    'questions a second, ours',
    middle(({ ours }) => ours.perSecond),
  )
  print(
    'questions a second, node:dns',
    middle(({ node }) => node.perSecond),
  )
  print('  ours by node:dns, median of the rounds', median(ratios), 2)
  print('  each round', ratios.map(ratio => ratio.toFixed(2)).join(' '))
  print(
    'processor time a question, ours, µs',
    middle(({ ours }) => ours.cpuMicroseconds),
    1,
  )
  print(
    'processor time a question, node:dns, µs',
    middle(({ node }) => node.cpuMicroseconds),
    1,
  )
}
