import { createHash, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import { judge } from '#shared/finding/judge.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { accountOf, evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, playServer } from '../../support/played-server.ts'
import { withZone } from '../../support/with-zone.ts'
import type { ZoneRecord } from '../../support/zone-record.ts'

let authority: Authority
let identity: Identity

beforeAll(async () => {
  authority = await createAuthority()
  identity = await authority.issue()
})

const digest = () =>
  createHash('sha256')
    .update(new X509Certificate(identity.cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')

/** A run against a server whose name is in a zone with these records about its certificate. */
async function run(records: readonly ZoneRecord[], settings: Partial<AccountSettings> = {}) {
  const server = await playServer(async connection => {
    await connection.encrypt(identity)
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'], '*': ['250 ok'] })
  })
  onTestFinished(() => server.stop())
  const { port } = server
  const name = `_${port}._tcp.mail.lab.test`
  const zone = { 'mail.lab.test': [['A', '127.0.0.1']], [name]: records } as const
  const { server: dns, resolver } = await withZone(zone, { authenticated: true })
  const account = { host: 'mail.lab.test', port, security: 'tls', ...settings } as const
  const ran = await runDiagnosis(account, {}, { resolver, extraCa: authority.pem })
  const findings = judge({ account: accountOf(account), steps: ran.steps }).map(({ id }) => id)
  return { ran, findings, name, asked: dns.questions }
}

describe('a run compares the certificate with what DNS announces', () => {
  test('signed, and about it', async () => {
    const { ran, findings, name } = await run([['TLSA', [3, 1, 1, digest()]]])
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { dane: { name, state: 'ok', matches: true } } })
    expect(findings).toEqual([])
  })

  test('signed, and about another: a finding, and the run goes on', async () => {
    const { ran, findings } = await run([['TLSA', [3, 1, 1, '00'.repeat(32)]]])
    expect(findings).toEqual(['encrypt-dane-mismatch'])
    expect(ran.states).toMatchObject({ encrypt: 'done', deliver: 'done' })
  })

  test('an address has no name to ask for', async () => {
    const { ran, asked } = await run([['TLSA', [3, 1, 1, '00'.repeat(32)]]], { host: '127.0.0.1' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { dane: null } })
    expect(asked).toEqual([])
  })
})
