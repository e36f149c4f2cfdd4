import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lookupWith } from '#engine/dns/lookup.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { mxMatches, parseMtaStsPolicy } from '#engine/policy/mta-sts-policy.ts'
import { lookupMtaSts } from '#engine/policy/mta-sts.ts'
import { createAuthority } from '../../support/certificates.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const POLICY = 'version: STSv1\r\nmode: enforce\r\nmx: mx.a.test\r\nmx: *.mail.a.test\r\nmax_age: 604800\r\n'
const ZONE: Zone = {
  '_mta-sts.a.test': [['TXT', 'v=STSv1; id=20261101;']],
  'mta-sts.a.test': [['A', '127.0.0.1']],
}

async function check(listener: RequestListener, mxHosts: readonly string[], names = ['mta-sts.a.test'], zone = ZONE) {
  const authority = await createAuthority()
  const web = createServer(await authority.issue({ names }), listener)
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  onTestFinished(() => {
    web.closeAllConnections()
    web.close()
  })
  // A server that listens on TCP has an address with a port.
  const { port } = web.address() as AddressInfo
  const { resolver } = await withZone(zone)
  const deadline = new Deadline(5_000)
  return lookupMtaSts('a.test', mxHosts, lookupWith(resolver, deadline), deadline, { ca: authority.pem, port })
}

const answer =
  (body: string): RequestListener =>
  (request, response) => {
    expect(request.url).toBe('/.well-known/mta-sts.txt')
    expect(request.headers.host).toMatch(/^mta-sts\.a\.test/)
    response.end(body)
  }

test('record and policy are read, and hosts without a pattern are named', async () => {
  expect(await check(answer(POLICY), ['mx.a.test', 'in.mail.a.test', 'other.test'])).toMatchObject({
    state: 'ok',
    id: '20261101',
    mode: 'enforce',
    mx: ['mx.a.test', '*.mail.a.test'],
    maxAgeSeconds: 604_800,
    uncovered: ['other.test'],
  })
})

describe('a policy file that does not count', () => {
  test('a redirect is not followed', async () => {
    const seen = await check((_, response) => response.writeHead(301, { location: 'https://a.test/' }).end(), [])
    expect(seen).toMatchObject({ state: 'no-policy', detail: 'the server answered 301' })
  })

  test('a file that does not end is cut off', async () => {
    const seen = await check((_, response) => {
      response.on('error', () => {})
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(16_384), more)
      }
      more()
    }, [])
    expect(seen).toMatchObject({ state: 'no-policy', detail: expect.stringContaining('larger than') })
  })

  test('a compression bomb stays packed: nothing here unpacks', async () => {
    const seen = await check((request, response) => {
      expect(request.headers['accept-encoding']).toBeUndefined()
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(16 * 1024 * 1024, ' ')))
    }, [])
    expect(seen).toMatchObject({ state: 'bad-policy' })
  })

  test('a certificate of another name is refused', async () => {
    expect(await check(answer(POLICY), [], ['www.a.test'])).toMatchObject({
      state: 'no-policy',
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  test('a connection that breaks off is told', async () => {
    const seen = await check(request => request.socket.destroy(), [])
    expect(seen).toMatchObject({ state: 'no-policy' })
  })
})

test.for([
  [{}, 'none'],
  [
    {
      '_mta-sts.a.test': [
        ['TXT', 'v=STSv1; id=1'],
        ['TXT', 'v=STSv1; id=2'],
      ],
    },
    'several',
  ],
  [{ '_mta-sts.a.test': [['TXT', 'v=STSv1; id=not-allowed']] }, 'malformed'],
  [{ '_mta-sts.a.test': [['TXT', 'v=STSv1;']] }, 'malformed'],
  [{ '_mta-sts.a.test': [['TXT', 'v=STSv1; id=1']] }, 'no-policy'],
  [{ '_mta-sts.a.test': [['RCODE', 2]] }, 'unknown'],
] as const satisfies readonly (readonly [Zone, string])[])('with %j in the DNS: %s', async ([zone, state]) => {
  expect(await check(answer(POLICY), [], undefined, zone)).toMatchObject({ state })
})

test.for([
  'version: STSv2\nmode: none\nmax_age: 1',
  'version: STSv1\nmode: strict\nmax_age: 1\nmx: a.test',
  'version: STSv1\nmode: enforce\nmax_age: 1',
  'version: STSv1\nmode: none',
  'version: STSv1\nmode: none\nmax_age: 99999999999',
  '<html></html>',
])('%j is no policy', text => {
  expect(parseMtaStsPolicy(text).ok).toBe(false)
})

test.for([
  ['mx.a.test', 'mx.a.test', true],
  ['mx.a.test', '*.a.test', true],
  ['in.mx.a.test', '*.a.test', false],
  ['a.test', '*.a.test', false],
] as const)('%s under %s: %s', ([host, pattern, covered]) => {
  expect(mxMatches(host, pattern)).toBe(covered)
})
