import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { printDkimRecord } from '#engine/dkim/new-key.ts'
import { parseIp } from '#engine/dns/ip.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { applyChanges } from '../../support/apply-changes.ts'
import { hopelessZone } from '../../support/domains.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

/** A domain with nothing wrong but what a test puts in its place. */
const SOUND: Zone = {
  'a.test': [
    ['MX', [10, 'mx.a.test']],
    ['TXT', 'v=spf1 mx ~all'],
  ],
  'mx.a.test': [['A', '192.0.2.10']],
  '10.2.0.192.in-addr.arpa': [['PTR', 'mx.a.test']],
  '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; rua=mailto:d@a.test']],
}
const KEY = printDkimRecord(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
const SHORT_KEY = printDkimRecord(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)
const MX = ['MX', [10, 'mx.a.test']] as const

const networks = (count: number, block: number) =>
  Array.from({ length: count }, (_, i) => `ip4:10.${block}.${i}.0/24`).join(' ')
const bundle = (block: number): Zone => ({
  [`inc${block}.test`]: [['TXT', `v=spf1 include:x${block}.test include:y${block}.test ~all`]],
  [`x${block}.test`]: [['TXT', `v=spf1 ${networks(1, block)} ~all`]],
  [`y${block}.test`]: [['TXT', `v=spf1 ${networks(1, block + 50)} ~all`]],
})

/** Each broken variant: what is put in, the finding that it deserves. Publishing the finding's repair ends it. */
const BROKEN: readonly (readonly [id: string, zone: Zone])[] = [
  ['domain-spf-missing', { 'a.test': [MX] }],
  ['domain-spf-several', { 'a.test': [MX, ['TXT', 'v=spf1 mx -all'], ['TXT', 'v=spf1 ip4:192.0.2.77 ~all']] }],
  ['domain-spf-leading-blank', { 'a.test': [MX, ['TXT', ' v=spf1 mx -all']] }],
  ['domain-spf-open', { 'a.test': [MX, ['TXT', 'v=spf1 mx +all']] }],
  ['domain-spf-no-end', { 'a.test': [MX, ['TXT', 'v=spf1 mx']] }],
  ['domain-spf-ptr', { 'a.test': [MX, ['TXT', 'v=spf1 ptr mx -all']] }],
  ['domain-spf-dead-include', { 'a.test': [MX, ['TXT', 'v=spf1 mx include:gone.test -all']] }],
  ['domain-spf-dead-include', { 'a.test': [MX, ['TXT', 'v=spf1 mx include:a.test -all']] }],
  [
    'domain-spf-dead-include',
    {
      'a.test': [MX, ['TXT', 'v=spf1 mx include:b.test -all']],
      'b.test': [['TXT', 'v=spf1 include:a.test -all']],
    },
  ],
  [
    'domain-spf-too-many-lookups',
    {
      'a.test': [MX, ['TXT', 'v=spf1 mx include:inc1.test include:inc2.test include:inc3.test include:inc4.test -all']],
      ...bundle(1),
      ...bundle(2),
      ...bundle(3),
      ...bundle(4),
    },
  ],
  ['domain-spf-refuses-address', { 'a.test': [MX, ['TXT', 'v=spf1 ip4:198.51.100.1 -all']] }],
  ['domain-spf-type-99', { 'a.test': [MX, ['TXT', 'v=spf1 mx ~all'], ['SPF', 'v=spf1 +all']] }],
  ['domain-dmarc-missing', { '_dmarc.a.test': [] }],
  ['domain-mx-alias', { 'mx.a.test': [['CNAME', 'other.test']], 'other.test': [['A', '192.0.2.10']] }],
  [
    'domain-dmarc-several',
    {
      '_dmarc.a.test': [
        ['TXT', 'v=DMARC1; p=none'],
        ['TXT', 'v=DMARC1; p=reject'],
      ],
    },
  ],
  ['domain-dmarc-old-tags', { '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; pct=50; ri=3600']] }],
  [
    'domain-dmarc-destination',
    {
      '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; rua=mailto:x@reports.test']],
      'reports.test': [['A', '192.0.2.9']],
    },
  ],
  [
    'domain-ptr-not-confirmed',
    { '10.2.0.192.in-addr.arpa': [['PTR', 'out.a.test']], 'out.a.test': [['A', '192.0.2.99']] },
  ],
  ['domain-ptr-missing', { '10.2.0.192.in-addr.arpa': [] }],
  ['domain-ptr-not-confirmed', { '10.2.0.192.in-addr.arpa': [['PTR', 'elsewhere.test']] }],
  [
    'domain-ptr-generic',
    { '10.2.0.192.in-addr.arpa': [['PTR', '192-0-2-10.isp.test']], '192-0-2-10.isp.test': [['A', '192.0.2.10']] },
  ],
  [
    'domain-mx-null',
    {
      'a.test': [
        ['MX', [0, '.']],
        ['TXT', 'v=spf1 ip4:192.0.2.10 -all'],
      ],
    },
  ],
  ['domain-mx-missing', { 'a.test': [['TXT', 'v=spf1 ip4:192.0.2.10 -all']] }],
  ['domain-mx-no-address', { 'mx.a.test': [] }],
  ['domain-mx-no-address', { 'a.test': [MX, ['MX', [20, 'gone.a.test']], ['TXT', 'v=spf1 mx ~all']] }],
  // An alias that leads nowhere: the name behind it has no address.
  ['domain-mx-alias', { 'mx.a.test': [['CNAME', 'gone.test']] }],
  ['domain-dkim-dangling', { 's1._domainkey.a.test': [['CNAME', 's1.gone-provider.test']] }],
  ['domain-spf-syntax', { 'a.test': [MX, ['TXT', 'v=spf1 mx ipv4:192.0.2.1 -all']] }],
  ['domain-spf-syntax', { 'a.test': [MX, ['TXT', 'v=spf1 mx 192.0.2.1 -all']] }],
  ['domain-spf-syntax', { 'a.test': [MX, ['TXT', 'v=spf1 mx nonsense@x -all']] }],
  ['domain-spf-void-lookups', { 'a.test': [MX, ['TXT', 'v=spf1 mx a:g1.test a:g2.test exists:g3.test -all']] }],
  ['domain-dmarc-faulty', { '_dmarc.a.test': [['TXT', 'v=DMARC1; p=rejekt']] }],
  ['domain-dmarc-faulty', { '_dmarc.a.test': [['TXT', 'v=DMARC1; rua=d@a.test; policy=none']] }],
  ['domain-dmarc-no-reports', { '_dmarc.a.test': [['TXT', 'v=DMARC1; p=none;']] }],
  ['domain-dkim-testing', { 's1._domainkey.a.test': [['TXT', `${KEY}; t=y:s`]] }],
  ['domain-dmarc-only-watches', { '_dmarc.a.test': [['TXT', 'v=DMARC1; p=none; sp=none; t=y']] }],
  [
    'domain-tls-rpt-broken',
    {
      '_smtp._tls.a.test': [
        ['TXT', 'v=TLSRPTv1; rua=mailto:a@a.test'],
        ['TXT', 'v=TLSRPTv1; rua=mailto:b@a.test'],
      ],
    },
  ],
]

