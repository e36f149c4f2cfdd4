import { createHash, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { serverinfo } from '#host/cli/serverinfo.ts'
import { createAuthority, type Identity } from '../../support/certificates.ts'
import { answer, playServer } from '../../support/played-server.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'
import type { ZoneRecord } from '../../support/zone-record.ts'

let folder: string
let identity: Identity

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mw-serverinfo-'))
  const authority = await createAuthority()
  identity = await authority.issue()
  await writeFile(join(folder, 'ca.pem'), authority.pem)
})
afterAll(() => rm(folder, { recursive: true }))

const ca = () => ({ ca: join(folder, 'ca.pem') })

/** A server with STARTTLS; its port. */
async function play(): Promise<number> {
  const server = await playServer(async connection => {
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(identity).catch(() => {})
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
  const right = () => createHash('sha256').update(spkiOf(identity)).digest('hex')

  test('a signed record that is about the certificate', async () => {
    const run = await look([['TLSA', [3, 1, 1, right()]]], true)
    expect(run.json).toMatchObject({
      dane: { name: run.name, state: 'ok', records: [`3 1 1 ${right()}`], matches: true },
    })
    expect(run.text).toContain('the certificate matches')
  })

  test('a signed record about another certificate; nobody is asked to heed it, so the exit stays 0', async () => {
    const run = await look([['TLSA', [3, 1, 1, 'ab'.repeat(32)]]], true)
    expect(run).toMatchObject({ exit: 0, json: { dane: { state: 'ok', matches: false } } })
  })

  test('records that the resolver does not call signed decide nothing', async () => {
    const run = await look([['TLSA', [3, 1, 1, right()]]], false)
    expect(run.json).toMatchObject({ dane: { state: 'unsigned', matches: null } })
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
