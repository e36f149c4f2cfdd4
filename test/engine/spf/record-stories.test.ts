import { describe, expect, test } from 'vitest'
import { lookupWith } from '#engine/dns/lookup.ts'
import { parseIp } from '#engine/dns/ip.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { checkSpf, spfZone, type Story } from '../../support/check-spf.ts'
import { withZone } from '../../support/with-zone.ts'

/** Small stories about RFC 7208 sections 4.4 to 4.8 and 6: what it says, what is published, and the result. */
type Told = readonly [rule: string, result: string, story: Story]

describe('looking the record up (sections 3.1 and 4.4)', () => {
  test.for<Told>([
    [
      'the TXT record counts where there are both types',
      'fail',
      {
        zone: {
          'a.test': [
            ['TXT', 'v=spf1 -all'],
            ['SPF', 'v=spf1 +all'],
          ],
        },
      },
    ],
    ['a TXT record is enough', 'fail', { zone: spfZone('v=spf1 -all') }],
    ['a record of type 99 alone is none', 'none', { zone: { 'a.test': [['SPF', 'v=spf1 -all']] } }],
    ['silence about type 99 does not matter', 'fail', { zone: { 'a.test': [['TXT', 'v=spf1 -all'], ['TIMEOUT']] } }],
    ['a format error of the server is temperror', 'temperror', { zone: { 'a.test': [['RCODE', 1]] } }],
    ['a question that the server does not implement is temperror', 'temperror', { zone: { 'a.test': [['RCODE', 4]] } }],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })

  test.for([
    ['and there is no other record', [['TIMEOUT']]],
    ['and type 99 has one', [['SPF', 'v=spf1 -all'], ['TIMEOUT']]],
  ] as const)('silence about TXT is temperror (%s)', async ([, records]) => {
    const { resolver } = await withZone({ 'a.test': records })
    const ip = parseIp('192.0.2.1')
    if (!ip) throw new Error('no address')
    const verdict = await checkHost({ ip, mailFrom: 'x@a.test', helo: 'h' }, lookupWith(resolver, new Deadline(100)))
    expect(verdict).toMatchObject({ result: 'temperror', explanation: null })
  })
})

const LONG_LABEL = 'a'.repeat(64)