test.for(BROKEN)('%s: publishing its repair ends it', async ([id, broken]) => {
  const zone = { ...SOUND, ...broken }
  const { server, resolver } = await withZone(zone, { cacheSize: 0 })
  const before = await check(resolver)
  const finding = before.findings.find(found => found.id === id)
  expect(finding, before.findings.map(found => found.id).join(', ')).toBeDefined()
  expectHelp(before.findings)
  const changes = finding?.fixes.flatMap(fix => (fix.kind === 'dns' ? fix.changes : [])) ?? []
  expect(changes).not.toEqual([])
  server.publish(applyChanges(zone, changes))
  const after = await check(resolver)
  expect(after.findings.map(found => found.id)).not.toContain(id)
})

test('the whole plan mends a record with several faults at once', async () => {
  const zone: Zone = {
    ...SOUND,
    'a.test': [MX, ['TXT', 'v=spf1 ptr include:gone.test +all']],
    'mx.a.test': [['CNAME', 'x.a.test']],
    'x.a.test': [['A', '192.0.2.10']],
    '10.2.0.192.in-addr.arpa': [['PTR', 'x.a.test']],
    '_dmarc.a.test': [['TXT', 'v=DMARC1; p=reject; pct=50']],
  }
  const { server, resolver } = await withZone(zone, { cacheSize: 0 })
  const { changes } = await check(resolver)
  expect(changes.filter(({ type }) => type === 'TXT').map(({ value }) => value)).toEqual([
    'v=spf1 ~all',
    'v=DMARC1; p=reject',
  ])
  server.publish(applyChanges(zone, changes))
  // What is left is what came to light only now: the address was covered by "+all" alone.
  const after = await check(resolver)
  expect(after.findings.map(({ id }) => id).sort()).toEqual(['domain-dkim-missing', 'domain-spf-refuses-address'])
})

