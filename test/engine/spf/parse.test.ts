import { describe, expect, test } from 'vitest'
import { checkSpf, spfZone } from '../../support/check-spf.ts'

describe('syntax', () => {
  test.for([
    'v=spf1 -all foobar',
    'v=spf1 all:x.test',
    'v=spf1 include',
    'v=spf1 include:',
    'v=spf1 include:a.test/24',
    'v=spf1 a:b',
    'v=spf1 a:b.test:8080',
    'v=spf1 a/33',
    'v=spf1 a/024',
    'v=spf1 a//129',
    'v=spf1 a/',
    'v=spf1 ptr/24',
    'v=spf1 ptr:',
    'v=spf1 exists',
    'v=spf1 exists:a.test/24',
    'v=spf1 ip4',
    'v=spf1 ip4:1.2.3',
    'v=spf1 ip4:1.2.3.4/33',
    'v=spf1 ip4:1.2.3.4/032',
    'v=spf1 ip4:::1',
    'v=spf1 ip6',
    'v=spf1 ip6:1.2.3.4',
    'v=spf1 ip6:2001:db8::/129',
    'v=spf1 ip6:2001:db8:::1',
    'v=spf1 redirect:b.test',
    'v=spf1 redirect=',
    'v=spf1 redirect=b.test redirect=b.test',
    'v=spf1 exp=',
    'v=spf1 moo.cow/far=x -all',
    'v=spf1 1up=foo',
    'v=spf1 exists:%{c}.a.test -all',
    'v=spf1 exists:%{d0}.a.test -all',
    'v=spf1 -all\tip4:192.0.2.1',
    'v=spf1 -all x=%',
  ])('%s is permerror', async record => {
    const verdict = await checkSpf({ zone: spfZone(record) })
    expect(verdict).toMatchObject({ result: 'permerror', record })
    // Nothing but the record is asked for: the mistake is found before any term is evaluated.
    expect(verdict.questions).toEqual(['TXT a.test udp'])
  })

  test.for([
    ['v=spf1 -all moo.cow-far_out=man:dog/cat', 'fail'],
    ['V=SPF1 -ALL', 'fail'],
    ['v=spf1   -all  ', 'fail'],
    ['v=spf1', 'neutral'],
    ['v=spf1 ip4:198.51.100.1', 'neutral'],
    ['v=spf1 IP4:192.0.2.0/24 -all', 'pass'],
    ['v=spf1 ?ip4:192.0.2.1 -all', 'neutral'],
    ['v=spf1 ~all', 'softfail'],
    ['v=spf1 ip4:0.0.0.0/0 -all', 'pass'],
    ['v=spf1 a/24//64 -all', 'fail'],
  ] as const)('%s is %s', async ([record, result]) => {
    expect(await checkSpf({ zone: spfZone(record) })).toMatchObject({ result })
  })
})
