import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Lookup } from '#engine/dns/lookup.ts'
import { parseIp } from '#engine/dns/ip.ts'
import { checkDomain, type DomainCheck } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { zoneInMemory } from '../../support/zone-in-memory.ts'
import type { Zone } from '../../support/zone-server.ts'

const ZONE: Zone = {
  'a.test': [
    ['MX', [10, 'mx.a.test']],
    ['TXT', 'v=spf1 a:out.a.test mx include:one.test -all'],
  ],
  'mx.a.test': [['A', '192.0.2.1']],
  'out.a.test': [['A', '192.0.2.2']],
  '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; rua=mailto:x@reports.test']],
  'a.test._report._dmarc.reports.test': [['TXT', 'v=DMARC1']],
  'one.test': [['TXT', 'v=spf1 include:two.test -all']],
  'two.test': [['TXT', 'v=spf1 ip4:198.51.100.0/24 -all']],
  '2.2.0.192.in-addr.arpa': [['PTR', 'out.a.test']],
}

/** Lets the answers of all questions go at the same time, and again those of the questions that came of them. */
async function roundsOf(check: Partial<DomainCheck>): Promise<readonly (readonly string[])[]> {
  const zone = zoneInMemory(ZONE)
  const rounds: string[][] = []
  const known = new Map<string, Promise<unknown>>()
  let asked: { readonly text: string; readonly answer: () => void }[] = []
  const lookup: Lookup = (name, type) => {
    const text = `${type} ${name}`
    const answer =
      known.get(text) ??
      new Promise<void>(resolve => asked.push({ text, answer: resolve })).then(() => zone.lookup(name, type))
    known.set(text, answer)
    // What is known under this text is the answer to this question.
    return answer as ReturnType<typeof zone.lookup<typeof type>>
  }
  const state = { ended: false }
  const checking = checkDomain({
    domain: 'a.test',
    ip: parseIp('192.0.2.2'),
    from: null,
    selectors: [],
    blocklists: false,
    resolver: { label: 'memory', lookup: (name, type) => lookup(name, type) },
    deadline: new Deadline(60_000),
    ...check,
  }).then(() => (state.ended = true))
  while (!state.ended) {
    await setImmediate()
    const round = asked
    asked = []
    if (round.length > 0) rounds.push(round.map(({ text }) => text))
    for (const { answer } of round) answer()
  }
  await checking
  return rounds
}

test('a whole check takes as many round trips as its longest chain', async () => {
  const [first, second, third, ...more] = await roundsOf({})
  expect(first).toEqual(expect.arrayContaining(['MX a.test', 'TXT a.test', 'TXT _dmarc.a.test', 'TXT _mta-sts.a.test']))
  // The names that the first answers gave.
  expect(second).toEqual(
    expect.arrayContaining([
      'A mx.a.test',
      'TLSA _25._tcp.mx.a.test',
      'A out.a.test',
      'TXT one.test',
      'TXT _dmarc.reports.test',
    ]),
  )
  expect(third?.toSorted()).toEqual(['TXT a.test._report._dmarc.reports.test', 'TXT two.test'])
  expect(more).toEqual([])
})

test('a From address at another domain costs no further round trip', async () => {
  expect(await roundsOf({ from: 'me@news.a.test' })).toHaveLength((await roundsOf({})).length)
})
