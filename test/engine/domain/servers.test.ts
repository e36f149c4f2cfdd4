import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { applyChanges } from '../../support/apply-changes.ts'
import { createAuthority } from '../../support/certificates.ts'
import { PERFECT_POLICY } from '../../support/domains.ts'
import { look, serve, ZONE } from '../../support/look-at-domain.ts'
import { answer, playServer } from '../../support/played-server.ts'
import { startPolicyServer } from '../../support/policy-server.ts'
import type { Zone } from '../../support/zone-server.ts'

test('the perfect domain has no finding, and every part arrives once', async () => {
  const policy = await startPolicyServer(['mta-sts.perfect.test'], PERFECT_POLICY)
  onTestFinished(() => policy.close())
  const { resolver, server } = await serve(ZONE)
  const { ids, changes, parts } = await look(resolver, {
    ports: { https: policy.port, ca: policy.ca, dns: server.port },
  })
  expect(ids).toEqual([])
  expect(changes).toEqual([])
  const kinds = ['bimi', 'caa', 'dane', 'delegation', 'dkim', 'dmarc', 'mtaSts', 'mx', 'ptr', 'spf', 'tlsRpt']
  expect(parts.map(({ kind }) => kind).sort()).toEqual(kinds)
})

test('a lame name server is named, and taking it away ends that', async () => {
  const zone: Zone = {
    ...ZONE,
    'perfect.test': [...(ZONE['perfect.test'] ?? []), ['NS', 'lame.perfect.test']],
    'lame.perfect.test': [['A', '127.0.0.2']],
  }
  const { server, resolver } = await serve(zone)
  const lame = await lameServer(server.port)
  onTestFinished(lame)
  const before = await look(resolver, { ports: { dns: server.port } })
  expect(before.ids).toContain('domain-dns-lame')
  server.publish(applyChanges(zone, before.changes))
  expect((await look(resolver, { ports: { dns: server.port } })).ids).not.toContain('domain-dns-lame')
})

test('name servers with two versions of the zone are told with their serial numbers', async () => {
  const zone: Zone = {
    ...ZONE,
    'perfect.test': [...(ZONE['perfect.test'] ?? []), ['NS', 'ns2.perfect.test']],
    'ns2.perfect.test': [['A', '127.0.0.1']],
  }
  let serial = 7
  const { server, resolver } = await serve(zone, { tamper: reply => withSerial(reply, () => serial++) })
  const { findings } = await look(resolver, { ports: { dns: server.port } })
  expect(findings.find(({ id }) => id === 'domain-dns-disagree')?.evidence).toHaveLength(2)
  const same = await serve(zone)
  expect((await look(same.resolver, { ports: { dns: same.server.port } })).ids).not.toContain('domain-dns-disagree')
})

test('CAA records that let nobody make a certificate are told, and one that names an authority ends that', async () => {
  const records = (ZONE['perfect.test'] ?? []).filter(([type]) => type !== 'CAA')
  const { server, resolver } = await serve({ ...ZONE, 'perfect.test': [...records, ['CAA', [0, 'issue', ';']]] })
  expect((await look(resolver)).ids).toEqual(['domain-caa-nobody'])
  server.publish(ZONE)
  expect((await look(resolver)).ids).toEqual([])
})

test('an answer that is cut short, without TCP to have the rest, is told; with TCP there is nothing to tell', async () => {
  const long: Zone = {
    ...ZONE,
    'perfect.test': [...(ZONE['perfect.test'] ?? []), ['TXT', 'x'.repeat(1_500)]],
  }
  const { resolver } = await serve(long, {
    tamper: (reply, transport) => (transport === 'tcp' ? Buffer.alloc(3) : reply),
  })
  const before = await look(resolver)
  expect(before.ids).toContain('domain-dns-truncated')
  expect(before.ids).not.toContain('domain-spf-missing')
  const repaired = await serve(long)
  expect((await look(repaired.resolver)).ids).not.toContain('domain-dns-truncated')
})

