import { describe, expect, test } from 'vitest'
import { lookupWith } from '#engine/dns/lookup.ts'
import { lookupAlignment } from '#engine/dmarc/alignment.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import { organizationalDomainOf, walkTargets, walkTree } from '#engine/dmarc/tree-walk.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const dmarc = (tags: string) => [['TXT', `v=DMARC1; ${tags}`]] as const

async function lookupIn(zone: Zone) {
  const { resolver, server } = await withZone(zone)
  return { lookup: lookupWith(resolver, new Deadline(5_000)), server }
}

test('a name of many labels is asked for at most eight times', () => {
  expect(walkTargets('a.b.c.d.e.f.g.h.i.j.mail.example.com')).toEqual([
    'a.b.c.d.e.f.g.h.i.j.mail.example.com',
    'g.h.i.j.mail.example.com',
    'h.i.j.mail.example.com',
    'i.j.mail.example.com',
    'j.mail.example.com',
    'mail.example.com',
    'example.com',
    'com',
  ])
})

test('eight labels go on with seven', () => {
  const targets = walkTargets('1.2.3.4.5.6.example.com')
  expect(targets).toHaveLength(8)
  expect(targets[1]).toBe('2.3.4.5.6.example.com')
})

describe('the organizational domain', () => {
  test.for([
    [
      'the shortest name with a record',
      { '_dmarc.mail.example.test': dmarc('p=none'), '_dmarc.example.test': dmarc('p=none') },
      'example.test',
    ],
    [
      'the name with psd=n',
      { '_dmarc.mail.example.test': dmarc('p=none; psd=n'), '_dmarc.example.test': dmarc('p=none') },
      'mail.example.test',
    ],
    ['one label below psd=y', { '_dmarc.test': dmarc('p=none; psd=y') }, 'example.test'],
    ['the name itself without any record', { 'x.test': [['A', '192.0.2.1']] }, 'a.mail.example.test'],
    [
      'not where there are two records',
      {
        '_dmarc.example.test': [...dmarc('p=none'), ...dmarc('p=reject')],
        '_dmarc.mail.example.test': dmarc('p=none'),
      },
      'mail.example.test',
    ],
  ] as const satisfies readonly (readonly [string, Zone, string])[])('is %s', async ([, zone, domain]) => {
    const { lookup } = await lookupIn(zone)
    expect(organizationalDomainOf(await walkTree('a.mail.example.test', lookup))).toBe(domain)
  })

  test('is not moved by psd=y at the start of the walk', async () => {
    const { lookup } = await lookupIn({ '_dmarc.co.test': dmarc('p=none; psd=y') })
    expect(organizationalDomainOf(await walkTree('co.test', lookup))).toBe('co.test')
  })
})

describe('alignment', () => {
  const ZONE: Zone = { '_dmarc.a.test': dmarc('p=none'), '_dmarc.b.test': dmarc('p=none') }
  test.for([
    ['a.test', 'a.test', 's', true],
    ['a.test', 'mail.a.test', 's', false],
    ['a.test', 'mail.a.test', 'r', true],
    ['news.a.test', 'mail.a.test', 'r', true],
    ['a.test', 'b.test', 'r', false],
    ['a.test', 'nota.test', 'r', false],
  ] as const)('%s and %s (%s): %s', async ([from, confirmed, mode, aligned]) => {
    const { lookup } = await lookupIn(ZONE)
    expect(await lookupAlignment(from, confirmed, mode, lookup)).toBe(aligned)
  })
})

describe('the policy in force', () => {
  const ORG = 'p=reject; sp=quarantine; np=none'
  test.for([
    ['a.test', { '_dmarc.a.test': dmarc(ORG), 'a.test': [['A', '192.0.2.1']] }, 'reject', 'a.test'],
    ['sub.a.test', { '_dmarc.a.test': dmarc(ORG), 'sub.a.test': [['A', '192.0.2.1']] }, 'quarantine', 'a.test'],
    ['gone.a.test', { '_dmarc.a.test': dmarc(ORG) }, 'none', 'a.test'],
    ['gone.a.test', { '_dmarc.a.test': dmarc('p=reject; sp=quarantine') }, 'quarantine', 'a.test'],
    ['gone.a.test', { '_dmarc.a.test': dmarc('p=reject') }, 'reject', 'a.test'],
    ['sub.a.test', { '_dmarc.a.test': dmarc('p=reject'), '_dmarc.sub.a.test': dmarc('p=none') }, 'none', 'sub.a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('p=reject; t=y') }, 'quarantine', 'a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('p=quarantine; t=y') }, 'none', 'a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('rua=mailto:x@a.test') }, 'none', 'a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('p=rejekt; rua=mailto:x@a.test') }, 'none', 'a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('p=rejekt') }, null, 'a.test'],
    ['a.test', { '_dmarc.a.test': dmarc('sp=none; p=reject') }, 'reject', 'a.test'],
    ['sub.a.test', { '_dmarc.test': dmarc('p=reject; psd=y'), 'sub.a.test': [['A', '192.0.2.1']] }, 'reject', 'test'],
    [
      'a.test',
      {
        '_dmarc.a.test': [
          ['TXT', 'v=DMARC1; p=none'],
          ['TXT', 'v=spf1 -all'],
        ],
      },
      'none',
      'a.test',
    ],
  ] as const satisfies readonly (readonly [string, Zone, string | null, string])[])(
    'of %s with %j is %s from %s',
    async ([domain, zone, policy, at]) => {
      const { lookup } = await lookupIn(zone)
      expect(await lookupDmarc(domain, lookup)).toMatchObject({ state: 'one', policy, at })
    },
  )

  test('two records are none, and the report says that there are two', async () => {
    const { lookup } = await lookupIn({ '_dmarc.a.test': [...dmarc('p=none'), ...dmarc('p=reject')] })
    expect(await lookupDmarc('a.test', lookup)).toMatchObject({ state: 'several', policy: null })
  })

  test.for(['V=DMARC1; p=none', 'v=dmarc1; p=none', 'v=DMARC10; p=none', 'p=none; v=DMARC1'])(
    '%s is no DMARC record',
    async text => {
      const { lookup } = await lookupIn({ '_dmarc.a.test': [['TXT', text]] })
      expect(await lookupDmarc('a.test', lookup)).toMatchObject({ state: 'none' })
    },
  )

  test('a failing server is "unknown", never "none"', async () => {
    const { lookup } = await lookupIn({ '_dmarc.a.test': [['RCODE', 2]] })
    expect(await lookupDmarc('a.test', lookup)).toMatchObject({ state: 'unknown', policy: null })
  })
})

describe('report addresses at other organizations', () => {
  const RECORD = 'p=none; rua=mailto:x@reports.test,mailto:y@mail.a.test!10m'
  test.for([
    [{}, false],
    [{ 'a.test._report._dmarc.reports.test': dmarc('') }, true],
    [{ 'a.test._report._dmarc.reports.test': [['TXT', 'something else']] }, false],
    [{ 'a.test._report._dmarc.reports.test': [['RCODE', 2]] }, null],
  ] as const satisfies readonly (readonly [Zone, boolean | null])[])('with %j: %s', async ([more, authorized]) => {
    const { lookup } = await lookupIn({ '_dmarc.a.test': dmarc(RECORD), 'a.test': [['A', '192.0.2.1']], ...more })
    const { destinations } = await lookupDmarc('a.test', lookup)
    // An address below the same organizational domain needs nobody's consent.
    expect(destinations).toEqual([{ uri: 'mailto:x@reports.test', domain: 'reports.test', authorized }])
  })
})