test('the plan keeps "all" at the end, whatever else it changes', async () => {
  const own = hopelessZone()
  const { server, resolver } = await withZone(own, { cacheSize: 0 })
  const look = () => check(resolver, 'hopeless.test', '203.0.113.77')
  const { changes } = await look()
  const spf = changes.find(({ replaces }) => replaces?.startsWith('v=spf1'))
  expect(spf?.value).toMatch(/^v=spf1 ip4:198\.51\.0\.0\/24 .*include:b3\.test ~all$/)
  expect(changes.find(({ name }) => name === '_dmarc.hopeless.test')?.value).toBe(
    'v=DMARC1; p=none; rua=mailto:reports@elsewhere.test',
  )
  server.publish(applyChanges(own, changes))
  const left = (await look()).findings.filter(({ severity }) => severity === 'error')
  // The address was covered by "+all" alone.
  expect(left.map(({ id }) => id)).toEqual([])
})

test('the repairs of one DMARC record are one', async () => {
  const zone: Zone = { ...SOUND, '_dmarc.a.test': [['TXT', 'v=DMARC1; p=none; pct=50; fo=1']] }
  const { resolver } = await withZone(zone)
  const { changes } = await check(resolver)
  expect(changes.filter(({ name }) => name === '_dmarc.a.test').map(({ value }) => value)).toEqual([
    'v=DMARC1; p=none; fo=1; rua=mailto:postmaster@a.test',
  ])
})

/** Those that no record of the domain's own can mend; some say what else to do. */
const HOPELESS: readonly (readonly [id: string, zone: Zone])[] = [
  ['domain-dkim-missing', {}],
  ['domain-dkim-unusable', { 's1._domainkey.a.test': [['TXT', 'v=DKIM1; p=']] }],
  ['domain-dkim-unusable', { 's1._domainkey.a.test': [['TXT', 'v=DKIM1; p=AAAA']] }],
  [
    'domain-mta-sts-broken',
    {
      '_mta-sts.a.test': [
        ['TXT', 'v=STSv1; id=1'],
        ['TXT', 'v=STSv1; id=2'],
      ],
    },
  ],
  ['domain-mta-sts-broken', { '_mta-sts.a.test': [['TXT', 'v=STSv1; id=20261101']] }],
  ['domain-dane-unusable', { '_25._tcp.mx.a.test': [['TLSA', [3, 1, 1, 'ab'.repeat(32)]]] }],
  ['domain-bimi-broken', { 'default._bimi.a.test': [['TXT', 'v=BIMI1; l=http://a.test/logo.svg']] }],
  ['domain-dkim-weak', { 's1._domainkey.a.test': [['TXT', SHORT_KEY]] }],
  ['domain-tls-rpt-broken', { '_smtp._tls.a.test': [['TXT', 'v=TLSRPTv1; rua=nobody']] }],
  [
    'domain-spf-dead-include',
    {
      'a.test': [MX, ['TXT', 'v=spf1 mx include:b.test -all']],
      'b.test': [['TXT', 'v=spf1 include:gone.test -all']],
    },
  ],
  [
    'domain-spf-void-lookups',
    {
      'a.test': [MX, ['TXT', 'v=spf1 mx include:b.test -all']],
      'b.test': [['TXT', 'v=spf1 a:g1.test ip4:192.0.2.10 -all']],
    },
  ],
  [
    'domain-spf-too-many-lookups',
    {
      'a.test': [
        MX,
        ['TXT', `v=spf1 mx ${Array.from({ length: 11 }, (_, i) => `exists:%{i}.l${i}.test`).join(' ')} ~all`],
      ],
    },
  ],
  ['domain-spf-long', { 'a.test': [MX, ['TXT', `v=spf1 mx ${networks(40, 1)} ~all`]] }],
]

test.for(HOPELESS)('%s is found', async ([id, broken]) => {
  const { resolver } = await withZone({ ...SOUND, ...broken })
  const report = await check(resolver)
  expect(report.findings.map(found => found.id)).toContain(id)
  expectHelp(report.findings)
})

/** Whatever is wrong, something can be done. */
function expectHelp(findings: readonly Finding[]): void {
  expect(findings.filter(({ fixes }) => fixes.length === 0).map(({ id }) => id)).toEqual([])
}

test('the sound domain has no finding but the DKIM selector that was asked for', async () => {
  const { resolver } = await withZone(SOUND)
  expect((await check(resolver)).findings.map(({ id }) => id)).toEqual(['domain-dkim-missing'])
})

function check(resolver: Resolver, domain = 'a.test', ip = '192.0.2.10') {
  return checkDomain({
    domain,
    ip: parseIp(ip),
    from: null,
    selectors: ['s1'],
    blocklists: false,
    resolver,
    deadline: new Deadline(15_000),
  })
}
