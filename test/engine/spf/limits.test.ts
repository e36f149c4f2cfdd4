import { describe, expect, test } from 'vitest'
import { checkSpf, spfZone } from '../../support/check-spf.ts'
import type { Zone } from '../../support/zone-server.ts'

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
    const verdict = await checkSpf({
      zone: spfZone(RECORD, { ...REVERSE, 'two.a.test.ok.test': [['A', '127.0.0.2']] }),
    })
    // One for the term and one for the PTR question (RFC 7208 section 4.6.4).
    expect(verdict).toMatchObject({ result: 'pass', lookups: 2 })
  })

  test('is "unknown" without a validated name', async () => {
    expect(await checkSpf({ zone: spfZone(RECORD, { 'unknown.ok.test': [['A', '127.0.0.2']] }) })).toMatchObject({
      result: 'pass',
    })
  })
})

describe('limits', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `a:h${i}.test`).join(' ')
  const hosts = (count: number): Zone =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`h${i}.test`, [['A', '198.51.100.1']]]))

  test('ten lookups are allowed, the eleventh is permerror', async () => {
    expect(await checkSpf({ zone: spfZone(`v=spf1 ${many(10)} -all`, hosts(10)) })).toMatchObject({
      result: 'fail',
      lookups: 10,
    })
    expect(await checkSpf({ zone: spfZone(`v=spf1 ${many(11)} -all`, hosts(11)) })).toMatchObject({
      result: 'permerror',
    })
  })

  test('a match before the limit counts', async () => {
    expect(await checkSpf({ zone: spfZone(`v=spf1 ip4:192.0.2.1 ${many(20)} -all`) })).toMatchObject({ result: 'pass' })
  })

  test('an include loop ends', async () => {
    const verdict = await checkSpf({ zone: spfZone('v=spf1 include:a.test -all') })
    expect(verdict).toMatchObject({ result: 'permerror' })
  })

  test('two terms may find nothing, the third is permerror', async () => {
    expect(await checkSpf({ zone: spfZone(`v=spf1 ${many(2)} -all`) })).toMatchObject({
      result: 'fail',
      voidLookups: 2,
    })
    expect(await checkSpf({ zone: spfZone(`v=spf1 ${many(3)} -all`) })).toMatchObject({ result: 'permerror' })
  })

  test('an mx with three hosts without an IPv6 address is one term that found nothing', async () => {
    const names = ['m0.test', 'm1.test', 'm2.test']
    const mx: Zone = {
      'a.test': [['TXT', 'v=spf1 mx -all'], ...names.map(name => ['MX', [10, name]] as const)],
      ...Object.fromEntries(names.map(name => [name, [['A', '192.0.2.1']]])),
    }
    expect(await checkSpf({ zone: mx, ip: '2001:db8::1' })).toMatchObject({ result: 'fail', voidLookups: 1 })
  })

  test('eleven MX hosts are permerror', async () => {
    const zone: Zone = {
      'a.test': [
        ['TXT', 'v=spf1 mx -all'],
        ...Array.from({ length: 11 }, (_, i) => ['MX', [i, `h${i}.test`]] as const),
      ],
      ...hosts(11),
    }
    expect(await checkSpf({ zone })).toMatchObject({ result: 'permerror' })
  })
})
