import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judge } from '#shared/finding/judge.ts'
import { accountOf, evidenceOf, runDiagnosis } from '../support/diagnose.ts'
import { msmtpInfo } from './support/msmtp-info.ts'
import { peerInstalled } from './support/peer.ts'

/*
 * msmtp with GnuTLS heeds what a server staples, where OpenSSL does not look: whoever tests an account for msmtp has to
 * be told. The answers are those of `openssl ocsp`.
 */

const ready = peerInstalled('openssl', 'msmtp')

let folder = ''
const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' })
const read = (name: string) => readFileSync(join(folder, name))

beforeAll(() => {
  if (!ready) return
  folder = mkdtempSync(join(tmpdir(), 'mw-staples-'))
  const ec = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
  const ca = '-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign'
  openssl(`req -x509 ${ec} -keyout ca.key -out ca.pem -days 9 -subj /CN=Lab ${ca}`)
  for (const [name, serial, feature] of [
    ['plain', 'A1', ''],
    ['must', 'B2', 'tlsfeature=status_request\n'],
  ] as const) {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:mail.lab.test,IP:127.0.0.1\n${feature}`)
    openssl(`req ${ec} -keyout ${name}.key -out ${name}.csr -subj /CN=mail.lab.test`)
    const signed = `-CA ca.pem -CAkey ca.key -set_serial 0x${serial} -days 60 -extfile ${name}.ext`
    openssl(`x509 -req -in ${name}.csr ${signed} -out ${name}.pem`)
  }
  openssl('ocsp -issuer ca.pem -cert plain.pem -no_nonce -reqout plain.req')
  for (const [status, index] of [
    ['good', 'V\t301231235959Z\t\tA1\tunknown\t/CN=mail.lab.test\n'],
    ['revoked', 'R\t301231235959Z\t250101000000Z\tA1\tunknown\t/CN=mail.lab.test\n'],
    ['unknown', ''],
  ] as const) {
    writeFileSync(join(folder, 'index'), index)
    openssl(`ocsp -index index -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin plain.req -ndays 3 -respout ${status}`)
  }
})
afterAll(() => {
  if (ready) rmSync(folder, { recursive: true })
})

/** A server with this certificate that staples this answer; its port. */
async function serve(certificate: 'plain' | 'must', staple: Buffer | null): Promise<number> {
  const server = createServer({ key: read(`${certificate}.key`), cert: read(`${certificate}.pem`) }, socket => {
    socket.on('error', () => {})
    socket.write('220 mail.lab.test ESMTP\r\n')
    socket.on('data', said =>
      socket.write(said.toString().startsWith('QUIT') ? '221 bye\r\n' : '250 mail.lab.test\r\n'),
    )
  })
  server.on('tlsClientError', () => {})
  server.on('OCSPRequest', (_certificate, _issuer, answer: (error: null, octets: Buffer | null) => void) =>
    answer(null, staple),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  // A TCP server's address is an object.
  return (server.address() as AddressInfo).port
}

type Case = readonly [
  name: string,
  certificate: 'plain' | 'must',
  staple: 'good' | 'revoked' | 'unknown' | 'trylater' | null,
  refused: RegExp | null,
  found: readonly FindingId[],
]

const CASES: readonly Case[] = [
  ['nothing stapled', 'plain', null, null, []],
  ['good', 'plain', 'good', null, []],
  ['revoked', 'plain', 'revoked', /revoked/, ['encrypt-certificate-revoked']],
  ['not known to the authority', 'plain', 'unknown', null, ['encrypt-staple-useless']],
  ['an error of the responder', 'plain', 'trylater', null, ['encrypt-staple-useless']],
  ['demanded and not there', 'must', null, /OCSP status is missing/, ['encrypt-staple-missing']],
  ['about another certificate', 'must', 'good', /OCSP status response is invalid/, ['encrypt-staple-useless']],
]

describe.skipIf(!ready)('a stapled answer: what msmtp does, and what is found', () => {
  test.each(CASES)('%s', async (_, certificate, staple, refused, found) => {
    const octets = staple === null ? null : staple === 'trylater' ? Buffer.from('30030a0103', 'hex') : read(staple)
    const port = await serve(certificate, octets)
    const { output } = await msmtpInfo(port, [
      '--tls',
      '--tls-starttls=off',
      `--tls-trust-file=${join(folder, 'ca.pem')}`,
    ])
    if (refused === null) expect(output).toContain('SMTP server at')
    else expect(output).toMatch(refused)
    const ran = await runDiagnosis({ port, security: 'tls' }, {}, { extraCa: read('ca.pem').toString() })
    const findings = judge({ account: accountOf({ port, security: 'tls' }), steps: ran.steps })
    expect(findings.map(({ id }) => id)).toEqual(found)
    // What msmtp refuses is no mere remark.
    expect(findings.every(({ severity }) => severity !== 'info')).toBe(refused !== null || found.length === 0)
    const revoked = staple === 'revoked'
    expect(evidenceOf(ran, 'encrypt')).toMatchObject(
      revoked ? { kind: 'untrusted', tls: { distrust: 'revoked' } } : { kind: 'encrypted', tls: { trusted: true } },
    )
  })
})
