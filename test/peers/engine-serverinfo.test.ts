import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Step } from '#shared/diagnosis/step.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { serverInfo, type ServerInfo } from '#engine/smtp/server-info.ts'
import { createAuthority, createSelfSigned } from '../support/certificates.ts'
import { peerUnpacked } from './support/caged.ts'
import { startDovecot } from './support/dovecot.ts'
import { startExim } from './support/exim.ts'
import type { IdentityMaker, MailServer } from './support/mail-server.ts'
import { msmtpInfo, type MsmtpInfo } from './support/msmtp-info.ts'
import { startOpenSmtpd } from './support/opensmtpd.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix } from './support/postfix.ts'

const PASSWORD = 'correct horse'
const MECHANISMS = ['plain', 'login', 'cram-md5', 'digest-md5', 'scram-sha-1', 'scram-sha-256']

type Peer = {
  readonly name: string
  readonly software: string
  /** Why it cannot be started here; null where it can. */
  readonly missing: string | null
  start(makeIdentity: IdentityMaker): Promise<MailServer>
}

function missing(unpacked: string | null, ...programs: readonly string[]): string | null {
  if (!isRoot()) return 'mail servers change to users of their own, which needs root'
  if (!peerInstalled('msmtp', ...programs)) return `not installed: one of ${['msmtp', ...programs].join(', ')}`
  return unpacked === null || peerUnpacked(unpacked)
    ? null
    : `not unpacked: ${unpacked} (npm test does that, as root on Debian)`
}

const PEERS: readonly Peer[] = [
  {
    name: 'Postfix',
    software: 'Postfix',
    missing: missing(null, 'postfix', 'dovecot'),
    start: async identity => {
      const postfix = await startPostfix({ users: { ada: PASSWORD }, mechanisms: MECHANISMS, identity })
      const { ports, authority, caFile } = postfix
      return { plain: ports.plain, smtps: ports.smtps, authority, caFile, stop: () => postfix.stop() }
    },
  },
  {
    name: 'Exim',
    software: 'Exim 4',
    missing: missing('exim'),
    start: identity => startExim(PASSWORD, identity),
  },
  {
    name: 'OpenSMTPD',
    software: 'OpenSMTPD',
    missing: missing('opensmtpd'),
    start: identity => startOpenSmtpd(PASSWORD, identity),
  },
  {
    name: 'Dovecot submission',
    software: 'Dovecot',
    missing: missing(null, 'dovecot', '/usr/lib/dovecot/submission'),
    start: startSubmission,
  },
]

async function startSubmission(makeIdentity: IdentityMaker): Promise<MailServer> {
  const authority = await createAuthority()
  const submission = await makeIdentity(authority)
  const dovecot = await startDovecot({ users: { ada: PASSWORD }, mechanisms: MECHANISMS, submission })
  const folder = await mkdtemp(join(tmpdir(), 'mw-ca-'))
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, authority.pem)
  const stop = async () => {
    await dovecot.stop()
    await rm(folder, { recursive: true })
  }
  return { plain: dovecot.submissionPort, smtps: dovecot.submissionsPort, authority, caFile, stop }
}

type Looked = { readonly info: ServerInfo; readonly failed: Step | undefined }

async function look(server: MailServer, security: 'none' | 'starttls' | 'tls', insecure = false): Promise<Looked> {
  const port = security === 'tls' ? server.smtps : server.plain
  const { info, steps } = await serverInfo(
    { host: '127.0.0.1', port, security },
    {
      deadline: new Deadline(10_000),
      resolver: 'system',
      now: () => new Date(),
      extraCa: server.authority.pem,
      insecure,
    },
  )
  return { info, failed: steps.find(({ state }) => state === 'failed') }
}

async function theirs(server: MailServer, security: 'none' | 'starttls' | 'tls', insecure = false): Promise<MsmtpInfo> {
  if (security === 'none') return msmtpInfo(server.plain, ['--tls=off'])
  const trust = insecure ? '--tls-certcheck=off' : `--tls-trust-file=${server.caFile}`
  const start = security === 'tls' ? 'off' : 'on'
  const port = security === 'tls' ? server.smtps : server.plain
  return msmtpInfo(port, ['--tls=on', `--tls-starttls=${start}`, trust])
}

