import { describe, expect, test } from 'vitest'
import { checkSpf, spfZone, type Story } from '../../support/check-spf.ts'
import type { Zone } from '../../support/zone-server.ts'

/** Small stories about the macros of RFC 7208 section 7 in whole checks. */
type Told = readonly [rule: string, expected: object, story: Story]

/** A domain whose explanation is this text. */
const explained = (text: string, more: Zone = {}): Zone =>
  spfZone('v=spf1 -all exp=why.a.test', { 'why.a.test': [['TXT', text]], ...more })

const V6 = '2001:db8:cafe::1'
const REVERSE6 = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.e.f.a.c.8.b.d.0.1.0.0.2'

describe('in domain names', () => {
  test.for<Told>([
    [
      'a dot at the end is allowed',
      { result: 'pass' },
      { zone: spfZone('v=spf1 a:mx.a.test. -all', { 'mx.a.test': [['A', '192.0.2.1']] }) },
    ],
    [
      'but not behind a macro, where the grammar has none',
      { result: 'permerror' },
      { zone: spfZone('v=spf1 a:mx.%{d}. -all') },
    ],
    ['an unknown letter is permerror', { result: 'permerror' }, { zone: spfZone('v=spf1 exists:%{q}.test -all') }],
    ['a percent sign alone is permerror', { result: 'permerror' }, { zone: spfZone('v=spf1 exists:%.a.test -all') }],
    [
      'a bracket of another kind is permerror',
      { result: 'permerror' },
      { zone: spfZone('v=spf1 exists:%(ir).a.test -all') },
    ],
    [
      'a macro that does not end is permerror',
      { result: 'permerror' },
      { zone: spfZone('v=spf1 exists:%{ir.a.test -all') },
    ],
    [
      'a percent sign at the end is permerror',
      { result: 'permerror' },
      { zone: spfZone('v=spf1 exists:a.test% -all') },
    ],
    [
      'letters for explanations only are permerror',
      { result: 'permerror' },
      { zone: spfZone('v=spf1 exists:%{r}.a.test -all') },
    ],
    [
      'what is cut, turned and joined again',
      { result: 'pass' },
      {
        zone: spfZone('v=spf1 exists:%{l2r+-}.%%%_%{ir}.%{v}.a.test -all', {
          'x.two.% 1.2.0.192.in-addr.a.test': [['A', '127.0.0.2']],
        }),
        mailFrom: 'two-x+y@a.test',
      },
    ],
    [
      'a name over 253 octets loses labels on its left',
      { result: 'pass' },
      {
        zone: spfZone('v=spf1 exists:%{h}.%{d} -all', { [`${'l.'.repeat(123)}a.test`]: [['A', '127.0.0.2']] }),
        helo: `${'l.'.repeat(126)}l`,
      },
    ],
    [
      'a HELO name with blanks in it is there nowhere',
      { result: 'fail' },
      { zone: spfZone('v=spf1 a:%{h} -all'), helo: "JUMPIN' JUPITER" },
    ],
    [
      'nor is an address in brackets',
      { result: 'fail' },
      { zone: spfZone('v=spf1 a:%{h} -all'), helo: '[192.0.2.1]', ip: '192.0.2.1' },
    ],
    [
      'a HELO name of one label is no domain',
      { result: 'fail' },
      {
        zone: spfZone('v=spf1 -include:_h.%{d2} ip4:192.0.2.0/24 -all', {
          '_h.a.test': [['TXT', 'v=spf1 -a:%{h} +all']],
        }),
        helo: 'OEMCOMPUTER',
      },
    ],
    [
      '%{p} is "unknown" for an address without a name',
      { result: 'pass' },
      { zone: spfZone('v=spf1 exists:%{p}.a.test -all', { 'unknown.a.test': [['A', '127.0.0.2']] }) },
    ],
    [
      'a name that does not lead back does not count for it',
      { result: 'pass' },
      {
        zone: spfZone('v=spf1 exists:%{p}.a.test -all', {
          '1.2.0.192.in-addr.arpa': [['PTR', 'liar.test']],
          'liar.test': [['A', '192.0.2.9']],
          'unknown.a.test': [['A', '127.0.0.2']],
        }),
      },
    ],
    [
      'for an IPv6 client it needs an AAAA record',
      { result: 'pass' },
      {
        zone: spfZone('v=spf1 exists:%{p}.ok.test -all', {
          [`${REVERSE6}.ip6.arpa`]: [['PTR', 'mx.a.test']],
          'mx.a.test': [['AAAA', V6]],
          'mx.a.test.ok.test': [['A', '127.0.0.2']],
        }),
        ip: V6,
      },
    ],
    [
      'the domain itself comes before names below it',
      { result: 'pass' },
      {
        zone: {
          'a.test': [
            ['TXT', 'v=spf1 exists:%{p}.ok.test -all'],
            ['A', '192.0.2.1'],
          ],
          '1.2.0.192.in-addr.arpa': [
            ['PTR', 'z.other.test'],
            ['PTR', 'mx.a.test'],
            ['PTR', 'A.test'],
          ],
          'z.other.test': [['A', '192.0.2.1']],
          'mx.a.test': [['A', '192.0.2.1']],
          'a.test.ok.test': [['A', '127.0.0.2']],
        },
      },
    ],
  ])('%s', async ([, expected, story]) => {
    expect(await checkSpf(story)).toMatchObject(expected)
  })
})

