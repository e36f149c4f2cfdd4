import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { lookupAddresses } from '#engine/dns/addresses.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { type Authority, createAuthority, createSelfSigned, type Identity } from '../../support/certificates.ts'
import {
  type EncryptedDns,
  type HttpsAnswer,
  relayOverTcp,
  startDnsOverHttps,
  startDnsOverTls,
} from '../../support/dns-over-tls.ts'
import { startZoneServer, type Zone, type ZoneServer } from '../../support/zone-server.ts'

const ZONE: Zone = {
  'a.test': [['A', '192.0.2.1']],
  'b.test': [['A', '192.0.2.2']],
  'long.test': [['TXT', 'x'.repeat(3000)]],
  'silent.test': [['TIMEOUT']],
}
const DNS_MESSAGE = 'application/dns-message'
const soon = () => new Deadline(5_000)

let authority: Authority
let identity: Identity
beforeAll(async () => {
  authority = await createAuthority()
  identity = await authority.issue({ names: ['dns.lab.test', '127.0.0.1'] })
})

async function zoneServer(): Promise<ZoneServer> {
  const server = await startZoneServer(ZONE)
  onTestFinished(() => server.close())
  return server
}

async function overTls(shown: Identity = identity): Promise<{ server: ZoneServer; front: EncryptedDns }> {
  const server = await zoneServer()
  const front = await startDnsOverTls(server.port, shown)
  onTestFinished(() => front.close())
  return { server, front }
}

async function overHttps(
  options: { readonly http1?: boolean; readonly answer?: (body: Buffer) => HttpsAnswer } = {},
): Promise<{ server: ZoneServer; front: EncryptedDns; paths: string[] }> {
  const server = await zoneServer()
  const paths: string[] = []
  const answer = async (query: Buffer, path: string) => {
    paths.push(path)
    const body = await relayOverTcp(server.port, query)
    return options.answer?.(body) ?? { status: 200, type: DNS_MESSAGE, body }
  }
  const front = await startDnsOverHttps(identity, answer, options)
  onTestFinished(() => front.close())
  return { server, front, paths }
}

function resolverAt(text: string, extraCas: readonly string[] = [authority.pem]) {
  return createResolver({ servers: [parseServer(text)], extraCas, cacheSize: 0 })
}

describe('over TLS', () => {
  test('many questions at the same time share one connection', async () => {
    const { server, front } = await overTls()
    const resolver = resolverAt(`tls://127.0.0.1:${front.port}`)
    const answers = await Promise.all(['a.test', 'b.test', 'none.test'].map(name => resolver.lookup(name, 'A', soon())))
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'found', 'nxdomain'])
    expect(await resolver.lookup('long.test', 'TXT', soon())).toMatchObject({ kind: 'found' })
    expect(front.connections()).toBe(1)
    expect(server.questions).toHaveLength(4)
    expect(resolver.label).toBe(`tls://127.0.0.1:${front.port}`)
  })

  test('the certificate may be for the name that was chosen beside the address', async () => {
    const { front } = await overTls(await authority.issue({ names: ['dns.lab.test'] }))
    const named = resolverAt(`tls://127.0.0.1:${front.port}#dns.lab.test`)
    expect(await named.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
  })

  test.for(['for another name', 'self-signed', 'of an unknown authority'] as const)(
    'a certificate %s is not accepted, and nothing is asked',
    async what => {
      const shown = what === 'self-signed' ? await createSelfSigned() : identity
      const { server, front } = await overTls(shown)
      const name = what === 'for another name' ? '#other.lab.test' : ''
      const resolver = resolverAt(
        `tls://127.0.0.1:${front.port}${name}`,
        what === 'of an unknown authority' ? [] : [authority.pem],
      )
      expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'UNTRUSTED' })
      expect(await lookupAddresses('a.test', null, resolver, soon())).toMatchObject({ code: 'UNTRUSTED' })
      expect(server.questions).toEqual([])
    },
  )

  test('a connection that the server has closed meanwhile is opened again', async () => {
    const { front } = await overTls()
    const resolver = resolverAt(`tls://127.0.0.1:${front.port}`)
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
    front.drop()
    expect(await resolver.lookup('b.test', 'A', soon())).toMatchObject({ kind: 'found' })
    expect(front.connections()).toBe(2)
  })

  test('a server that closes without a word is no answer', async () => {
    const { front } = await overTls()
    const resolver = resolverAt(`tls://127.0.0.1:${front.port}`)
    const asking = resolver.lookup('silent.test', 'A', soon())
    const dropping = setInterval(() => front.drop(), 20)
    onTestFinished(() => clearInterval(dropping))
    expect(await asking).toMatchObject({ kind: 'failed' })
  })

  test('where nobody listens, the server is unreachable', async () => {
    const gone = await startDnsOverTls(1, identity)
    await gone.close()
    const resolver = resolverAt(`tls://127.0.0.1:${gone.port}`)
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'UNREACHABLE' })
  })

  test('a silent server ends with the deadline', async () => {
    const { front } = await overTls()
    const resolver = resolverAt(`tls://127.0.0.1:${front.port}`)
    expect(await resolver.lookup('silent.test', 'A', new Deadline(200))).toMatchObject({ code: 'TIMEOUT' })
  })
})

