import { expect, onTestFinished, test } from 'vitest'
import { applyChanges } from '../../support/apply-changes.ts'
import { look, serve, ZONE } from '../../support/look-at-domain.ts'
import { answer, playServer } from '../../support/played-server.ts'
import type { Zone } from '../../support/zone-server.ts'

test('an EHLO name that leads elsewhere or nowhere is told, and each repair ends that', async () => {
  const { server, resolver } = await serve(ZONE)
  const elsewhere = await look(resolver, { ehlo: 'mx2.perfect.test' })
  expect(elsewhere.ids).toEqual(['domain-ehlo-elsewhere'])
  const rename = elsewhere.findings[0]?.fixes.find(({ kind }) => kind === 'command')
  expect(JSON.stringify(rename)).toContain('smtp_helo_name = mx1.perfect.test')
  expect((await look(resolver, { ehlo: 'localhost' })).ids).toEqual(['domain-ehlo-not-a-name'])
  expect((await look(resolver, { ehlo: 'mx1.perfect.test' })).ids).toEqual([])
  const gone = await look(resolver, { ehlo: 'out.perfect.test' })
  expect(gone.ids).toEqual(['domain-ehlo-elsewhere'])
  server.publish(applyChanges(ZONE, gone.changes))
  const other = await look(resolver, { ehlo: 'out.perfect.test' })
  expect(other.ids).toEqual(['domain-ehlo-not-ptr'])
  const ask = other.findings.flatMap(({ fixes }) => fixes).find(({ id }) => id === 'domain-ehlo-not-ptr-ask')
  expect(ask?.kind === 'ask' ? ask.text : '').toContain('(PTR) of 192.0.2.10 to out.perfect.test')
  server.publish({ ...applyChanges(ZONE, gone.changes), '10.2.0.192.in-addr.arpa': [['PTR', 'out.perfect.test']] })
  expect((await look(resolver, { ehlo: 'out.perfect.test' })).ids).toEqual([])
})

test('the greeting at the sending address is compared with its reverse name where connecting is allowed', async () => {
  const mail = await playServer(async connection => {
    connection.say('220 host7.isp.test ESMTP')
    await answer(connection, { EHLO: ['250 mx1.perfect.test'], QUIT: ['221 bye'] })
  })
  onTestFinished(() => mail.stop())
  const zone: Zone = {
    ...ZONE,
    '1.0.0.127.in-addr.arpa': [['PTR', 'mx1.perfect.test']],
    'mx1.perfect.test': [['A', '127.0.0.1']],
    'perfect.test': [
      ['TXT', 'v=spf1 ip4:127.0.0.1 -all'],
      ['MX', [10, 'mx1.perfect.test']],
    ],
    '_25._tcp.mx1.perfect.test': [],
  }
  const { resolver } = await serve(zone)
  const { ids, findings } = await look(resolver, { address: '127.0.0.1', ports: { smtp: mail.port } })
  // The EHLO reply has the right name; the greeting alone is at fault.
  expect(ids).toContain('domain-greeting-not-ptr')
  expect(findings.filter(({ id }) => id === 'domain-greeting-not-ptr')).toMatchObject([
    { evidence: ['220 host7.isp.test', 'host7.isp.test: no address', '127.0.0.1 PTR mx1.perfect.test'] },
  ])
})
