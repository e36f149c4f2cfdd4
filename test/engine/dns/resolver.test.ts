import { describe, expect, onTestFinished, test } from 'vitest'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createResolver } from '#engine/dns/resolver.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'
import { startZoneServer, type Zone } from '../../support/zone-server.ts'

const ZONE: Zone = {
  'a.test': [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['MX', [10, 'mail.a.test']],
    ['TXT', ['one ', 'two']],
    ['CAA', [0, 'issue', 'ca.test']],
  ],
  '_submissions._tcp.a.test': [['SRV', [0, 1, 465, 'mail.a.test']]],
  '_25._tcp.a.test': [['TLSA', [3, 1, 1, 'ab'.repeat(32)]]],
  'alias.test': [['CNAME', 'second.test']],
  'second.test': [['CNAME', 'a.test']],
  'loop.test': [['CNAME', 'pool.test']],
  'pool.test': [['CNAME', 'loop.test']],
  'below.deep.test': [['A', '192.0.2.2']],
  'broken.test': [['RCODE', 2]],
  'closed.test': [['RCODE', 5]],
  'long.test': [['TXT', 'x'.repeat(3000)]],
  'xn--bcher-kva.test': [['A', '192.0.2.3']],
}
const soon = () => new Deadline(5_000)

describe('what there is', () => {
  test('every record type keeps what it holds', async () => {
    const { resolver } = await withZone(ZONE)
    const dataOf = async (name: string, type: 'A' | 'AAAA' | 'MX' | 'TXT' | 'CAA' | 'SRV' | 'TLSA') => {
      const answer = await resolver.lookup(name, type, soon())
      return answer.kind === 'found' ? answer.records.map(({ data }) => data) : answer
    }
    expect(await dataOf('a.test', 'A')).toEqual([{ address: '192.0.2.1' }])
    expect(await dataOf('a.test', 'AAAA')).toEqual([{ address: '2001:db8::1' }])
    expect(await dataOf('a.test', 'MX')).toEqual([{ preference: 10, exchange: 'mail.a.test' }])
    expect(await dataOf('a.test', 'TXT')).toEqual([{ strings: ['one ', 'two'] }])
    expect(await dataOf('a.test', 'CAA')).toEqual([{ flags: 0, tag: 'issue', value: 'ca.test' }])
    expect(await dataOf('_submissions._tcp.a.test', 'SRV')).toEqual([
      { priority: 0, weight: 1, port: 465, target: 'mail.a.test' },
    ])
    expect(await dataOf('_25._tcp.a.test', 'TLSA')).toEqual([
      { usage: 3, selector: 1, matchingType: 1, data: 'ab'.repeat(32) },
    ])
  })

  test('the chain of CNAMEs is kept, with the smallest TTL', async () => {
    const { resolver } = await withZone(ZONE)
    const answer = await resolver.lookup('alias.test', 'A', soon())
    expect(answer).toMatchObject({ kind: 'found', chain: ['second.test', 'a.test'], ttlSeconds: 300 })
  })

  test('the AD bit is kept as evidence', async () => {
    const signed = await withZone(ZONE, { authenticated: true })
    expect(await signed.resolver.lookup('a.test', 'A', soon())).toMatchObject({ authenticated: true })
    const plain = await withZone(ZONE)
    expect(await plain.resolver.lookup('a.test', 'A', soon())).toMatchObject({ authenticated: false })
  })

  test('an answer that does not fit a datagram is fetched over TCP', async () => {
    const { resolver, server } = await withZone(ZONE)
    const answer = await resolver.lookup('long.test', 'TXT', soon())
    expect(answer.kind === 'found' && answer.records[0]?.data.strings.join('')).toBe('x'.repeat(3000))
    expect(server.questions).toEqual(['TXT long.test udp', 'TXT long.test tcp'])
  })

  test('TCP alone is used when that was chosen', async () => {
    const { resolver, server } = await withZone(ZONE, { transport: 'tcp' })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
    expect(server.questions).toEqual(['A a.test tcp'])
  })

  test.for(['udp', 'tcp'] as const)('a server on ::1 is asked over %s', async transport => {
    const { resolver } = await withZone(ZONE, { host: '::1', transport })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
  })

  test('a Unicode name is asked for as its A-labels', async () => {
    const { resolver, server } = await withZone(ZONE)
    expect(await resolver.lookup('Bücher.test', 'A', soon())).toMatchObject({ kind: 'found' })
    expect(server.questions).toEqual(['A xn--bcher-kva.test udp'])
  })
})