describe.for([{ http1: false }, { http1: true }])('over HTTPS, %j', ({ http1 }) => {
  test('a question is posted to the path of the URL', async () => {
    const { front, paths, server } = await overHttps({ http1 })
    const resolver = resolverAt(`https://127.0.0.1:${front.port}/dns-query`)
    const answers = await Promise.all(['a.test', 'b.test', 'none.test'].map(name => resolver.lookup(name, 'A', soon())))
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'found', 'nxdomain'])
    expect(await resolver.lookup('long.test', 'TXT', soon())).toMatchObject({ kind: 'found' })
    expect(new Set(paths)).toEqual(new Set(['POST /dns-query']))
    expect(server.questions).toHaveLength(4)
    if (!http1) expect(front.connections()).toBe(1)
  })

  test('another status, another media type, too long a body and another answer are no answers', async () => {
    const bad: readonly ((body: Buffer) => HttpsAnswer)[] = [
      body => ({ status: 404, type: DNS_MESSAGE, body }),
      body => ({ status: 200, type: 'text/html', body }),
      () => ({ status: 200, type: DNS_MESSAGE, body: Buffer.alloc(70_000) }),
      () => ({ status: 200, type: DNS_MESSAGE, body: Buffer.alloc(0) }),
      body => ({ status: 200, type: DNS_MESSAGE, body: Buffer.concat([Buffer.from([9, 9]), body.subarray(2)]) }),
      body => ({ status: 200, type: DNS_MESSAGE, body: body.subarray(0, body.length - 1) }),
    ]
    for (const answer of bad) {
      const { front } = await overHttps({ http1, answer })
      const resolver = resolverAt(`https://127.0.0.1:${front.port}/dns-query`)
      expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed' })
    }
  })

  test('a silent server ends with the deadline', async () => {
    const { front } = await overHttps({ http1 })
    const resolver = resolverAt(`https://127.0.0.1:${front.port}/dns-query`)
    expect(await resolver.lookup('silent.test', 'A', new Deadline(200))).toMatchObject({ code: 'TIMEOUT' })
  })

  test('a connection that the server has closed meanwhile is opened again', async () => {
    const { front } = await overHttps({ http1 })
    const resolver = resolverAt(`https://127.0.0.1:${front.port}/dns-query`)
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'found' })
    front.drop()
    expect(await resolver.lookup('b.test', 'A', soon())).toMatchObject({ kind: 'found' })
  })

  test('a certificate of an unknown authority is not accepted', async () => {
    const { front, paths } = await overHttps({ http1 })
    const resolver = resolverAt(`https://127.0.0.1:${front.port}/dns-query`, [])
    expect(await resolver.lookup('a.test', 'A', soon())).toMatchObject({ kind: 'failed', code: 'UNTRUSTED' })
    expect(paths).toEqual([])
  })
})
