import { describe, expect, test } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

type Story = {
  readonly zone: Zone
  readonly ip?: string
  readonly mailFrom?: string
  readonly helo?: string
}

async function check({ zone, ip = '192.0.2.1', mailFrom = 'ann@a.test', helo = 'mx.a.test' }: Story) {
  const { resolver, server } = await withZone(zone)
  const address = parseIp(ip)
  if (!address) throw new Error(ip)
  const verdict = await checkHost({ ip: address, mailFrom, helo }, lookupWith(resolver, new Deadline(3_000)))
  return { ...verdict, questions: server.questions }
}

const spf = (record: string, more: Zone = {}): Zone => ({ 'a.test': [['TXT', record]], ...more })

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
    expect(await check({ zone })).toMatchObject({ result })
  })

  test('silence is temperror', async () => {
    const { resolver } = await withZone({ 'a.test': [['TIMEOUT']] })
    const ip = parseIp('192.0.2.1')
    if (!ip) throw new Error('no address')
    const lookup = lookupWith(resolver, new Deadline(100))
    expect(await checkHost({ ip, mailFrom: 'x@a.test', helo: 'h.test' }, lookup)).toMatchObject({ result: 'temperror' })
  })
})

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
    const verdict = await check({ zone: spf(record) })
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
    expect(await check({ zone: spf(record) })).toMatchObject({ result })
  })
})

describe('mechanisms', () => {
  test('an IPv6 client is compared with AAAA records and the second prefix length', async () => {
    const zone = spf('v=spf1 a:h.test//64 -all', {
      'h.test': [
        ['AAAA', '2001:db8::1'],
        ['A', '192.0.2.1'],
      ],
    })
    const verdict = await check({ zone, ip: '2001:DB8::ffff' })
    expect(verdict).toMatchObject({ result: 'pass' })
    expect(verdict.questions).toEqual(['TXT a.test udp', 'AAAA h.test udp'])
  })

  test('an IPv4-mapped address is an IPv4 client', async () => {
    expect(await check({ zone: spf('v=spf1 ip4:192.0.2.1 -all'), ip: '::ffff:192.0.2.1' })).toMatchObject({
      result: 'pass',
    })
  })

  test('ip6 never matches an IPv4 client', async () => {
    expect(await check({ zone: spf('v=spf1 ip6:::/0 -all') })).toMatchObject({ result: 'fail' })
  })

  test('mx does not fall back to the address of the domain', async () => {
    const zone: Zone = {
      'a.test': [
        ['TXT', 'v=spf1 mx -all'],
        ['A', '192.0.2.1'],
      ],
    }
    expect(await check({ zone })).toMatchObject({ result: 'fail', voidLookups: 1 })
  })

  test.for([
    ['pass', 'match'],
    ['fail', 'no-match'],
    ['softfail', 'no-match'],
    ['neutral', 'no-match'],
  ] as const)('an include that is %s is a %s', async ([inner, outcome]) => {
    const qualifier = { pass: '+', fail: '-', softfail: '~', neutral: '?' }[inner]
    const zone = spf('v=spf1 include:b.test ~all', { 'b.test': [['TXT', `v=spf1 ${qualifier}all`]] })
    expect(await check({ zone })).toMatchObject({ result: outcome === 'match' ? 'pass' : 'softfail' })
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
    expect(await check({ zone: spf('v=spf1 include:b.test ?all', more) })).toMatchObject({ result })
  })

  test('exists asks for an A record, also for an IPv6 client', async () => {
    const zone = spf('v=spf1 exists:%{l}.ok.a.test -all', { 'ann.ok.a.test': [['A', '127.0.0.2']] })
    expect(await check({ zone, ip: '2001:db8::1' })).toMatchObject({ result: 'pass' })
    const only6 = spf('v=spf1 exists:%{l}.ok.a.test -all', { 'ann.ok.a.test': [['AAAA', '::1']] })
    expect(await check({ zone: only6, ip: '2001:db8::1' })).toMatchObject({ result: 'fail' })
  })

  test('ptr needs a name below the domain that leads back', async () => {
    const reverse: Zone = {
      '1.2.0.192.in-addr.arpa': [
        ['PTR', 'Host.A.test'],
        ['PTR', 'liar.other.test'],
      ],
    }
    const forward: Zone = { 'host.a.test': [['A', '192.0.2.1']], 'liar.other.test': [['A', '192.0.2.99']] }
    expect(await check({ zone: spf('v=spf1 ptr -all', { ...reverse, ...forward }) })).toMatchObject({ result: 'pass' })
    const other = spf('v=spf1 ptr:other.test -all', { ...reverse, ...forward })
    expect(await check({ zone: other })).toMatchObject({ result: 'fail' })
  })

  test('an error while looking for names is no match, not temperror', async () => {
    const zone = spf('v=spf1 ptr -all', { '1.2.0.192.in-addr.arpa': [['RCODE', 2]] })
    expect(await check({ zone })).toMatchObject({ result: 'fail' })
  })

  test('redirect takes the place of the record, explanation and all', async () => {
    const zone = spf('v=spf1 exp=a-why.test redirect=b.test', {
      'b.test': [['TXT', 'v=spf1 -all exp=b-why.test']],
      'a-why.test': [['TXT', 'wrong']],
      'b-why.test': [['TXT', '%{d} of %{o}']],
    })
    expect(await check({ zone })).toMatchObject({ result: 'fail', explanation: 'b.test of a.test' })
  })

  test('a redirect to nothing is permerror', async () => {
    expect(await check({ zone: spf('v=spf1 redirect=b.test') })).toMatchObject({ result: 'permerror' })
  })

  test('a redirect behind all is never followed', async () => {
    const verdict = await check({ zone: spf('v=spf1 redirect=b.test ~all') })
    expect(verdict).toMatchObject({ result: 'softfail', lookups: 0 })
  })
})