describe('evaluating the record (sections 4.6 to 4.8 and 6)', () => {
  test.for<Told>([
    [
      'a mistake behind a term that matches still spoils the record',
      'permerror',
      { zone: spfZone('v=spf1 ip4:192.0.2.1 -all moo') },
    ],
    [
      'the name of a modifier may have dots, hyphens and underscores',
      'pass',
      { zone: spfZone('v=spf1 m.o-o_1=x/y +all') },
    ],
    ['but no slash', 'permerror', { zone: spfZone('v=spf1 moo/cow=x +all') }],
    ['nor a colon in front of the equals sign', 'permerror', { zone: spfZone('v=spf1 moo:cow=x +all') }],
    ['nor a digit at its beginning', 'permerror', { zone: spfZone('v=spf1 1moo=x +all') }],
    [
      'a redirect waits for every mechanism, wherever it stands',
      'pass',
      { zone: spfZone('v=spf1 redirect=b.test ip4:192.0.2.1', { 'b.test': [['TXT', 'v=spf1 -all']] }) },
    ],
    [
      'and is followed when none of them matched',
      'fail',
      { zone: spfZone('v=spf1 redirect=b.test ip4:192.0.2.9', { 'b.test': [['TXT', 'v=spf1 -all']] }) },
    ],
    ['nothing matched and no redirect is neutral', 'neutral', { zone: spfZone('v=spf1 ip4:192.0.2.9') }],
    ['redirect is no mechanism', 'permerror', { zone: spfZone('v=spf1 redirect:b.test') }],
    ['and takes no qualifier', 'permerror', { zone: spfZone('v=spf1 ?redirect=b.test') }],
    [
      'a redirect to a domain without a record is permerror',
      'permerror',
      { zone: spfZone('v=spf1 redirect=b.test', { 'b.test': [['TXT', 'other']] }) },
    ],
    ['a redirect twice is permerror', 'permerror', { zone: spfZone('v=spf1 redirect=b.test redirect=b.test') }],
    [
      'the result of a redirect is taken as it is: softfail',
      'softfail',
      { zone: spfZone('v=spf1 redirect=b.test', { 'b.test': [['TXT', 'v=spf1 ~all']] }) },
    ],
    ['and temperror', 'temperror', { zone: spfZone('v=spf1 redirect=b.test', { 'b.test': [['RCODE', 2]] }) }],
    ['a redirect to itself ends in permerror', 'permerror', { zone: spfZone('v=spf1 redirect=a.test') }],
    ['default= means nothing any more', 'neutral', { zone: spfZone('v=spf1 default=pass') }],
    ['a target without a top-level label is a mistake', 'permerror', { zone: spfZone('v=spf1 a:example -all') }],
    ['so is one that ends in digits', 'permerror', { zone: spfZone('v=spf1 a:192.0.2.1 -all') }],
    ['and one that ends in a hyphen', 'permerror', { zone: spfZone('v=spf1 a:example.com- -all') }],
    [
      'a target with an empty label is a name that is not there',
      'fail',
      { zone: spfZone('v=spf1 a:one..two.test -all') },
    ],
    ['so is one with a label of 64 octets', 'fail', { zone: spfZone(`v=spf1 a:${LONG_LABEL}.test -all`) }],
    ['also when a macro made it', 'fail', { zone: spfZone('v=spf1 a:%{h}.test -all'), helo: LONG_LABEL }],
    [
      'an include of such a name leads to no record',
      'permerror',
      { zone: spfZone(`v=spf1 include:${LONG_LABEL}.test -all`) },
    ],
    ['so does a redirect', 'permerror', { zone: spfZone('v=spf1 redirect=one..two.test') }],
    [
      'a target that only a macro ends is well formed',
      'pass',
      { zone: spfZone('v=spf1 a:mx.%{d} -all', { 'mx.a.test': [['A', '192.0.2.1']] }) },
    ],
    ['a blank between qualifier and mechanism is a mistake', 'permerror', { zone: spfZone('v=spf1 - all') }],
    ['the qualifier is one character', 'permerror', { zone: spfZone('v=spf1 --all') }],
    ['blanks at the end mean nothing', 'fail', { zone: spfZone('v=spf1 -all   ') }],
    ['a tab is no blank', 'permerror', { zone: spfZone('v=spf1 a\t-all') }],
  ])('%s: %s', async ([, result, story]) => {
    expect(await checkSpf(story)).toMatchObject({ result })
  })
})

describe('limits across records (section 4.6.4)', () => {
  test('the terms of an include count with those of the record', async () => {
    const inner = Array.from({ length: 6 }, (_, i) => `exists:%{i}.x${i}.test`).join(' ')
    const zone = spfZone(`v=spf1 include:b.test include:b.test -all`, { 'b.test': [['TXT', `v=spf1 ${inner} ~all`]] })
    expect(await checkSpf({ zone })).toMatchObject({ result: 'permerror' })
  })

  test('what a policy allows that includes two hosts on the same preference is judged for both families', async () => {
    const zone = {
      'a.test': [
        ['TXT', 'v=spf1 mx redirect=_spf.b.test'],
        ['MX', [10, 'mx1.a.test']],
        ['MX', [10, 'mx2.b.test']],
      ],
      'mx1.a.test': [
        ['A', '198.51.100.2'],
        ['AAAA', '2001:db8:1::3'],
      ],
      'mx2.b.test': [
        ['A', '198.51.100.26'],
        ['AAAA', '2001:db8:2::3'],
      ],
      '_spf.b.test': [['TXT', 'v=spf1 mx:b.test -all']],
      'b.test': [['MX', [10, 'mx2.b.test']]],
    } as const
    const asked = ['198.51.100.26', '2001:db8:2::3', '2001:db8:2::4'].map(ip => checkSpf({ zone, ip }))
    expect((await Promise.all(asked)).map(({ result }) => result)).toEqual(['pass', 'pass', 'fail'])
  })
})