test('a server that fails for some names is told with the names', async () => {
  const { server, resolver } = await serve({ ...ZONE, '_dmarc.perfect.test': [['RCODE', 2]] })
  const { findings } = await look(resolver)
  const failing = findings.find(({ id }) => id === 'domain-dns-failing')
  expect(failing?.evidence[0]).toContain('_dmarc.perfect.test TXT: SERVFAIL')
  server.publish(ZONE)
  expect((await look(resolver)).ids).not.toContain('domain-dns-failing')
})

test('a resolver that makes addresses up is told, and an honest one ends that', async () => {
  const liar = await serve(ZONE, {
    tamper: reply => (/invalid/i.test(reply.toString('latin1')) ? madeUp(reply) : reply),
  })
  expect((await look(liar.resolver)).ids).toContain('domain-resolver-invents')
  const honest = await serve(ZONE)
  expect((await look(honest.resolver)).ids).not.toContain('domain-resolver-invents')
})

test('a certificate that is not the one in the TLSA record is told, and the record that fits ends that', async () => {
  const authority = await createAuthority()
  const identity = await authority.issue({ names: ['mx1.perfect.test'] })
  const mail = await playServer(async connection => {
    connection.say('220 mx1.perfect.test ESMTP')
    await answer(connection, { EHLO: ['250-mx1.perfect.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(identity)
    await answer(connection, { EHLO: ['250 mx1.perfect.test'], QUIT: ['221 bye'] })
  })
  onTestFinished(() => mail.stop())
  const zone: Zone = { ...ZONE, 'mx1.perfect.test': [['A', '127.0.0.1']] }
  const { server, resolver } = await serve(zone)
  const before = await look(resolver, { ports: { smtp: mail.port } })
  expect(before.ids).toContain('domain-dane-mismatch')
  const changes = before.findings
    .filter(({ id }) => id === 'domain-dane-mismatch')
    .flatMap(({ fixes }) => fixes)
    .flatMap(fix => (fix.kind === 'dns' ? fix.changes : []))
  server.publish(applyChanges(zone, changes))
  const after = await look(resolver, { ports: { smtp: mail.port } })
  expect(after.ids).not.toContain('domain-dane-mismatch')
  expect(after.parts.find(({ kind }) => kind === 'dane')?.value).toMatchObject([{ certificate: 'matches' }])
})

test('an MTA-STS policy on trial or without a host is told, and the file that is offered ends that', async () => {
  const policy = await startPolicyServer(
    ['mta-sts.perfect.test'],
    'version: STSv1\nmode: testing\nmx: mx1.perfect.test\nmax_age: 86400\n',
  )
  onTestFinished(() => policy.close())
  const { resolver } = await serve(ZONE)
  const ports = { https: policy.port, ca: policy.ca }
  const before = await look(resolver, { ports })
  expect(before.ids).toEqual(expect.arrayContaining(['domain-mta-sts-uncovered', 'domain-mta-sts-testing']))
  const enforce = before.findings.flatMap(({ fixes }) => fixes).find(({ id }) => id === 'domain-mta-sts-enforce')
  policy.publish(enforce?.kind === 'ask' ? (enforce.text.split('\n\n')[0] ?? '') : '')
  expect((await look(resolver, { ports })).ids).toEqual([])
})

test('an MTA-STS record or file that cannot be read is told, and what is offered ends that', async () => {
  const policy = await startPolicyServer(['mta-sts.perfect.test'], 'nothing to read')
  onTestFinished(() => policy.close())
  const zone: Zone = { ...ZONE, '_mta-sts.perfect.test': [['TXT', 'v=STSv1; id=2026-11-01']] }
  const { server, resolver } = await serve(zone)
  const ports = { https: policy.port, ca: policy.ca }
  const record = await look(resolver, { ports })
  expect(record.findings).toMatchObject([
    { id: 'domain-mta-sts-broken', evidence: [expect.stringContaining('2026-11')] },
  ])
  server.publish(applyChanges(zone, record.changes))
  const file = await look(resolver, { ports })
  expect(file.ids).toEqual(['domain-mta-sts-broken'])
  const [publish] = file.findings.flatMap(({ fixes }) => fixes)
  policy.publish(publish?.kind === 'ask' ? (publish.text.split('\n\n')[0] ?? '') : '')
  expect((await look(resolver, { ports })).ids).toEqual(['domain-mta-sts-testing'])
})

test("the provider's include is added without breaking the record, and that ends the finding", async () => {
  const zone: Zone = { ...ZONE, 'spf.protection.outlook.com': [['TXT', 'v=spf1 ip4:203.0.113.0/24 -all']] }
  const { server, resolver } = await serve(zone)
  const before = await look(resolver, { include: true })
  expect(before.ids).toContain('domain-spf-lacks-provider')
  expect(before.changes.map(({ value }) => value)).toContain(
    'v=spf1 mx include:_spf.provider.test include:spf.protection.outlook.com -all',
  )
  server.publish(applyChanges(zone, before.changes))
  expect((await look(resolver, { include: true })).ids).not.toContain('domain-spf-lacks-provider')
})

test("a missing record begins with what is known: the address, the provider's include, the mail hosts", async () => {
  const records = (ZONE['perfect.test'] ?? []).filter(
    record => record[0] !== 'TXT' || String(record[1]).startsWith('site'),
  )
  const zone: Zone = {
    ...ZONE,
    'perfect.test': records,
    'spf.protection.outlook.com': [['TXT', 'v=spf1 ip4:203.0.113.0/24 -all']],
  }
  const { server, resolver } = await serve(zone)
  const before = await look(resolver, { include: true })
  const value = 'v=spf1 ip4:192.0.2.10 include:spf.protection.outlook.com mx ~all'
  expect(before.changes).toMatchObject([{ action: 'add', name: 'perfect.test', type: 'TXT', value }])
  server.publish(applyChanges(zone, before.changes))
  expect((await look(resolver, { include: true })).ids).toEqual([])
})

/** A name server at this port of another loopback address, which refuses whatever it is asked. */
async function lameServer(port: number): Promise<() => Promise<void>> {
  const udp = createSocket('udp4')
  udp.on('message', (query, from) => {
    const reply = Buffer.from(query)
    // QR, and RCODE 5: refused.
    reply.writeUInt16BE(0x8005, 2)
    // Without the OPT record of the question.
    reply.writeUInt16BE(0, 10)
    udp.send(reply.subarray(0, questionEnd(reply)), from.port, from.address)
  })
  udp.bind(port, '127.0.0.2')
  const tcp = createServer(socket => socket.destroy()).listen(port, '127.0.0.2')
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')])
  return async () => {
    udp.close()
    tcp.close()
    await Promise.all([once(udp, 'close'), once(tcp, 'close')])
  }
}

/** The serial number stands in front of the times, which are the same in every SOA record of the zone helper. */
function withSerial(reply: Buffer, next: () => number): Buffer {
  const times = reply.indexOf(Buffer.from('00000e1000000258', 'hex'))
  if (times < 0) return reply
  const changed = Buffer.from(reply)
  changed.writeUInt32BE(next(), times - 4)
  return changed
}

/** The reply with an address that nobody published. */
function madeUp(reply: Buffer): Buffer {
  const header = Buffer.from(reply.subarray(0, questionEnd(reply)))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 6)
  header.writeUInt16BE(0, 8)
  header.writeUInt16BE(0, 10)
  return Buffer.concat([header, Buffer.from('c00c000100010000000500047f000001', 'hex')])
}

function questionEnd(message: Buffer): number {
  let at = 12
  while ((message[at] ?? 0) !== 0) at += (message[at] ?? 0) + 1
  return at + 5
}
