import { type Answer, failedAnswer } from '#engine/dns/answer.ts'
import { askServers, type Question } from '#engine/dns/ask-servers.ts'
import { CHAIN_LIMIT, type Judged } from '#engine/dns/judge-reply.ts'
import type { RecordType } from '#engine/dns/record.ts'

/** What the CNAMEs so far have in common. */
type Way = { readonly chain: readonly string[]; readonly authenticated: boolean; readonly ttlSeconds: number }

/** Asks, and asks again for the target of each CNAME at which a server stops. The name is normalized. */
export function askWithChain<T extends RecordType>(question: Question<T>, done: (answer: Answer<T>) => void): void {
  askServers(question, judged => {
    if (judged.kind === 'answer') done(judged.answer)
    else follow(question, judged, { chain: [], authenticated: true, ttlSeconds: Infinity }, done)
  })
}

function follow<T extends RecordType>(
  question: Question<T>,
  next: Extract<Judged<T>, { kind: 'follow' }>,
  before: Way,
  done: (answer: Answer<T>) => void,
): void {
  const way = joined(before, next)
  if (new Set(way.chain).size < way.chain.length || way.chain.length > CHAIN_LIMIT) {
    done(failedAnswer('CNAME-LOOP', `${question.name} leads in a circle`, null))
    return
  }
  askServers({ ...question, name: next.name }, judged => {
    if (judged.kind === 'follow') follow(question, judged, way, done)
    else if (judged.answer.kind === 'failed') done(judged.answer)
    else done({ ...judged.answer, ...joined(way, judged.answer) })
  })
}

function joined(before: Way, { chain, authenticated, ttlSeconds }: Way): Way {
  return {
    chain: [...before.chain, ...chain],
    authenticated: before.authenticated && authenticated,
    ttlSeconds: Math.min(before.ttlSeconds, ttlSeconds),
  }
}