/** Everything that both say. */
function compare(info: ServerInfo, msmtp: MsmtpInfo): void {
  const caps = info.capabilities.tls ?? info.capabilities.plain
  expect(msmtp).toMatchObject({
    host: info.host,
    port: info.port,
    address: info.address,
    // Exim's greeting holds the time.
    banner: expect.toSatisfy((banner: string) => withoutTime(banner) === withoutTime(info.banner ?? '')),
    canonicalName: info.canonicalName,
    size: caps?.size,
  })
  expect([...msmtp.auth].sort()).toEqual([...(caps?.auth ?? [])].sort())
  // msmtp 1.8.23 tells STARTTLS from the EHLO in plain text, also where the session is encrypted by now.
  expect({
    PIPELINING: msmtp.features.includes('PIPELINING'),
    ETRN: msmtp.features.includes('ETRN'),
    DSN: msmtp.features.includes('DSN'),
    STARTTLS: msmtp.features.includes('STARTTLS'),
  }).toEqual({
    PIPELINING: caps?.pipelining,
    ETRN: caps?.etrn,
    DSN: caps?.dsn,
    STARTTLS: info.capabilities.plain?.starttls ?? false,
  })
  const leaf = info.tls?.chain[0]
  if (!leaf) return
  const { subject, issuer, notBefore, notAfter, sha256, sha1 } = leaf
  expect({ subject, issuer, notBefore, notAfter, sha256, sha1 }).toEqual({
    subject: msmtp.subject,
    issuer: msmtp.issuer,
    notBefore: msmtp.notBefore,
    notAfter: msmtp.notAfter,
    sha256: msmtp.sha256,
    sha1: msmtp.sha1,
  })
}

function withoutTime(banner: string): string {
  return banner.replace(/\d\d:\d\d:\d\d/, '')
}

/** True where this server breaks its own handshakes: then both must say so, and there is no certificate to compare. */
function bothSawBrokenTls({ info, failed }: Looked, msmtp: MsmtpInfo): boolean {
  if (!/TLS handshake failed: A TLS fatal alert/.test(msmtp.output)) return false
  expect(failed).toMatchObject({
    id: 'encrypt',
    evidence: { kind: 'handshake-failed', fault: { kind: 'alert' } },
  })
  expect(info.tls).toBeNull()
  return true
}

describe.each(PEERS)('serverinfo says what msmtp --serverinfo says: $name', peer => {
  if (peer.missing !== null) return test.skip(peer.missing)

  let server: MailServer

  beforeAll(async () => {
    server = await peer.start(authority => authority.issue({ key: 'rsa' }))
  })
  afterAll(() => server.stop())

  test('without TLS', async () => {
    const { info } = await look(server, 'none')
    compare(info, await theirs(server, 'none'))
    expect(info).toMatchObject({ security: 'none', tls: null, capabilities: { tls: null } })
    expect(info.software).toMatch(new RegExp(`^${peer.software}`))
  })

  test.each(['starttls', 'tls'] as const)('with %s', async security => {
    const looked = await look(server, security)
    const msmtp = await theirs(server, security)
    const { info } = looked
    if (bothSawBrokenTls(looked, msmtp)) return
    compare(info, msmtp)
    expect(info.tls).toMatchObject({ trusted: true, reason: null })
    expect(info.capabilities.plain?.starttls ?? null).toBe(security === 'tls' ? null : true)
    expect(info.capabilities.tls?.starttls).toBe(false)
    const { ehloMs, tlsMs, totalMs, connectMs } = info.timings
    for (const spent of [ehloMs, tlsMs, totalMs, connectMs]) expect(spent).toBeGreaterThan(0)
  })
})

describe.each(PEERS)('a bad certificate, its facts and the reason: $name', peer => {
  if (peer.missing !== null) return test.skip(peer.missing)

  test.each<[string, RegExp, IdentityMaker]>([
    ['expired', /expired on/, a => a.issue({ validDays: [-30, -1], key: 'rsa' })],
    ['self-signed', /vouches for itself|self-signed|itself/, () => createSelfSigned({ key: 'rsa' })],
    [
      'wrong name',
      /is for mail\.elsewhere\.test, not for/,
      a => a.issue({ names: ['mail.elsewhere.test'], key: 'rsa' }),
    ],
    [
      'incomplete chain',
      /intermediate|issuer/,
      async a => (await a.authorize('O=Lab,CN=Lab Issuing', { presented: false })).issue({ key: 'rsa' }),
    ],
  ])('%s', async (_, reason, makeIdentity) => {
    const server = await peer.start(makeIdentity)
    try {
      for (const security of ['starttls', 'tls'] as const) {
        const strict = await look(server, security)
        const refusal = await theirs(server, security)
        expect(refusal.exit).not.toBe(0)
        if (bothSawBrokenTls(strict, refusal)) continue
        expect(strict.info.tls?.trusted).toBe(false)
        expect(strict.info.tls?.reason).toMatch(reason)
        expect(strict.info.capabilities.tls).toBeNull()
        const { info: lax } = await look(server, security, true)
        expect(lax.tls?.trusted).toBe(false)
        compare(lax, await theirs(server, security, true))
      }
    } finally {
      await server.stop()
    }
  })
})
