import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { serverinfo } from '#host/cli/serverinfo.ts'
import { createAuthority, type Identity } from '../../support/certificates.ts'
import { createLab, type Lab } from '../../support/lab.ts'
import { answer, playServer, type TlsBounds } from '../../support/played-server.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'
import type { ZoneRecord } from '../../support/zone-record.ts'

let lab: Lab

beforeAll(async () => {
  lab = await createLab()
})
afterAll(() => lab.close())

const ca = () => ({ ca: lab.caFile })

/** A server with STARTTLS; its port. */
async function play(): Promise<number> {
  const server = await playServer(async connection => {
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(lab.identity).catch(() => {})
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  onTestFinished(() => server.stop())
  return server.port
}

describe('DANE', () => {
  const look = async (records: readonly ZoneRecord[], authenticated: boolean) => {
    const port = await play()
    const zone = { 'mail.lab.test': [['A', '127.0.0.1']], [`_${port}._tcp.mail.lab.test`]: records } as const
    const { server: dns } = await withZone(zone, { authenticated })
    const run = await runCommand(serverinfo, [`mail.lab.test:${port}`], { ...ca(), dns: `${dns.host}:${dns.port}` })
    return { ...run, name: `_${port}._tcp.mail.lab.test` }
  }
  const right = () => createHash('sha256').update(spkiOf(lab.identity)).digest('hex')

  test('a signed record that is about the certificate', async () => {
    const run = await look([['TLSA', [3, 1, 1, right()]]], true)
    expect(run.json).toMatchObject({
      dane: { name: run.name, state: 'ok', records: [`3 1 1 ${right()}`], matches: true },
      findings: [],
    })
    expect(run.text).toContain('the certificate matches')
  })

  test('a signed record about another certificate; nobody is asked to heed it, so the exit stays 0', async () => {
    const run = await look([['TLSA', [3, 1, 1, 'ab'.repeat(32)]]], true)
    expect(run).toMatchObject({
      exit: 0,
      json: {
        dane: { state: 'ok', matches: false, wanted: `3 1 1 ${right()}` },
        findings: [{ id: 'encrypt-dane-mismatch' }],
      },
    })
  })

  test('records that the resolver does not call signed decide nothing', async () => {
    const run = await look([['TLSA', [3, 1, 1, right()]]], false)
    expect(run.json).toMatchObject({
      dane: { state: 'unsigned', matches: null },
      findings: [{ id: 'encrypt-dane-unsigned', severity: 'info' }],
    })
  })

  test('signed records of a kind that SMTP does not use', async () => {
    const run = await look([['TLSA', [0, 0, 1, right()]]], true)
    expect(run.json).toMatchObject({ dane: { state: 'unusable' }, findings: [{ id: 'encrypt-dane-unusable' }] })
  })

  test('no records', async () => {
    expect((await look([], true)).json).toMatchObject({ dane: { state: 'none', records: [], matches: null } })
  })
})

test('--tls-versions tries each of them', async () => {
  const run = await runCommand(serverinfo, [`127.0.0.1:${await play()}`], { ...ca(), 'tls-versions': true })
  expect(run).toMatchObject({
    exit: 0,
    json: {
      tlsVersions: [
        { version: 'TLSv1', outcome: 'refused' },
        { version: 'TLSv1.1', outcome: 'refused' },
        { version: 'TLSv1.2', outcome: 'accepted' },
        { version: 'TLSv1.3', outcome: 'accepted' },
      ],
    },
  })
  expect(run.text).toMatch(/^TLSv1.3 {3}accepted \(TLS_/m)
})

function spkiOf({ cert }: Identity): Buffer {
  return new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
}

describe('what the handshake is limited to', () => {
  const playLimited = async (bounds: TlsBounds) => {
    const server = await playServer(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
      if (
        !(await connection.encrypt(lab.identity, bounds).then(
          () => true,
          () => false,
        ))
      )
        return
      await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
    })
    onTestFinished(() => server.stop())
    return `127.0.0.1:${server.port}`
  }
  const OLD: TlsBounds = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }

  test('a server of TLS 1.1 is below the usual floor, and is spoken to with --tls-min 1.1', async () => {
    const place = await playLimited(OLD)
    const below = await runCommand(serverinfo, [place], ca())
    expect(below).toMatchObject({
      exit: 76,
      json: { tls: null, tlsLimits: { min: '1.2' }, findings: [{ id: 'encrypt-below-floor' }] },
    })
    expect(below.text).toContain('--tls-min 1.1')
    const lowered = await runCommand(serverinfo, [place], { ...ca(), 'tls-min': '1.1' })
    expect(lowered).toMatchObject({
      exit: 0,
      json: { tls: { protocol: 'TLSv1.1', trusted: true }, findings: [{ id: 'encrypt-old-protocol' }] },
    })
    expect(lowered.text).toContain('Asked for at least TLS 1.1')
  })

  test('--ciphers chooses; a list that the server has nothing of is told as such', async () => {
    const place = await playLimited({ maxVersion: 'TLSv1.2' })
    const chosen = 'ECDHE-ECDSA-AES256-GCM-SHA384'
    expect(await runCommand(serverinfo, [place], { ...ca(), ciphers: chosen })).toMatchObject({
      exit: 0,
      json: { tls: { cipher: chosen }, tlsLimits: { ciphers: chosen } },
    })
    expect(await runCommand(serverinfo, [place], { ...ca(), ciphers: 'AES256-SHA' })).toMatchObject({
      exit: 76,
      json: { findings: [{ id: 'encrypt-ciphers-excluded' }] },
    })
  })

  test('a list that OpenSSL cannot use is a wrong call, with the part that it does not know', async () => {
    const wrong = runCommand(serverinfo, ['127.0.0.1:1'], { ciphers: 'HIGH:AES256-SHA3' })
    await expect(wrong).rejects.toMatchObject({
      code: 'usage',
      field: '--ciphers',
      message: expect.stringContaining('AES256-SHA3'),
    })
  })
})

test('a certificate that changes between the connections is noticed; one for each kind of key is not', async () => {
  const authority = await createAuthority()
  const [one, other, rsa] = await Promise.all([authority.issue(), authority.issue(), authority.issue({ key: 'rsa' })])
  const look = async (identities: readonly Identity[]) => {
    let count = 0
    const server = await playServer(async connection => {
      const shown = identities[count++ % identities.length] ?? one
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
      await connection.encrypt(shown).catch(() => {})
      await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
    })
    onTestFinished(() => server.stop())
    return runCommand(serverinfo, [`127.0.0.1:${server.port}`], { insecure: true, 'tls-versions': true })
  }
  const ids = async (identities: readonly Identity[]) => JSON.stringify((await look(identities)).json)
  expect(await ids([one, other])).toContain('"encrypt-certificate-changes"')
  expect(await ids([one, rsa])).not.toContain('"encrypt-certificate-changes"')
  expect(await ids([one])).not.toContain('"encrypt-certificate-changes"')
})
