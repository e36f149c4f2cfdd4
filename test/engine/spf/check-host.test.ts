import { describe, expect, test } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { checkSpf, spfZone } from '../../support/check-spf.ts'
import { withZone } from '../../support/with-zone.ts'

describe('looking the record up', () => {
  test.for([
    ['no such domain', {}, 'none'],
    ['no TXT record', { 'a.test': [['A', '192.0.2.1']] }, 'none'],
    ['only type 99', { 'a.test': [['SPF', 'v=spf1 -all']] }, 'none'],
    ['a server failure', { 'a.test': [['RCODE', 2]] }, 'temperror'],
    ['a refusal', { 'a.test': [['RCODE', 5]] }, 'temperror'],
    ['a blank in front', { 'a.test': [['TXT', ' v=spf1 -all']] }, 'none'],
    ['a CNAME to the record', { 'a.test': [['CNAME', 'b.test']], 'b.test': [['TXT', 'v=spf1 -all']] }, 'fail'],
  ] as const)('%s: %s', async ([, zone, result]) => {
    expect(await checkSpf({ zone })).toMatchObject({ result })
  })

  test('silence is temperror', async () => {
    const { resolver } = await withZone({ 'a.test': [['TIMEOUT']] })
    const ip = parseIp('192.0.2.1')
    if (!ip) throw new Error('no address')
    const lookup = lookupWith(resolver, new Deadline(100))
    expect(await checkHost({ ip, mailFrom: 'x@a.test', helo: 'h.test' }, lookup)).toMatchObject({ result: 'temperror' })
  })
})

describe('the sender', () => {
  test.for([
    ['', 'a.test', 'a.test', 'fail'],
    ['<>', 'a.test', 'a.test', 'fail'],
    ['<ann@a.test>', 'x', 'a.test', 'fail'],
    ['"two@signs"@a.test', 'x', 'a.test', 'fail'],
    ['@a.test', 'x', 'a.test', 'fail'],
    ['ann@localhost', 'x', 'localhost', 'none'],
    ['ann@[192.0.2.1]', 'x', '[192.0.2.1]', 'none'],
    ['ann@192.0.2.1', 'x', '192.0.2.1', 'none'],
    ['', '192.0.2.1', '192.0.2.1', 'none'],
    ['ann@a..test', 'x', 'a..test', 'none'],
  ] as const)('%j with HELO %s is about %s: %s', async ([mailFrom, helo, domain, result]) => {
    expect(await checkSpf({ zone: spfZone('v=spf1 -all'), mailFrom, helo })).toMatchObject({ domain, result })
  })

  test('a HELO that is no name matches nothing', async () => {
    expect(await checkSpf({ zone: spfZone('v=spf1 a:%{h} -all'), helo: "JUMPIN' JUPITER" })).toMatchObject({
      result: 'fail',
    })
  })

  test('a backslash in a local part is a character, not an escape', async () => {
    const verdict = await checkSpf({ zone: spfZone('v=spf1 exists:%{l}.ok.test -all'), mailFrom: 'a\\046b@a.test' })
    expect(verdict.questions).toContain('A a\\046b.ok.test udp')
  })
})

describe('the trace', () => {
  test('shows each term, what it cost and why', async () => {
    const zone = spfZone('v=spf1 include:b.test a:h.test ip4:192.0.2.1 -all', {
      'b.test': [['TXT', 'v=spf1 a:h.test -all']],
      'h.test': [['A', '198.51.100.1']],
    })
    const { trace, lookups } = await checkSpf({ zone })
    expect(lookups).toBe(3)
    expect(trace).toMatchObject([
      {
        term: 'include:b.test',
        domain: 'b.test',
        matched: false,
        lookups: 2,
        children: [{ term: 'a:h.test' }, { term: '-all' }],
      },
      { term: 'a:h.test', domain: 'h.test', matched: false, lookups: 1, detail: 'only 198.51.100.1' },
      { term: 'ip4:192.0.2.1', matched: true, lookups: 0 },
      { term: '-all', matched: null },
    ])
  })

  test('says why there is no result from terms', async () => {
    const { trace } = await checkSpf({
      zone: {
        'a.test': [
          ['TXT', 'v=spf1 -all'],
          ['TXT', 'v=spf1 +all'],
        ],
      },
    })
    expect(trace).toMatchObject([{ mechanism: 'record', matched: false, detail: 'a.test has 2 SPF records' }])
  })
})
