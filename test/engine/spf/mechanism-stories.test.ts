import { describe, expect, test } from 'vitest'
import { checkSpf, spfZone, type Story } from '../../support/check-spf.ts'
import type { Zone, ZoneRecord } from '../../support/zone-server.ts'

/** Small stories about the mechanisms of RFC 7208 section 5: what it says, what is published, and the result. */
type Told = readonly [rule: string, result: string, story: Story]

const txt = (text: string): readonly ZoneRecord[] => [['TXT', text]]
/** `a.test` with this record, `b.test` with that one. */
const twoRecords = (record: string, other: string): Story => ({ zone: spfZone(record, { 'b.test': txt(other) }) })

describe('include (section 5.2)', () => {
  test.for<Told>([
    ['its fail is no match', 'softfail', twoRecords('v=spf1 include:b.test ~all', 'v=spf1 -all')],
    ['its softfail is no match', 'pass', twoRecords('v=spf1 include:b.test +all', 'v=spf1 ~all')],
    ['its neutral is no match', 'fail', twoRecords('v=spf1 include:b.test -all', 'v=spf1 ?all')],
    [
      'a record that comes to no end is neutral, so no match',
      'fail',
      twoRecords('v=spf1 include:b.test -all', 'v=spf1'),
    ],
    [
      'its pass is a match with the qualifier in front',
      'fail',
      twoRecords('v=spf1 -include:b.test +all', 'v=spf1 +all'),
    ],
    ['its permerror ends the check', 'permerror', twoRecords('v=spf1 include:b.test -all', 'v=spf1 moo')],
    [
      'its temperror ends the check',
      'temperror',
      { zone: spfZone('v=spf1 include:b.test -all', { 'b.test': [['RCODE', 2]] }) },
    ],
    ['a domain without a record ends the check', 'permerror', { zone: spfZone('v=spf1 include:b.test -all') }],
    [
      'a match in front of a broken include counts',
      'pass',
      { zone: spfZone('v=spf1 ip4:192.0.2.1 include:b.test -all') },
    ],
    ['it needs a domain', 'permerror', { zone: spfZone('v=spf1 include +all') }],
    ['which is not empty', 'permerror', { zone: spfZone('v=spf1 include: +all') }],
    ['and has no prefix length', 'permerror', twoRecords('v=spf1 include:b.test/24 +all', 'v=spf1 +all')],
    [
      '%{d} in the included record is the included domain',
      'pass',
      {
        zone: spfZone('v=spf1 include:b.test -all', {
          'b.test': txt('v=spf1 a:mx.%{d} -all'),
          'mx.b.test': [['A', '192.0.2.1']],
        }),
      },
    ],
    [
      '%{o} stays the domain of the sender',
      'pass',
      {
        zone: spfZone('v=spf1 include:b.test -all', {
          'b.test': txt('v=spf1 a:mx.%{o} -all'),
          'mx.a.test': [['A', '192.0.2.1']],
        }),
      },
    ],
    [
      'a redirect inside it is followed',
      'pass',
      {
        zone: spfZone('v=spf1 include:b.test -all', {
          'b.test': txt('v=spf1 redirect=c.test'),
          'c.test': txt('v=spf1 +all'),
        }),
      },
    ],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })

  test('the explanation of the included domain is not used', async () => {
    const zone = spfZone('v=spf1 include:b.test -all exp=why.a.test', {
      'b.test': txt('v=spf1 -all exp=why.b.test'),
      'why.a.test': txt('from a'),
      'why.b.test': txt('from b'),
    })
    expect(await checkSpf({ zone })).toMatchObject({ result: 'fail', explanation: 'from a' })
  })
})

const V6 = '2001:db8:cafe::1'

describe('ip6 (section 5.6)', () => {
  test.for<Told>([
    ['it needs a network', 'permerror', { zone: spfZone('v=spf1 -all ip6'), ip: V6 }],
    ['which is not empty', 'permerror', { zone: spfZone('v=spf1 -all ip6:'), ip: V6 }],
    ['an IPv4 client never matches, with all of IPv6', 'fail', { zone: spfZone('v=spf1 ip6:::/0 -all') }],
    ['nor with an IPv4 tail', 'neutral', { zone: spfZone('v=spf1 ip6:::192.0.2.1/0 ?all') }],
    ['nor an IPv4-mapped network', 'neutral', { zone: spfZone('v=spf1 ip6:::ffff:192.0.2.1/128 ?all') }],
    ['a prefix of 0 takes every IPv6 client', 'pass', { zone: spfZone('v=spf1 ip6:::192.0.2.1/0 -all'), ip: V6 }],
    ['129 bits are too many', 'permerror', { zone: spfZone('v=spf1 ip6:2001:db8::/129 -all'), ip: V6 }],
    ['the prefix follows one slash', 'permerror', { zone: spfZone('v=spf1 ip6:2001:db8::1//33 -all'), ip: V6 }],
    ['and is a number', 'permerror', { zone: spfZone('v=spf1 ip6:2001:db8::/ -all'), ip: V6 }],
    [
      '33 bits end inside a group',
      'pass',
      { zone: spfZone('v=spf1 ip6:2001:db8:8000::/33 -all'), ip: '2001:db8:8001::1' },
    ],
    ['and no further', 'fail', { zone: spfZone('v=spf1 ip6:2001:db8:8000::/33 -all'), ip: '2001:db8:7fff::1' }],
    ['nine groups are too many', 'permerror', { zone: spfZone('v=spf1 ip6:1:2:3:4:5:6:7:8:9 -all'), ip: V6 }],
    ['two double colons are too many', 'permerror', { zone: spfZone('v=spf1 ip6:2001::db8::1 -all'), ip: V6 }],
    ['a zone is not part of it', 'permerror', { zone: spfZone('v=spf1 ip6:fe80::1%eth0 -all'), ip: V6 }],
    ['brackets are not part of it', 'permerror', { zone: spfZone('v=spf1 ip6:[2001:db8::1] -all'), ip: V6 }],
    ['capitals mean nothing', 'pass', { zone: spfZone('v=spf1 IP6:2001:DB8:CAFE::/48 -all'), ip: V6 }],
    ['without a prefix it is one address', 'fail', { zone: spfZone('v=spf1 ip6:2001:db8:cafe::2 -all'), ip: V6 }],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })
})