describe('what there is not', () => {
  test.for([
    ['nonesuch.test', 'nxdomain', undefined],
    ['deep.test', 'nodata', undefined],
    ['_submissions._tcp.a.test', 'nodata', undefined],
    ['broken.test', 'failed', 'SERVFAIL'],
    ['closed.test', 'failed', 'REFUSED'],
    ['loop.test', 'failed', 'CNAME-LOOP'],
    ['a..test', 'failed', 'BAD-NAME'],
    [`${'x'.repeat(64)}.test`, 'failed', 'BAD-NAME'],
    [`${'x.'.repeat(130)}test`, 'failed', 'BAD-NAME'],
  ] as const)('%s is %s %s', async ([name, kind, code]) => {
    const { resolver } = await withZone(ZONE)
    expect(await resolver.lookup(name, 'A', soon())).toMatchObject(code === undefined ? { kind } : { kind, code })
  })

  test('a port where nobody listens is unreachable at once', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const { port } = socket.address()
    socket.close()
    const resolver = createResolver({ servers: [{ host: '127.0.0.1', port }] })
    const startedAt = performance.now()
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'UNREACHABLE' })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  test('running out of time and being stopped are different answers', async () => {
    const { resolver } = await withZone({ 'a.test': [['TIMEOUT']] })
    expect(await resolver.lookup('a.test', 'A', new Deadline(50))).toMatchObject({ code: 'TIMEOUT' })
    const stop = new AbortController()
    const asking = resolver.lookup('a.test', 'A', new Deadline(5_000, stop.signal))
    stop.abort()
    expect(await asking).toMatchObject({ code: 'STOPPED' })
  })
})

describe('lying servers', () => {
  const flipped = (at: number, mask: number) => (reply: Buffer) => {
    const other = Buffer.from(reply)
    other.writeUInt8(other.readUInt8(at) ^ mask, at)
    return other
  }

  test('a reply with another id is ignored', async () => {
    const { resolver } = await withZone(ZONE, { tamper: flipped(0, 0xff) })
    expect(await resolver.lookup('a.test', 'A', new Deadline(100))).toMatchObject({ code: 'TIMEOUT' })
  })

  test('a reply to another question is ignored', async () => {
    // Octet 13 is the first letter of the name in the question.
    const { resolver } = await withZone(ZONE, { tamper: flipped(13, 0x01) })
    expect(await resolver.lookup('a.test', 'A', new Deadline(100))).toMatchObject({ code: 'TIMEOUT' })
  })

  test('a reply that ends in the middle is malformed, not empty', async () => {
    const { resolver } = await withZone(ZONE, { tamper: reply => reply.subarray(0, reply.length - 2) })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'MALFORMED' })
  })

  test('a compression pointer that leads to itself is malformed and ends', async () => {
    const tamper = (reply: Buffer) => {
      const other = Buffer.from(reply)
      const answerAt = 12 + 'a.test'.length + 2 + 4
      other.writeUInt16BE(0xc000 | answerAt, answerAt)
      return other
    }
    const { resolver } = await withZone(ZONE, { tamper })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'MALFORMED' })
  })
})