describe('in explanations', () => {
  test.for<Told>([
    ['%{v} and %{i} of IPv4', { explanation: '1.2.0.192.in-addr.arpa' }, { zone: explained('%{ir}.%{v}.arpa') }],
    ['%{v} and %{i} of IPv6', { explanation: `${REVERSE6}.ip6.arpa` }, { zone: explained('%{ir}.%{v}.arpa'), ip: V6 }],
    [
      '%{c} is the address as people write it',
      { explanation: `from ${V6}` },
      { zone: explained('from %{c}'), ip: '2001:0DB8:CAFE:0::1' },
    ],
    [
      '%{s}, %{l}, %{o}, %{d}',
      { explanation: 'ann@a.test ann a.test a.test' },
      { zone: explained('%{s} %{l} %{o} %{d}') },
    ],
    ['%{h} as it was given', { explanation: 'Hi.Test' }, { zone: explained('%{h}'), helo: 'Hi.Test' }],
    ['%{r} is "unknown" where the receiver has no name', { explanation: 'unknown' }, { zone: explained('%{r}') }],
    ['%{t} is a number of seconds', { explanation: expect.stringMatching(/^[0-9]{10}$/) }, { zone: explained('%{t}') }],
    ['%{p} without a name', { explanation: 'from unknown' }, { zone: explained('from %{p}') }],
    [
      '%{p} with one',
      { explanation: 'from mx.other.test' },
      {
        zone: explained('from %{p}', {
          '1.2.0.192.in-addr.arpa': [['PTR', 'mx.other.test']],
          'mx.other.test': [['A', '192.0.2.1']],
        }),
      },
    ],
    [
      'capital letters escape the value',
      { explanation: 'http://a.test/?l=up%2Fdown%40%3D~x-y_z.q%28' },
      {
        zone: explained('http://%{d}/?l=%{L}'),
        mailFrom: 'up/down@=~x-y_z.q(@a.test',
      },
    ],
    ['several delimiters', { explanation: 'c.b.a' }, { zone: explained('%{lr+-_}'), mailFrom: 'a-b+c@a.test' }],
    [
      'only the delimiters that are named cut',
      { explanation: 'b.c' },
      { zone: explained('%{l1-}'), mailFrom: 'a-b.c@a.test' },
    ],
    ['more parts than there are means all', { explanation: 'a.test' }, { zone: explained('%{d128}') }],
    [
      'no part at all is a mistake: no explanation',
      { result: 'fail', explanation: null },
      { zone: explained('%{d0}') },
    ],
    ['an unknown letter: no explanation', { result: 'fail', explanation: null }, { zone: explained('%{x}') }],
    ['a percent sign alone: no explanation', { result: 'fail', explanation: null }, { zone: explained('100% sure') }],
    ['%%, %_ and %-', { explanation: '% %20' }, { zone: explained('%%%_%-') }],
    [
      'several strings are joined',
      { explanation: 'one two' },
      { zone: { ...explained(''), 'why.a.test': [['TXT', ['one', ' two']]] } },
    ],
    [
      'two records: no explanation',
      { result: 'fail', explanation: null },
      {
        zone: {
          ...explained(''),
          'why.a.test': [
            ['TXT', 'one'],
            ['TXT', 'two'],
          ],
        },
      },
    ],
    [
      'a name that only a macro ends',
      { explanation: 'x' },
      { zone: spfZone('v=spf1 -all exp=%{l}._why.%{d}', { 'ann._why.a.test': [['TXT', 'x']] }) },
    ],
    [
      'softfail has none',
      { result: 'softfail', explanation: null },
      { zone: spfZone('v=spf1 ~all exp=why.a.test', { 'why.a.test': [['TXT', 'x']] }) },
    ],
  ])('%s', async ([, expected, story]) => {
    expect(await checkSpf(story)).toMatchObject(expected)
  })
})
