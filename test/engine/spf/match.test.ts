import { describe, expect, test } from 'vitest'
import { checkSpf, spfZone } from '../../support/check-spf.ts'
import type { Zone } from '../../support/zone-server.ts'

describe('mechanisms', () => {
  test('an IPv6 client is compared with AAAA records and the second prefix length', async () => {
    const zone = spfZone('v=spf1 a:h.test//64 -all', {
      'h.test': [
        ['AAAA', '2001:db8::1'],
        ['A', '192.0.2.1'],
      ],
    })
    const verdict = await checkSpf({ zone, ip: '2001:DB8::ffff' })
    expect(verdict).toMatchObject({ result: 'pass' })
    expect(verdict.questions).toEqual(['TXT a.test udp', 'AAAA h.test udp'])
  })

  test('an IPv4-mapped address is an IPv4 client', async () => {
    expect(await checkSpf({ zone: spfZone('v=spf1 ip4:192.0.2.1 -all'), ip: '::ffff:192.0.2.1' })).toMatchObject({
      result: 'pass',
    })
  })

  test('ip6 never matches an IPv4 client', async () => {
    expect(await checkSpf({ zone: spfZone('v=spf1 ip6:::/0 -all') })).toMatchObject({ result: 'fail' })
  })

  test('mx does not fall back to the address of the domain', async () => {
    const zone: Zone = {
      'a.test': [
        ['TXT', 'v=spf1 mx -all'],
        ['A', '192.0.2.1'],
      ],
    }
    expect(await checkSpf({ zone })).toMatchObject({ result: 'fail', voidLookups: 1 })
  })

  test.for([
    ['pass', 'match'],
    ['fail', 'no-match'],
    ['softfail', 'no-match'],
    ['neutral', 'no-match'],
  ] as const)('an include that is %s is a %s', async ([inner, outcome]) => {
    const qualifier = { pass: '+', fail: '-', softfail: '~', neutral: '?' }[inner]
    const zone = spfZone('v=spf1 include:b.test ~all', { 'b.test': [['TXT', `v=spf1 ${qualifier}all`]] })
    expect(await checkSpf({ zone })).toMatchObject({ result: outcome === 'match' ? 'pass' : 'softfail' })
  })

  test.for([
    ['nothing', {}, 'permerror'],
    ['no record', { 'b.test': [['A', '192.0.2.1']] }, 'permerror'],
    ['a mistake', { 'b.test': [['TXT', 'v=spf1 foo']] }, 'permerror'],
    [
      'two records',
      {
        'b.test': [
          ['TXT', 'v=spf1 +all'],
          ['TXT', 'v=spf1 -all'],
        ],
      },
      'permerror',
    ],
    ['a failing server', { 'b.test': [['RCODE', 2]] }, 'temperror'],
  ] as const)('an include of %s ends the check with an error', async ([, more, result]) => {
    expect(await checkSpf({ zone: spfZone('v=spf1 include:b.test ?all', more) })).toMatchObject({ result })
  })

  test('exists asks for an A record, also for an IPv6 client', async () => {
    const zone = spfZone('v=spf1 exists:%{l}.ok.a.test -all', { 'ann.ok.a.test': [['A', '127.0.0.2']] })
    expect(await checkSpf({ zone, ip: '2001:db8::1' })).toMatchObject({ result: 'pass' })
    const only6 = spfZone('v=spf1 exists:%{l}.ok.a.test -all', { 'ann.ok.a.test': [['AAAA', '::1']] })
    expect(await checkSpf({ zone: only6, ip: '2001:db8::1' })).toMatchObject({ result: 'fail' })
  })

  test('ptr needs a name below the domain that leads back', async () => {
    const reverse: Zone = {
      '1.2.0.192.in-addr.arpa': [
        ['PTR', 'Host.A.test'],
        ['PTR', 'liar.other.test'],
      ],
    }
    const forward: Zone = { 'host.a.test': [['A', '192.0.2.1']], 'liar.other.test': [['A', '192.0.2.99']] }
    expect(await checkSpf({ zone: spfZone('v=spf1 ptr -all', { ...reverse, ...forward }) })).toMatchObject({
      result: 'pass',
    })
    const other = spfZone('v=spf1 ptr:other.test -all', { ...reverse, ...forward })
    expect(await checkSpf({ zone: other })).toMatchObject({ result: 'fail' })
  })

  test('an error while looking for names is no match, not temperror', async () => {
    const zone = spfZone('v=spf1 ptr -all', { '1.2.0.192.in-addr.arpa': [['RCODE', 2]] })
    expect(await checkSpf({ zone })).toMatchObject({ result: 'fail' })
  })

  test('redirect takes the place of the record, explanation and all', async () => {
    const zone = spfZone('v=spf1 exp=a-why.test redirect=b.test', {
      'b.test': [['TXT', 'v=spf1 -all exp=b-why.test']],
      'a-why.test': [['TXT', 'wrong']],
      'b-why.test': [['TXT', '%{d} of %{o}']],
    })
    expect(await checkSpf({ zone })).toMatchObject({ result: 'fail', explanation: 'b.test of a.test' })
  })

  test('a redirect to nothing is permerror', async () => {
    expect(await checkSpf({ zone: spfZone('v=spf1 redirect=b.test') })).toMatchObject({ result: 'permerror' })
  })

  test('a redirect behind all is never followed', async () => {
    const verdict = await checkSpf({ zone: spfZone('v=spf1 redirect=b.test ~all') })
    expect(verdict).toMatchObject({ result: 'softfail', lookups: 0 })
  })
})
