import { expect, test } from 'vitest'
import { lookupCaa } from '#engine/policy/caa.ts'
import { checkDomain } from '#engine/domain/check.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { applyChanges } from '../../support/apply-changes.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const check = (resolver: Resolver, domain = 'a.test') =>
  checkDomain({
    domain,
    ip: null,
    from: null,
    selectors: [],
    blocklists: false,
    resolver,
    deadline: new Deadline(10_000),
    aside: async (lookup, name) => ({
      caa: await lookupCaa(name, lookup),
      delegation: null,
      invented: null,
      include: null,
    }),
  })

const zoneWith = (strings: readonly string[]): Zone => ({
  'a.test': [
    ['MX', [10, 'mx.a.test']],
    ['TXT', strings],
  ],
  'mx.a.test': [['A', '192.0.2.10']],
  'other.test': [['TXT', 'v=spf1 ip4:192.0.2.0/24 -all']],
})

test('strings that run two terms into one are found, and the repair ends it', async () => {
  const zone = zoneWith(['v=spf1 mx', 'include:other.test -all'])
  const { server, resolver } = await withZone(zone, { cacheSize: 0 })
  const before = await check(resolver)
  const finding = before.findings.find(({ id }) => id === 'domain-spf-joined')
  expect(finding?.explanation).toContain('"mxinclude:other.test"')
  expect(before.changes.map(({ value }) => value)).toContain('v=spf1 mx include:other.test -all')
  server.publish(applyChanges(zone, finding?.fixes.flatMap(fix => (fix.kind === 'dns' ? fix.changes : [])) ?? []))
  expect((await check(resolver)).findings.map(({ id }) => id)).not.toContain('domain-spf-joined')
})

test.for([
  [['v=spf1 mx ', 'include:other.test -all']],
  [['v=spf1 mx', ' include:other.test -all']],
  [['v=spf1 mx include:oth', 'er.test -all']],
  [['v=spf1 mx include:', 'other.test -all']],
  [['v=spf1 mx -', 'all']],
])('strings that receivers join rightly are left alone: %j', async ([strings]) => {
  const { resolver } = await withZone(zoneWith(strings ?? []))
  expect((await check(resolver)).findings.map(({ id }) => id)).not.toContain('domain-spf-joined')
})

test('what flattening would cost stands beside what the record costs now', async () => {
  const bundle = (block: number): Zone => ({
    [`inc${block}.test`]: [['TXT', `v=spf1 include:x${block}.test include:y${block}.test ~all`]],
    [`x${block}.test`]: [['TXT', `v=spf1 ip4:10.${block}.0.0/24 ~all`]],
    [`y${block}.test`]: [['TXT', `v=spf1 ip4:10.${block}.1.0/24 ~all`]],
  })
  const record = 'v=spf1 include:inc1.test include:inc2.test include:inc3.test include:inc4.test -all'
  const { resolver } = await withZone({ ...zoneWith([record]), ...bundle(1), ...bundle(2), ...bundle(3), ...bundle(4) })
  const { findings } = await check(resolver)
  const tooMany = findings.find(({ id }) => id === 'domain-spf-too-many-lookups')
  expect(tooMany?.title).toContain('12 lookups')
  expect(tooMany?.evidence).toContain('with the addresses written out: 9')
})

test('the CAA records that count stand in the report, inherited ones too', async () => {
  const { resolver } = await withZone({ ...zoneWith(['v=spf1 -all']), 'a.test': [['CAA', [0, 'issue', 'ca.test']]] })
  const caa = { state: 'found', at: 'a.test', records: [{ flags: 0, tag: 'issue', value: 'ca.test' }] }
  expect((await check(resolver)).caa).toEqual(caa)
  expect((await check(resolver, 'mx.a.test')).caa).toEqual(caa)
})
