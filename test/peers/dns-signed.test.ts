import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority, type Identity } from '../support/certificates.ts'
import { answer, type PlayedServer, playServer } from '../support/played-server.ts'
import { type NameServer, signZone, startNsd, startUnbound, type Unbound } from './support/name-servers.ts'
import { peerInstalled } from './support/peer.ts'

const ready = peerInstalled('nsd', 'unbound', 'dig', 'dnssec-keygen', 'dnssec-signzone')
const run = promisify(execFile)

/** @param digest of the public key in the mail server's certificate */
const zoneWith = (digest: string) => `$ORIGIN lab.test.
$TTL 300
@ SOA ns.lab.test. admin.lab.test. 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
good MX 10 mx.good
mx.good A 127.0.0.1
_25._tcp.mx.good TLSA 3 1 1 ${digest}
bad MX 10 mx.bad
mx.bad A 127.0.0.1
_25._tcp.mx.bad TLSA 3 1 1 ${'ab'.repeat(32)}
alias CNAME mx.good
`

describe.runIf(ready)('a signed zone on NSD, validated by unbound', () => {
  let mailServer: PlayedServer
  let nsd: NameServer
  let validating: Unbound
  let plain: Unbound
  let mistaken: Unbound
  let ca: string

  beforeAll(async () => {
    const authority = await createAuthority()
    ca = authority.pem
    const mail = await authority.issue({ names: ['mx.good.lab.test'] })
    mailServer = await playMailServer(mail)
    const zone = zoneWith(keyDigest(mail))
    const [signed, stranger] = await Promise.all([signZone('lab.test', zone), signZone('lab.test', zone)])
    nsd = await startNsd('lab.test', signed.text)
    const identity = await authority.issue({ names: ['127.0.0.1'] })
    validating = await startUnbound('lab.test', nsd, { identity, anchor: signed.anchor })
    plain = await startUnbound('lab.test', nsd)
    mistaken = await startUnbound('lab.test', nsd, { anchor: stranger.anchor })
  })
  afterAll(async () => {
    await Promise.all([validating, plain, mistaken].map(server => server.close()))
    await nsd.close()
    await mailServer.stop()
  })

  test.for(['udp', 'tcp', 'tls'] as const)('the resolver says so over %s, as dig sees it', async way => {
    const port = way === 'tls' ? validating.tlsPort : validating.port
    const resolver = resolverAt(`${way}://127.0.0.1:${port}`)
    for (const [name, type] of [
      ['mx.good.lab.test', 'A'],
      ['_25._tcp.mx.good.lab.test', 'TLSA'],
      ['alias.lab.test', 'A'],
      ['nonesuch.lab.test', 'A'],
      ['mx.good.lab.test', 'MX'],
    ] as const) {
      const found = await resolver.lookup(name, type, soon())
      expect({ name, signed: found.kind !== 'failed' && found.authenticated }).toEqual({ name, signed: true })
      expect(await digSaysSigned(validating.port, name, type)).toBe(true)
    }
  })

  test('a resolver that does not validate does not say so', async () => {
    const found = await resolverAt(`127.0.0.1:${plain.port}`).lookup('mx.good.lab.test', 'A', soon())
    expect(found).toMatchObject({ kind: 'found', authenticated: false })
  })

  test('a zone whose signatures are of another key is a failure, not an answer', async () => {
    const found = await resolverAt(`127.0.0.1:${mistaken.port}`).lookup('mx.good.lab.test', 'A', soon())
    expect(found).toMatchObject({ kind: 'failed', code: 'SERVFAIL' })
  })

  test('a certificate that is in the signed TLSA record matches', async () => {
    const { dane, findings } = await check('good.lab.test', resolverAt(`127.0.0.1:${validating.port}`))
    expect(dane).toMatchObject([{ host: 'mx.good.lab.test', state: 'ok', certificate: 'matches' }])
    expect(findings.map(({ id }) => id)).not.toContain('domain-dane-mismatch')
  })

  test('one that is not there is found, with the record that it would need', async () => {
    const { dane, findings } = await check('bad.lab.test', resolverAt(`127.0.0.1:${validating.port}`))
    expect(dane).toMatchObject([{ host: 'mx.bad.lab.test', state: 'ok', certificate: 'mismatch' }])
    expect(dane[0]?.wanted).toMatch(/^3 1 1 [0-9a-f]{64}$/)
    expect(findings.map(({ id }) => id)).toContain('domain-dane-mismatch')
  })

  test('without the word of the resolver the records do nothing, and that is said', async () => {
    const { dane, findings } = await check('good.lab.test', resolverAt(`127.0.0.1:${plain.port}`))
    expect(dane).toMatchObject([{ host: 'mx.good.lab.test', state: 'unsigned' }])
    expect(findings.map(({ id }) => id)).toContain('domain-dane-unusable')
  })

  function resolverAt(text: string): Resolver {
    return createResolver({ servers: [parseServer(text)], extraCas: [ca] })
  }

  function check(domain: string, resolver: Resolver) {
    return checkDomain({
      domain,
      ip: null,
      from: null,
      selectors: [],
      blocklists: false,
      resolver,
      deadline: new Deadline(15_000),
      probe: { port: mailServer.port },
    })
  }
})

function soon(): Deadline {
  return new Deadline(5_000)
}

async function digSaysSigned(port: number, name: string, type: string): Promise<boolean> {
  const { stdout } = await run('dig', ['@127.0.0.1', '-p', String(port), name, type, '+adflag'])
  return / ad[ ;]/.test(/^;; flags:.*$/m.exec(stdout)?.[0] ?? '')
}

function keyDigest({ cert }: Identity): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('hex')
}

function playMailServer(identity: Identity): Promise<PlayedServer> {
  const answers = { EHLO: ['250-mx.good.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'], QUIT: ['221 bye'] }
  return playServer(async connection => {
    connection.say('220 mx.good.lab.test ESMTP')
    await answer(connection, answers, ['STARTTLS'])
    await connection.encrypt(identity)
    await answer(connection, answers)
  })
}