describe('exists (section 5.7)', () => {
  const found: Zone = { 'there.test': [['A', '127.0.0.2']] }
  test.for<Told>([
    ['it needs a domain', 'permerror', { zone: spfZone('v=spf1 exists') }],
    ['which is not empty', 'permerror', { zone: spfZone('v=spf1 exists:') }],
    ['and has no prefix length', 'permerror', { zone: spfZone('v=spf1 exists:there.test/24', found) }],
    ['any A record is a match', 'pass', { zone: spfZone('v=spf1 exists:there.test -all', found) }],
    ['for an IPv6 client too', 'pass', { zone: spfZone('v=spf1 exists:there.test -all', found), ip: V6 }],
    [
      'an AAAA record is none',
      'fail',
      { zone: spfZone('v=spf1 exists:six.test -all', { 'six.test': [['AAAA', '::1']] }), ip: V6 },
    ],
    [
      'a server that fails is temperror',
      'temperror',
      { zone: spfZone('v=spf1 exists:b.test -all', { 'b.test': [['RCODE', 2]] }) },
    ],
    [
      'a CNAME to an address is a match',
      'pass',
      { zone: spfZone('v=spf1 exists:alias.test -all', { ...found, 'alias.test': [['CNAME', 'there.test']] }) },
    ],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })
})

const REVERSE = '1.2.0.192.in-addr.arpa'
const REVERSE6 = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.e.f.a.c.8.b.d.0.1.0.0.2.ip6.arpa'
const named = (reverse: string, name: string, record: ZoneRecord): Zone => ({
  [reverse]: [['PTR', name]],
  [name]: [record],
})

describe('ptr (section 5.5)', () => {
  const own = named(REVERSE, 'mail.a.test', ['A', '192.0.2.1'])
  test.for<Told>([
    ['it has no prefix length', 'permerror', { zone: spfZone('v=spf1 ptr/0 -all', own) }],
    ['its domain is not empty', 'permerror', { zone: spfZone('v=spf1 ptr: -all', own) }],
    ['a name below the domain is a match', 'pass', { zone: spfZone('v=spf1 ptr:a.test -all', own) }],
    ['the domain that is checked is meant where none is named', 'pass', { zone: spfZone('v=spf1 ptr -all', own) }],
    [
      'a name that ends in the same letters is not below it',
      'fail',
      {
        zone: spfZone('v=spf1 ptr -all', named(REVERSE, 'mail.aa.test', ['A', '192.0.2.1'])),
      },
    ],
    [
      'the domain itself is a match',
      'pass',
      {
        zone: {
          'a.test': [
            ['TXT', 'v=spf1 ptr -all'],
            ['A', '192.0.2.1'],
          ],
          [REVERSE]: [['PTR', 'a.test']],
        },
      },
    ],
    [
      'a name that leads elsewhere is not validated',
      'fail',
      {
        zone: spfZone('v=spf1 ptr -all', named(REVERSE, 'mail.a.test', ['A', '192.0.2.2'])),
      },
    ],
    [
      'a name that cannot be asked for is passed over',
      'fail',
      {
        zone: spfZone('v=spf1 ptr -all', named(REVERSE, 'mail.a.test', ['RCODE', 2])),
      },
    ],
    [
      'an IPv6 client needs an AAAA record',
      'pass',
      {
        zone: spfZone('v=spf1 ptr -all', named(REVERSE6, 'mail.a.test', ['AAAA', V6])),
        ip: V6,
      },
    ],
    [
      'an A record does not help it',
      'fail',
      {
        zone: spfZone('v=spf1 ptr -all', named(REVERSE6, 'mail.a.test', ['A', '192.0.2.1'])),
        ip: V6,
      },
    ],
    [
      'capitals mean nothing',
      'pass',
      { zone: spfZone('v=spf1 ptr:A.TEST -all', named(REVERSE, 'MAIL.a.Test', ['A', '192.0.2.1'])) },
    ],
    ['no name at all is no match', 'neutral', { zone: spfZone('v=spf1 ptr ?all') }],
    [
      'the reverse name may be an alias',
      'pass',
      {
        zone: spfZone('v=spf1 ptr -all', {
          ...own,
          [REVERSE]: [['CNAME', '1.rev.test']],
          '1.rev.test': [['PTR', 'mail.a.test']],
        }),
      },
    ],
    [
      'names that go in a circle are passed over',
      'neutral',
      {
        zone: spfZone('v=spf1 ptr ?all', {
          ...named(REVERSE, 'x.a.test', ['CNAME', 'y.a.test']),
          'y.a.test': [['CNAME', 'x.a.test']],
        }),
      },
    ],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })

  test('of eleven names ten are looked at', async () => {
    const names = Array.from({ length: 11 }, (_, i) => `m${i}.other.test`)
    const forward = Object.fromEntries(names.map(name => [name, [['A', '192.0.2.1']] as const]))
    const zone = spfZone('v=spf1 ptr:m10.other.test ?all', {
      ...forward,
      [REVERSE]: names.map(name => ['PTR', name] as const),
    })
    expect(await checkSpf({ zone })).toMatchObject({ result: 'neutral' })
  })
})