describe('%{p}', () => {
  const RECORD = 'v=spf1 exists:%{p}.ok.test -all'
  const REVERSE: Zone = {
    '1.2.0.192.in-addr.arpa': [
      ['PTR', 'one.other.test'],
      ['PTR', 'two.a.test'],
    ],
    'one.other.test': [['A', '192.0.2.1']],
    'two.a.test': [['A', '192.0.2.1']],
  }

  test('prefers a validated name below the domain', async () => {
    const verdict = await check({ zone: spf(RECORD, { ...REVERSE, 'two.a.test.ok.test': [['A', '127.0.0.2']] }) })
    // One for the term and one for the PTR question (RFC 7208 section 4.6.4).
    expect(verdict).toMatchObject({ result: 'pass', lookups: 2 })
  })

  test('is "unknown" without a validated name', async () => {
    expect(await check({ zone: spf(RECORD, { 'unknown.ok.test': [['A', '127.0.0.2']] }) })).toMatchObject({
      result: 'pass',
    })
  })
})

describe('limits', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `a:h${i}.test`).join(' ')
  const hosts = (count: number): Zone =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`h${i}.test`, [['A', '198.51.100.1']]]))

  test('ten lookups are allowed, the eleventh is permerror', async () => {
    expect(await check({ zone: spf(`v=spf1 ${many(10)} -all`, hosts(10)) })).toMatchObject({
      result: 'fail',
      lookups: 10,
    })
    expect(await check({ zone: spf(`v=spf1 ${many(11)} -all`, hosts(11)) })).toMatchObject({ result: 'permerror' })
  })

  test('a match before the limit counts', async () => {
    expect(await check({ zone: spf(`v=spf1 ip4:192.0.2.1 ${many(20)} -all`) })).toMatchObject({ result: 'pass' })
  })

  test('an include loop ends', async () => {
    const verdict = await check({ zone: spf('v=spf1 include:a.test -all') })
    expect(verdict).toMatchObject({ result: 'permerror' })
  })

  test('two terms may find nothing, the third is permerror', async () => {
    expect(await check({ zone: spf(`v=spf1 ${many(2)} -all`) })).toMatchObject({ result: 'fail', voidLookups: 2 })
    expect(await check({ zone: spf(`v=spf1 ${many(3)} -all`) })).toMatchObject({ result: 'permerror' })
  })

  test('an mx with three hosts without an IPv6 address is one term that found nothing', async () => {
    const names = ['m0.test', 'm1.test', 'm2.test']
    const mx: Zone = {
      'a.test': [['TXT', 'v=spf1 mx -all'], ...names.map(name => ['MX', [10, name]] as const)],
      ...Object.fromEntries(names.map(name => [name, [['A', '192.0.2.1']]])),
    }
    expect(await check({ zone: mx, ip: '2001:db8::1' })).toMatchObject({ result: 'fail', voidLookups: 1 })
  })

  test('eleven MX hosts are permerror', async () => {
    const zone: Zone = {
      'a.test': [
        ['TXT', 'v=spf1 mx -all'],
        ...Array.from({ length: 11 }, (_, i) => ['MX', [i, `h${i}.test`]] as const),
      ],
      ...hosts(11),
    }
    expect(await check({ zone })).toMatchObject({ result: 'permerror' })
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
    expect(await check({ zone: spf('v=spf1 -all'), mailFrom, helo })).toMatchObject({ domain, result })
  })

  test('a HELO that is no name matches nothing', async () => {
    expect(await check({ zone: spf('v=spf1 a:%{h} -all'), helo: "JUMPIN' JUPITER" })).toMatchObject({ result: 'fail' })
  })

  test('a backslash in a local part is a character, not an escape', async () => {
    const verdict = await check({ zone: spf('v=spf1 exists:%{l}.ok.test -all'), mailFrom: 'a\\046b@a.test' })
    expect(verdict.questions).toContain('A a\\046b.ok.test udp')
  })
})

describe('the trace', () => {
  test('shows each term, what it cost and why', async () => {
    const zone = spf('v=spf1 include:b.test a:h.test ip4:192.0.2.1 -all', {
      'b.test': [['TXT', 'v=spf1 a:h.test -all']],
      'h.test': [['A', '198.51.100.1']],
    })
    const { trace, lookups } = await check({ zone })
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
    const { trace } = await check({
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
