import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TlsVersionNumber } from '#shared/account/tls-version.ts'
import { judge } from '#shared/finding/judge.ts'
import { serverinfo } from '#host/cli/serverinfo.ts'
import { accountOf, evidenceOf, runDiagnosis } from '../support/diagnose.ts'
import { runCommand } from '../support/run-command.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

const ready = isRoot() && peerInstalled('postfix', 'dovecot')

describe.skipIf(!ready)('a Postfix whose versions of TLS are limited', () => {
  let postfix: Postfix
  beforeAll(async () => {
    postfix = await startPostfix({
      settings: { tls_medium_cipherlist: 'ALL:@SECLEVEL=0' },
      services: {
        old: { settings: { smtpd_tls_protocols: '!TLSv1.2,!TLSv1.3' } },
        usual: { settings: { smtpd_tls_protocols: '!TLSv1,!TLSv1.1,!TLSv1.3' } },
      },
    })
  })
  afterAll(() => postfix.stop())

  const run = async (service: string, tlsMin: TlsVersionNumber | null, ciphers: string | null = null) => {
    const settings = { port: postfix.portOf(service), security: 'starttls', tlsMin, ciphers } as const
    const ran = await runDiagnosis(settings, {}, { extraCa: postfix.authority.pem })
    const found = judge({ account: accountOf(settings), steps: ran.steps }).map(({ id }) => id)
    return { ran, found }
  }

  test.each([
    ['old', null, 'TLSv1.1'],
    ['usual', '1.3', 'TLSv1.2'],
  ] as const)('%s, with a floor of %s: it speaks only %s, and that is what is said', async (service, floor, spoken) => {
    const { ran, found } = await run(service, floor)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', withoutLimits: { protocol: spoken } })
    expect(found).toEqual(['encrypt-below-floor'])
  })

  test.each([
    ['old', '1.1', 'TLSv1.1'],
    ['old', '1.0', 'TLSv1.1'],
    ['usual', null, 'TLSv1.2'],
  ] as const)('%s, with a floor of %s: %s, and the envelope is accepted', async (service, floor, spoken) => {
    const { ran } = await run(service, floor)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'encrypted', tls: { protocol: spoken, trusted: true } })
    expect(ran.states.deliver).toBe('done')
  })

  test('a cipher that it does not have is told as such, one that it has is used', async () => {
    const { found } = await run('usual', null, 'DHE-RSA-AES256-GCM-SHA384')
    expect(found).toEqual(['encrypt-ciphers-excluded'])
    const chosen = 'ECDHE-ECDSA-AES128-SHA256'
    const { ran } = await run('usual', null, chosen)
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'encrypted', tls: { cipher: chosen } })
  })

  test('serverinfo tells which versions it accepts', async () => {
    const place = `127.0.0.1:${postfix.portOf('old')}`
    const seen = await runCommand(serverinfo, [place], { ca: postfix.caFile, 'tls-versions': true, 'tls-min': '1.0' })
    expect(seen).toMatchObject({
      exit: 0,
      json: {
        tls: { protocol: 'TLSv1.1' },
        tlsVersions: [
          { version: 'TLSv1', outcome: 'accepted' },
          { version: 'TLSv1.1', outcome: 'accepted' },
          { version: 'TLSv1.2', outcome: 'refused' },
          { version: 'TLSv1.3', outcome: 'refused' },
        ],
        findings: [{ id: 'encrypt-old-protocol' }],
      },
    })
  })
})
