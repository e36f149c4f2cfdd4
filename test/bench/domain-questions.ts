import { Resolver as NodeResolver } from 'node:dns'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { lookupCaa } from '#engine/policy/caa.ts'
import { domainName } from './domain-zone.ts'

export type Question = { readonly name: string; readonly type: string }
export type Asked = Question & { readonly startedMs: number }

/** As many as our resolver lets out at a time. */
export const AT_A_TIME = 128

/** What the check of one domain asks, and when. */
export async function questionsOfCheck(
  domain: string,
  port: number,
): Promise<{ readonly questions: readonly Asked[]; readonly tookMs: number }> {
  const inner = createResolver({ servers: [{ host: '127.0.0.1', port }] })
  const asked = new Map<string, Asked>()
  const startedAt = performance.now()
  const resolver: Resolver = {
    label: inner.label,
    lookup(name, type, deadline) {
      const question = { name, type, startedMs: performance.now() - startedAt }
      if (!asked.has(`${type} ${name}`)) asked.set(`${type} ${name}`, question)
      return inner.lookup(name, type, deadline)
    },
  }
  await checkDomain({
    domain,
    ip: null,
    from: null,
    selectors: [],
    blocklists: false,
    resolver,
    deadline: new Deadline(60_000),
    aside: async (lookup, of) => ({
      caa: await lookupCaa(of, lookup),
      delegation: null,
      invented: null,
      include: null,
    }),
  })
  return { questions: [...asked.values()], tookMs: performance.now() - startedAt }
}

/** The questions for each of so many domains; what they have in common is asked once and left out. */
export async function questionsOfDomains(count: number, port: number): Promise<readonly Question[]> {
  const { questions } = await questionsOfCheck(domainName(0), port)
  const own = questions.filter(({ name }) => name.includes(domainName(0)))
  return Array.from({ length: count }, (_, i) =>
    own.map(({ name, type }) => ({ type, name: name.replace(domainName(0), domainName(i)) })),
  ).flat()
}

/** node:dns, asked one question. */
export function nodeAsker(port: number): (question: Question) => Promise<unknown> {
  const theirs = new NodeResolver()
  theirs.setServers([`127.0.0.1:${port}`])
  return ({ name, type }) => new Promise(resolve => theirs.resolve(name, type, resolve))
}

/** The obsolete type SPF is the one that node:dns does not know. */
export function knownToNode(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ type }) => type !== 'SPF')
}
