import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { serverInfo, type ServerInfo } from '#engine/smtp/server-info.ts'
import { createSelfSigned } from '../support/certificates.ts'
import { msmtpInfo, type MsmtpInfo } from './support/msmtp-info.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

const ready = isRoot() && peerInstalled('postfix', 'dovecot', 'msmtp')

const USERS = { ada: 'correct horse' }
const MECHANISMS = ['plain', 'login', 'cram-md5', 'digest-md5', 'scram-sha-1', 'scram-sha-256']

const ours = async (postfix: Postfix, port: number, security: 'none' | 'starttls' | 'tls', extra = {}) => {
  const look = await serverInfo(
    { host: '127.0.0.1', port, security },
    {
      deadline: new Deadline(10_000),
      resolver: 'system',
      now: () => new Date(),
      extraCa: postfix.authority.pem,
      ...extra,
    },
  )
  return look.info
}

/** Everything that both say. */
function compare(info: ServerInfo, theirs: MsmtpInfo): void {
  const caps = info.capabilities.tls ?? info.capabilities.plain
  expect(theirs).toMatchObject({
    host: info.host,
    port: info.port,
    address: info.address,
    banner: info.banner,
    canonicalName: info.canonicalName,
    size: caps?.size,
  })
  expect([...theirs.auth].sort()).toEqual([...(caps?.auth ?? [])].sort())
  // msmtp 1.8.23 tells STARTTLS from the EHLO in plain text, also where the session is encrypted by now.
  expect({
    PIPELINING: theirs.features.includes('PIPELINING'),
    ETRN: theirs.features.includes('ETRN'),
    DSN: theirs.features.includes('DSN'),
    STARTTLS: theirs.features.includes('STARTTLS'),
  }).toEqual({
    PIPELINING: caps?.pipelining,
    ETRN: caps?.etrn,
    DSN: caps?.dsn,
    STARTTLS: info.capabilities.plain?.starttls ?? false,
  })
  const leaf = info.tls?.chain[0]
  if (!leaf) return
  expect({
    subject: leaf.subject,
    issuer: leaf.issuer,
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    sha256: leaf.sha256,
    sha1: leaf.sha1,
  }).toEqual({
    subject: theirs.subject,
    issuer: theirs.issuer,
    notBefore: theirs.notBefore,
    notAfter: theirs.notAfter,
    sha256: theirs.sha256,
    sha1: theirs.sha1,
  })
}

describe.skipIf(!ready)('serverinfo says what msmtp --serverinfo says, field by field: Postfix', () => {
  let postfix: Postfix

  beforeAll(async () => {
    postfix = await startPostfix({ users: USERS, mechanisms: MECHANISMS })
  })
  afterAll(() => postfix.stop())

  test('without TLS', async () => {
    const { plain } = postfix.ports
    const info = await ours(postfix, plain, 'none')
    compare(info, await msmtpInfo(plain, ['--tls=off']))
    expect(info).toMatchObject({ security: 'none', software: 'Postfix', tls: null, capabilities: { tls: null } })
  })

  test('with STARTTLS', async () => {
    const { plain } = postfix.ports
    const info = await ours(postfix, plain, 'starttls')
    compare(info, await msmtpInfo(plain, ['--tls=on', '--tls-starttls=on', `--tls-trust-file=${postfix.caFile}`]))
    expect(info.tls).toMatchObject({ trusted: true, reason: null })
    expect(info.capabilities.plain?.starttls).toBe(true)
    expect(info.capabilities.tls?.starttls).toBe(false)
  })

  test('with TLS from the start', async () => {
    const { smtps } = postfix.ports
    const info = await ours(postfix, smtps, 'tls')
    compare(info, await msmtpInfo(smtps, ['--tls=on', '--tls-starttls=off', `--tls-trust-file=${postfix.caFile}`]))
    expect(info.tls?.trusted).toBe(true)
    expect(info.capabilities.plain).toBeNull()
  })
})

describe.skipIf(!ready)('with a bad certificate the facts are the same, and the reason is told', () => {
  const bad = {
    expired: { identity: a => a.issue({ validDays: [-30, -1] }) },
    'self-signed': { identity: () => createSelfSigned() },
    'wrong-name': { identity: a => a.issue({ names: ['mail.elsewhere.test'] }) },
    'incomplete-chain': {
      identity: async a => (await a.authorize('O=Lab,CN=Lab Issuing', { presented: false })).issue(),
    },
  } as const satisfies Record<string, Parameters<typeof startPostfix>[0]>

  test.each(Object.entries(bad))('%s', async (_, options) => {
    const postfix = await startPostfix(options)
    try {
      const { smtps } = postfix.ports
      const strict = await ours(postfix, smtps, 'tls')
      expect(strict.tls?.trusted).toBe(false)
      expect(strict.tls?.reason).toMatch(/\w/)
      expect(strict.capabilities.tls).toBeNull()
      const lax = await ours(postfix, smtps, 'tls', { insecure: true })
      expect(lax.tls?.trusted).toBe(false)
      compare(lax, await msmtpInfo(smtps, ['--tls=on', '--tls-starttls=off', '--tls-certcheck=off']))
      const theirs = await msmtpInfo(smtps, ['--tls=on', '--tls-starttls=off', `--tls-trust-file=${postfix.caFile}`])
      expect(theirs.exit).not.toBe(0)
    } finally {
      await postfix.stop()
    }
  })
})
