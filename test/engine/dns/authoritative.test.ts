import { expect, onTestFinished, test } from 'vitest'
import { lookupAuthoritative } from '#engine/dns/authoritative.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'
import { startZoneServer, type Zone } from '../../support/zone-server.ts'

const SERVED: Zone = {
  'a.test': [
    ['NS', 'ns.a.test'],
    ['TXT', 'old'],
  ],
  'ns.a.test': [['A', '127.0.0.1']],
  'b.test': [['NS', 'nowhere.test']],
  'x.b.test': [['TXT', 'from the resolver']],
}
const soon = () => new Deadline(5_000)

async function authority(zone: Zone) {
  const server = await startZoneServer(zone)
  onTestFinished(() => server.close())
  return server
}

test('what is published already is seen past the resolver', async () => {
  const { resolver } = await withZone(SERVED)
  const { port } = await authority({ 'a.test': [['TXT', 'new']] })
  expect(await resolver.lookup('a.test', 'TXT', soon())).toMatchObject({ records: [{ data: { strings: ['old'] } }] })
  expect(await lookupAuthoritative('a.test', 'TXT', resolver, soon(), port)).toMatchObject({
    records: [{ data: { strings: ['new'] } }],
    server: `127.0.0.1:${port}`,
  })
})

test('where the name servers have no address, the resolver answers', async () => {
  const { resolver } = await withZone(SERVED)
  expect(await lookupAuthoritative('x.b.test', 'TXT', resolver, soon())).toMatchObject({
    records: [{ data: { strings: ['from the resolver'] } }],
  })
})

test('what the name servers refuse, the resolver is asked for', async () => {
  const { resolver } = await withZone(SERVED)
  const { port } = await authority({ 'a.test': [['RCODE', 5]] })
  expect(await lookupAuthoritative('a.test', 'TXT', resolver, soon(), port)).toMatchObject({
    records: [{ data: { strings: ['old'] } }],
  })
})