describe('capitals by chance', () => {
  const LONG = 'a-name-with-so-many-letters-that-some-become-capitals.test'
  const zone: Zone = { [LONG]: [['MX', [10, `mail.${LONG}`]]], 'b.test': [['A', '192.0.2.1']] }
  const nameIn = (message: Buffer) => message.toString('latin1', 13, 13 + 50)

  test('are asked with, and do not show in what is found', async () => {
    const seen: string[] = []
    const tamper = (reply: Buffer) => {
      seen.push(nameIn(reply))
      return reply
    }
    const { resolver } = await withZone(zone, { tamper, cacheSize: 0 })
    const answer = await resolver.lookup(LONG, 'MX', soon())
    expect(answer.kind === 'found' && answer.records[0]).toMatchObject({
      name: LONG,
      data: { exchange: `mail.${LONG}` },
    })
    await resolver.lookup(LONG, 'MX', soon())
    expect(seen[0]).not.toBe(LONG.slice(0, 50))
    expect(seen[0]?.toLowerCase()).toBe(LONG.slice(0, 50))
    expect(seen[1]).not.toBe(seen[0])
  })

  test('a server that loses them is asked once more, and plainly from then on', async () => {
    const tamper = (reply: Buffer) => {
      const other = Buffer.from(reply)
      other.write(nameIn(reply).toLowerCase(), 13, 'latin1')
      return other
    }
    const { resolver, server } = await withZone(zone, { tamper, cacheSize: 0 })
    for (let i = 0; i < 3; i++) expect(await resolver.lookup(LONG, 'MX', soon())).toMatchObject({ kind: 'found' })
    expect(server.questions).toHaveLength(4)
  })

  test('a forged reply that guessed all but the capitals is not taken', async () => {
    let forged = false
    const tamper = (reply: Buffer) => {
      if (forged) return reply
      forged = true
      const other = Buffer.from(reply)
      other.write(nameIn(reply).toUpperCase(), 13, 'latin1')
      // Response code 3: no such name.
      other.writeUInt8(other.readUInt8(3) | 3, 3)
      return other
    }
    const { resolver } = await withZone(zone, { tamper })
    expect(await resolver.lookup(LONG, 'MX', soon())).toMatchObject({ kind: 'found' })
  })
})

describe('several servers', () => {
  test('one that fails is left for the next', async () => {
    const good = await startZoneServer(ZONE)
    const bad = await startZoneServer({ 'a.test': [['RCODE', 2]] })
    onTestFinished(async () => void (await Promise.all([good.close(), bad.close()])))
    const resolver = createResolver({ servers: [bad, good] })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({
      kind: 'found',
      server: `127.0.0.1:${good.port}`,
    })
    expect(bad.questions).toEqual(['A a.test udp'])
  })

  test('one that is silent is not waited for long', async () => {
    const good = await startZoneServer(ZONE)
    const silent = await startZoneServer({ 'a.test': [['TIMEOUT']] })
    onTestFinished(async () => void (await Promise.all([good.close(), silent.close()])))
    const resolver = createResolver({ servers: [silent, good] })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
  })

  test('a lost datagram is asked again', async () => {
    let seen = 0
    const { resolver } = await withZone(ZONE, { tamper: reply => (seen++ === 0 ? null : reply) })
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
  })
})

describe('the cache', () => {
  test('equal questions at the same time go out once, and later ones not at all', async () => {
    const { resolver, server } = await withZone(ZONE)
    await Promise.all([1, 2, 3].map(() => resolver.lookup('a.test', 'A', soon())))
    await resolver.lookup('A.TEST.', 'A', soon())
    expect(server.questions).toEqual(['A a.test udp'])
  })

  test('"no such name" is remembered, a failure is not', async () => {
    const { resolver, server } = await withZone(ZONE)
    for (const name of ['nonesuch.test', 'nonesuch.test', 'broken.test', 'broken.test']) {
      await resolver.lookup(name, 'A', soon())
    }
    expect(server.questions).toEqual(['A nonesuch.test udp', 'A broken.test udp', 'A broken.test udp'])
  })

  test('it stays within its size', async () => {
    const { resolver, server } = await withZone(ZONE, { cacheSize: 1 })
    for (const name of ['a.test', 'alias.test', 'a.test']) await resolver.lookup(name, 'A', soon())
    expect(server.questions).toHaveLength(3)
  })

  test('a question is not cut short because somebody else who asked the same was stopped', async () => {
    let release = () => {}
    const held: (() => void)[] = []
    const server = await startZoneServer(ZONE, {
      tamper: reply => (held.length === 0 ? (held.push(release), null) : reply),
    })
    onTestFinished(() => server.close())
    const resolver = createResolver({ servers: [server] })
    const stop = new AbortController()
    release = () => stop.abort()
    const first = resolver.lookup('a.test', 'A', new Deadline(5_000, stop.signal))
    const second = resolver.lookup('a.test', 'A', soon())
    stop.abort()
    expect(await first).toMatchObject({ code: 'STOPPED' })
    expect(await second).toMatchObject({ kind: 'found' })
  })
})
