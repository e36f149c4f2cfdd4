import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { assert, nat, property } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { handshake } from '#engine/tls/handshake.ts'
import { parseStaple } from '#engine/tls/ocsp.ts'
import { NO_MATERIAL } from '#engine/tls/trust-store.ts'
import { peerInstalled } from '../../peers/support/peer.ts'

const ready = peerInstalled('openssl')

/** Responses that `openssl ocsp` made and signed. */
const responses = { good: Buffer.alloc(0), revoked: Buffer.alloc(0), unknown: Buffer.alloc(0) }
let leaf: X509Certificate
let key = ''
let ca = ''
let folder = ''

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })

beforeAll(() => {
  if (!ready) return
  folder = mkdtempSync(join(tmpdir(), 'mw-ocsp-'))
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '9', '-subj', '/O=Lab/CN=Lab Root')
  openssl('req', ...ec, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=mail.lab.test')
  openssl(...words('x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 0xA1B2 -days 9 -out leaf.pem'))
  openssl(...words('ocsp -issuer ca.pem -cert leaf.pem -reqout leaf.req'))
  const lines = {
    good: 'V\t301231235959Z\t\tA1B2\tunknown\t/CN=mail.lab.test\n',
    revoked: 'R\t301231235959Z\t250101000000Z\tA1B2\tunknown\t/CN=mail.lab.test\n',
    unknown: '',
  }
  for (const [status, index] of Object.entries(lines)) {
    writeFileSync(join(folder, 'index.txt'), index)
    openssl(
      ...words('ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin leaf.req -ndays 3'),
      '-respout',
      status,
    )
    // The keys of `lines` are those of `responses`.
    responses[status as keyof typeof responses] = readFileSync(join(folder, status))
  }
  leaf = new X509Certificate(read('leaf.pem'))
  key = read('leaf.key')
  ca = read('ca.pem')
})
afterAll(() => {
  if (ready) rmSync(folder, { recursive: true })
})

function words(line: string): readonly string[] {
  return line.split(' ')
}

async function staplesOf(staple: Buffer | null) {
  return (await tlsWith(staple)).ocsp
}

async function tlsWith(staple: Buffer | null) {
  const server = createServer({ key, cert: leaf.toString() }, socket => socket.on('error', () => {}).resume())
  server.on('OCSPRequest', (_certificate, _issuer, answer: (error: Error | null, octets: Buffer | null) => void) =>
    answer(null, staple),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is an object.
  const plain = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(plain, 'connect')
  const material = { ...NO_MATERIAL, extraCas: [ca] }
  const shaken = await handshake(plain, 'mail.lab.test', material, new Deadline(5000), new Date())
  server.close()
  if (shaken.kind === 'failed') throw new Error(shaken.fault.message)
  shaken.socket.destroy()
  return shaken.tls
}

describe.skipIf(!ready)('a stapled OCSP response of OpenSSL', () => {
  test.each(['good', 'revoked', 'unknown'] as const)('%s, seen in the handshake', async status => {
    const instant = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
    expect(await staplesOf(responses[status])).toEqual({ status, thisUpdate: instant, nextUpdate: instant })
  })

  test('revoked, the certificate is not trusted; with any other answer that is not what decides', async () => {
    expect(await tlsWith(responses.revoked)).toMatchObject({ trusted: false, distrust: 'revoked' })
    for (const octets of [responses.good, responses.unknown, Buffer.from('30030a0103', 'hex'), null]) {
      expect((await tlsWith(octets)).distrust).not.toBe('revoked')
    }
  })

  test('a server that staples nothing', async () => {
    expect(await staplesOf(null)).toBeNull()
  })

  test('an answer about another certificate', () => {
    expect(parseStaple(responses.good, 'BEEF').status).toBe('other-certificate')
  })

  test('any octet changed, or cut anywhere, is read or refused, and never throws', () => {
    const whole = responses.good
    assert(
      property(nat(whole.length - 1), nat(255), nat(whole.length), (at, octet, end) => {
        const changed = Buffer.from(whole)
        changed[at] = octet
        expect(parseStaple(changed.subarray(0, end), leaf.serialNumber).status).toMatch(/^[a-z-]+$/)
      }),
      { numRuns: 2000 },
    )
  })
})

test('an error of the responder (RFC 6960 section 2.3) is no answer; what is no response is unreadable', () => {
  expect(parseStaple(Buffer.from('30030a0103', 'hex'), '01').status).toBe('no-answer')
  expect(parseStaple(Buffer.from('HTTP/1.1 200 OK'), '01').status).toBe('unreadable')
  expect(parseStaple(Buffer.alloc(0), '01').status).toBe('unreadable')
  expect(parseStaple(Buffer.alloc(70_000, 0x30), '01').status).toBe('unreadable')
})
