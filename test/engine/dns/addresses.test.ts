import { expect, test } from 'vitest'
import { lookupAddresses } from '#engine/dns/addresses.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'

const ZONE = {
  'both.test': [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
  ],
  'alias.test': [['CNAME', 'both.test']],
  'text.test': [['TXT', 'x']],
  'half.test': [['A', '192.0.2.5']],
  'broken.test': [['RCODE', 2]],
} as const
const soon = () => new Deadline(5_000)

test('both families are found, with the canonical name', async () => {
  const { resolver, server } = await withZone(ZONE)
  expect(await lookupAddresses('alias.test', null, resolver, soon())).toEqual({
    kind: 'resolved',
    host: 'alias.test',
    resolver: `127.0.0.1:${server.port}`,
    addresses: [
      { address: '2001:db8::1', family: 6 },
      { address: '192.0.2.1', family: 4 },
    ],
    canonicalName: 'both.test',
  })
})

test('one family alone is asked for when that was wanted', async () => {
  const { resolver, server } = await withZone(ZONE)
  const seen = await lookupAddresses('both.test', 4, resolver, soon())
  expect(seen).toMatchObject({ kind: 'resolved', addresses: [{ address: '192.0.2.1', family: 4 }] })
  expect(server.questions).toEqual(['A both.test udp'])
})

test.for([
  ['nonesuch.test', { kind: 'not-found', code: 'NXDOMAIN' }],
  ['text.test', { kind: 'not-found', code: 'NODATA' }],
  ['broken.test', { kind: 'resolver-failed', code: 'SERVFAIL' }],
  ['half.test', { kind: 'resolved' }],
  ['192.0.2.9', { kind: 'literal', address: { address: '192.0.2.9', family: 4 } }],
  ['a..b', { kind: 'not-found' }],
] as const)('%s: %j', async ([host, seen]) => {
  const { resolver } = await withZone(ZONE)
  expect(await lookupAddresses(host, null, resolver, soon())).toMatchObject(seen)
})

test("the system's own way knows the hosts file", async () => {
  const seen = await lookupAddresses('localhost', 4, 'system', soon())
  expect(seen).toMatchObject({ kind: 'resolved', resolver: 'system', addresses: [{ address: '127.0.0.1', family: 4 }] })
})

test('a stopped question to the system is not waited for', async () => {
  const seen = await lookupAddresses('localhost', null, 'system', new Deadline(5_000, AbortSignal.abort()))
  expect(seen).toMatchObject({ kind: 'resolver-failed', code: 'TIMEOUT' })
})
