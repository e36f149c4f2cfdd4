import { expect, test } from 'vitest'
import { lookupDomainEvidence } from '#engine/domain/evidence.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const ZONE: Zone = {
  'a.test': [['TXT', 'v=spf1 include:bundle.test -all']],
  'bundle.test': [['TXT', 'v=spf1 include:_spf.provider.test include:_spf.%{d} ~all']],
  '_spf.provider.test': [['TXT', 'v=spf1 ip4:192.0.2.0/24 -all']],
  '_spf.bundle.test': [['TXT', 'v=spf1 -all']],
  '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; sp=none']],
  'sub.a.test': [['A', '192.0.2.1']],
  '1.2.0.192.in-addr.arpa': [['PTR', 'sub.a.test']],
}

async function look(
  domain: string,
  zone: Zone,
  more: { ip?: string; host?: string; ehlo?: string; include?: string; budgetMs?: number } = {},
) {
  const { resolver } = await withZone(zone)
  const evidence = await lookupDomainEvidence({
    domain,
    sendingIp: more.ip ?? null,
    sendingHost: more.host ?? null,
    ehlo: more.ehlo ?? null,
    wantedInclude: more.include ?? null,
    resolver,
    deadline: new Deadline(more.budgetMs ?? 5_000),
  })
  return DomainEvidence.parse(evidence)
}

test('record, policy and reverse name are found', async () => {
  expect(await look('A.test', ZONE, { ip: '192.0.2.1', include: '_spf.provider.test' })).toEqual({
    kind: 'looked-up',
    domain: 'a.test',
    sendingIp: '192.0.2.1',
    spf: {
      record: 'v=spf1 include:bundle.test -all',
      state: 'one',
      coversProvider: true,
      broken: null,
      wantedInclude: '_spf.provider.test',
    },
    dmarc: { record: 'v=DMARC1; p=reject; sp=none', state: 'one', policy: 'reject', at: 'a.test' },
    ptr: { address: '192.0.2.1', names: ['sub.a.test'], confirmed: true, of: 'us', said: [] },
  })
})

test("a subdomain has its parent's DMARC policy for subdomains", async () => {
  const { dmarc, spf } = await look('sub.a.test', ZONE)
  expect(dmarc).toMatchObject({ state: 'one', policy: 'none', at: 'a.test' })
  expect(spf).toMatchObject({ state: 'none', record: null })
})

test.for([
  ['_spf.provider.test', true],
  ['bundle.test', true],
  ['_SPF.bundle.test.', true],
  ['_spf.other.test', false],
] as const)('whether %s stands in the record: %s', async ([include, coversProvider]) => {
  expect((await look('a.test', ZONE, { include })).spf).toMatchObject({ coversProvider })
})

test('an include that depends on the message leaves it open', async () => {
  const zone: Zone = { 'a.test': [['TXT', 'v=spf1 include:%{l}.test -all']] }
  expect((await look('a.test', zone, { include: '_spf.provider.test' })).spf).toMatchObject({ coversProvider: null })
})

test('nothing published is "none"', async () => {
  const seen = await look('a.test', { 'a.test': [['A', '192.0.2.1']] }, { ip: '192.0.2.1', include: 'x.test' })
  expect(seen).toMatchObject({
    spf: { state: 'none', coversProvider: false },
    dmarc: { state: 'none', policy: null },
    ptr: { names: [], confirmed: false },
  })
})

test('silence is "unknown", and nothing is said about the reverse name', async () => {
  const names = ['a.test', '_dmarc.a.test', '_dmarc.test', '1.2.0.192.in-addr.arpa']
  const zone: Zone = Object.fromEntries(names.map(name => [name, [['TIMEOUT'] as const]]))
  const seen = await look('a.test', zone, { ip: '192.0.2.1', include: 'x.test', budgetMs: 100 })
  expect(seen).toMatchObject({
    spf: { state: 'unknown', coversProvider: null },
    dmarc: { state: 'unknown' },
    ptr: null,
  })
})

test('what this machine says in EHLO is compared with its address', async () => {
  const zone: Zone = { ...ZONE, 'elsewhere.test': [['A', '192.0.2.77']] }
  const said = async (ehlo: string) => (await look('a.test', zone, { ip: '192.0.2.1', ehlo })).ptr?.said
  expect(await said('Sub.a.test')).toMatchObject([{ where: 'ehlo', state: 'ok' }])
  expect(await said('elsewhere.test')).toMatchObject([{ state: 'elsewhere', addresses: ['192.0.2.77'] }])
  expect(await said('gone.test')).toMatchObject([{ state: 'no-address' }])
  for (const name of ['localhost', 'localhost.localdomain', '[192.0.2.1]', '192.0.2.1', 'short', 'two words.test'])
    expect(await said(name), name).toMatchObject([{ state: 'not-a-name' }])
})

test("a server of the domain's own is looked up by its name, unless it is inside somebody's walls", async () => {
  expect((await look('a.test', ZONE, { host: 'sub.a.test' })).ptr).toMatchObject({
    address: '192.0.2.1',
    confirmed: true,
    of: 'server',
    said: [],
  })
  expect((await look('a.test', { 'in.a.test': [['A', '10.0.0.1']] }, { host: 'in.a.test' })).ptr).toBe(null)
})
