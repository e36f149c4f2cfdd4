import { Resolver } from 'node:dns/promises'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { portFor } from './talk.ts'
import { temporaryHome } from './temporary-home.ts'

let practice: Practice
let resolver: Resolver

beforeAll(async () => {
  practice = createPractice({ home: await temporaryHome() })
  const { dns } = await practice.start()
  resolver = new Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${dns?.port}`])
})
afterAll(() => practice.close())
beforeEach(() => practice.setFaults([]))

test('dane-mismatch announces another key than the one that is shown, as signed', async () => {
  await practice.setFaults(['dane-mismatch'])
  const name = `_${portFor(practice.status(), 'tls')}._tcp.mail.practice.test`
  const [record] = await resolver.resolveTlsa(name)
  expect(record).toMatchObject({ certUsage: 3, selector: 1, match: 1 })
  expect(Buffer.from(record?.data ?? new ArrayBuffer()).toString('hex')).toBe('00'.repeat(32))
})

describe('the zone', () => {
  test('has what a mail domain needs', async () => {
    const status = practice.status()
    expect(await resolver.resolveMx('practice.test')).toMatchObject([{ priority: 10, exchange: 'mail.practice.test' }])
    expect(await resolver.resolve4('MAIL.practice.test')).toEqual(['127.0.0.1'])
    expect(await resolver.resolveTxt('practice.test')).toEqual([['v=spf1 ip4:127.0.0.1 mx -all']])
    expect(await resolver.resolveTxt('_dmarc.practice.test')).toEqual([
      ['v=DMARC1; p=reject; rua=mailto:dmarc@practice.test'],
    ])
    expect(await resolver.resolvePtr('1.0.0.127.in-addr.arpa')).toEqual(['mail.practice.test'])
    expect(await resolver.resolveSrv('_submissions._tcp.practice.test')).toMatchObject([
      { priority: 0, weight: 1, port: portFor(status, 'tls'), name: 'mail.practice.test' },
    ])
  })

  test('tells a name that does not exist from one without such a record, and refuses other domains', async () => {
    await expect(resolver.resolve4('nothing.practice.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(resolver.resolve6('mail.practice.test')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolve4('_tcp.practice.test')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolve4('example.org')).rejects.toMatchObject({ code: 'EREFUSED' })
  })

  test('answers over TCP too, and survives nonsense on both', async () => {
    const port = practice.status().dns?.port ?? 0
    const udp = createSocket('udp4')
    await new Promise<void>(resolve => udp.send(Buffer.alloc(5, 0xff), port, '127.0.0.1', () => resolve()))
    udp.close()
    const query = Buffer.from('000c1234010000010000000000000000', 'hex')
    const question = Buffer.from('\u0004mail\u0008practice\u0004test\u0000\u0000\u0001\u0000\u0001', 'latin1')
    const framed = Buffer.concat([Buffer.from([0, 12 + question.length]), query.subarray(2, 14), question])
    const answer = await new Promise<Buffer>(resolve => {
      const socket = connect(port, '127.0.0.1', () => socket.write(framed))
      socket.once('data', data => {
        resolve(data)
        socket.destroy()
      })
    })
    expect(answer.readUInt16BE(2)).toBe(0x1234)
    expect([...answer.subarray(-4)]).toEqual([127, 0, 0, 1])
    expect(await resolver.resolve4('mail.practice.test')).toEqual(['127.0.0.1'])
  })
})

describe('faults of the zone', () => {
  test.each([
    ['no-spf', () => resolver.resolveTxt('practice.test'), 'ENODATA'],
    ['no-dmarc', () => resolver.resolveTxt('_dmarc.practice.test'), 'ENOTFOUND'],
    ['no-ptr', () => resolver.resolvePtr('1.0.0.127.in-addr.arpa'), 'ENOTFOUND'],
    ['host-not-found', () => resolver.resolve4('mail.practice.test'), 'ENOTFOUND'],
    ['dns-servfail', () => resolver.resolve4('mail.practice.test'), 'ESERVFAIL'],
    ['dns-silent', () => resolver.resolve4('mail.practice.test'), 'ETIMEOUT'],
  ] as const)('%s', async (id, ask, code) => {
    await practice.setFaults([id])
    await expect(ask()).rejects.toMatchObject({ code })
  })

  test('two-spf and two-dmarc have two records', async () => {
    await practice.setFaults(['two-spf', 'two-dmarc'])
    expect(await resolver.resolveTxt('practice.test')).toHaveLength(2)
    expect(await resolver.resolveTxt('_dmarc.practice.test')).toHaveLength(2)
  })

  test('spf-lookups is one record of eleven terms that have to be looked up', async () => {
    await practice.setFaults(['spf-lookups'])
    const [record = []] = await resolver.resolveTxt('practice.test')
    expect(record.join('').match(/ a:/g)).toHaveLength(11)
  })

  test('ptr-mismatch names a host that has another address, namely none', async () => {
    await practice.setFaults(['ptr-mismatch'])
    expect(await resolver.resolvePtr('1.0.0.127.in-addr.arpa')).toEqual(['elsewhere.practice.test'])
    await expect(resolver.resolve4('elsewhere.practice.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  test('unreachable-family adds an IPv6 address of the documentation prefix', async () => {
    await practice.setFaults(['unreachable-family'])
    expect(await resolver.resolve6('mail.practice.test')).toEqual(['2001:db8::25'])
    expect(await resolver.resolve4('mail.practice.test')).toEqual(['127.0.0.1'])
  })
})
