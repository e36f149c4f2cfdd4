import { type Arbitrary, assert, asyncProperty, constantFrom, oneof, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { applyChanges } from '../../support/apply-changes.ts'
import { startZoneServer, type Zone, type ZoneRecord } from '../../support/zone-server.ts'

/** A merged record may show what could not be seen before; what a plan leaves is mended by the next, and soon nothing is left. */
const ROUNDS = 6

const inc = (n: number): Zone => ({
  [`inc${n}.test`]: [['TXT', `v=spf1 include:x${n}.test include:y${n}.test ~all`]],
  [`x${n}.test`]: [['TXT', `v=spf1 ip4:10.${n}.0.0/24 ~all`]],
  [`y${n}.test`]: [['TXT', `v=spf1 ip4:10.${n}.1.0/24 ~all`]],
})
const AROUND: Zone = {
  ...inc(0),
  ...inc(1),
  ...inc(2),
  ...inc(3),
  'elsewhere.test': [['A', '192.0.2.200']],
  'alias.a.test': [['CNAME', 'real.a.test']],
  'real.a.test': [['A', '192.0.2.10']],
  'x.a.test': [['A', '192.0.2.77']],
}

const txt = (texts: readonly string[]): readonly ZoneRecord[] => texts.map(text => ['TXT', text])
const SPF_TERMS =
  'mx a:gone1.test a:gone2.test mx:gone3.test ptr ?ptr:a.test exists:%{i}.gone4.test include:inc0.test include:inc1.test include:inc2.test include:inc3.test include:dead.test include:a.test ip4:198.51.100.0/24 exp=why.test ipv4:1.2.3.4 nonsense'.split(
    ' ',
  )
const spf = record({
  terms: subarray(SPF_TERMS),
  end: constantFrom('-all', '~all', '+all', 'all', '', 'redirect=inc1.test', '+all ip4:203.0.113.1'),
  front: constantFrom('', '', '', ' '),
  others: constantFrom<readonly string[]>([], [], ['v=spf1 ip4:192.0.2.9 -all'], ['v=spf1 a ~all', 'v=spf1 ?all']),
}).map(({ terms, end, front, others }) => txt([`${front}v=spf1 ${[...terms, end].join(' ')}`, ...others]))
const DMARC_TAGS =
  'sp=none np=reject pct=50 ri=3600 rf=afrf adkim=x aspf=S rua=mailto:d@a.test rua=mailto:x@elsewhere.test ruf=bob@a.test t=y quux=1 nonsense fo=1'.split(
    ' ',
  )
const dmarc = record({
  policy: constantFrom('p=none; ', 'p=reject; ', 'p=rejekt; ', ''),
  tags: subarray(DMARC_TAGS),
  before: constantFrom<readonly string[]>([], [], ['v=DMARC1; p=none']),
}).map(({ policy, tags, before }) => txt([...before, `v=DMARC1; ${policy}${tags.join('; ')}`]))
const records = (...choices: readonly (readonly ZoneRecord[])[]) => constantFrom(...choices)
const MX = ['MX', [10, 'mx.a.test']] as const

const zones: Arbitrary<Zone> = record({
  mx: records([MX], [MX, ['MX', [20, 'gone.a.test']]], [['MX', [0, '.']]], [], [['MX', [10, 'alias.a.test']]]),
  spf: oneof({ weight: 9, arbitrary: spf }, { weight: 1, arbitrary: records([]) }),
  dmarc: oneof({ weight: 9, arbitrary: dmarc }, { weight: 1, arbitrary: records([]) }),
  old: records([], [['SPF', 'v=spf1 +all']]),
  host: records([['A', '192.0.2.10']], [['A', '192.0.2.11']], []),
  ptr: records([['PTR', 'mx.a.test']], [], [['PTR', '192-0-2-10.isp.test']], [['PTR', 'x.a.test']]),
  key: records([], [['TXT', 'v=DKIM1; p=']], [['CNAME', 's1.gone.test']], txt(['v=DKIM1; p=', 'v=DKIM1; p=AA'])),
  tls: records([], txt(['v=TLSRPTv1; rua=mailto:a@a.test', 'v=TLSRPTv1; rua=mailto:b@a.test'])),
}).map(zone => ({
  ...AROUND,
  'a.test': [...zone.mx, ...zone.spf, ...zone.old],
  'mx.a.test': zone.host,
  '_dmarc.a.test': zone.dmarc,
  '10.2.0.192.in-addr.arpa': zone.ptr,
  's1._domainkey.a.test': zone.key,
  '_smtp._tls.a.test': zone.tls,
}))

test('whatever is wrong, each plan can be published, and after a few there is nothing left to change', async () => {
  await assert(
    asyncProperty(zones, constantFrom('mx.a.test', 'localhost', 'new.a.test'), async (zone, ehlo) => {
      const server = await startZoneServer(zone)
      try {
        const resolver = createResolver({ servers: [{ host: server.host, port: server.port }], cacheSize: 0 })
        let published = zone
        for (let round = 0; round < ROUNDS; round++) {
          const { findings, changes } = await checkDomain({
            domain: 'a.test',
            ip: parseIp('192.0.2.10'),
            ehlo,
            from: null,
            selectors: ['s1'],
            blocklists: false,
            resolver,
            deadline: new Deadline(15_000),
          })
          expect(findings.filter(({ fixes }) => fixes.length === 0).map(({ id }) => id)).toEqual([])
          if (changes.length === 0) return
          // It throws where a plan takes away what is not there.
          published = applyChanges(published, changes)
          server.publish(published)
        }
        throw new Error('there is always something to change')
      } finally {
        await server.close()
      }
    }),
    { numRuns: 60, seed: 7208 },
  )
}, 60_000)
