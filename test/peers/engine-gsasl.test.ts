import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AuthMethod } from '#shared/account/account.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority, type Authority, type Identity } from '../support/certificates.ts'
import { evidenceOf, runDiagnosis } from '../support/diagnose.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../support/played-server.ts'
import { peerInstalled } from './support/peer.ts'

/*
 * GNU SASL, which is what msmtp signs in with, as the server's side: the only one on Debian that knows the -PLUS
 * mechanisms. The SMTP around it is played.
 */

const SCRIPT = join(import.meta.dirname, 'support/gsasl-server.py')
const ready = peerInstalled('python3') && hasLibrary()

let authority: Authority
let identity: Identity
let server: PlayedServer | null = null

beforeAll(async () => {
  authority = await createAuthority()
  identity = await authority.issue()
})
afterEach(async () => {
  await server?.stop()
  server = null
})

/** Speaks AUTH with whatever GNU SASL answers. */
async function authenticate(
  connection: PlayedConnection,
  line: string,
  password: string,
  binds: boolean,
): Promise<void> {
  const [, mechanism = '', initial] = line.split(' ')
  const tls = connection.socket
  const binding = binds && tls instanceof TLSSocket ? bindingsOf(tls) : { tls_unique: null, tls_exporter: null }
  const child = spawn('python3', [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  child.stdin.write(`${JSON.stringify({ mechanism, password, service: 'smtp', hostname: '127.0.0.1', ...binding })}\n`)
  let input = initial === '=' ? '' : (initial ?? '')
  for (;;) {
    child.stdin.write(`${input}\n`)
    const { value = '' } = await answers.next()
    const [code, output = ''] = value.split(' ')
    if (code === '0' && output === '') break
    if (code !== '0' && code !== '1') {
      connection.say('535 5.7.8 refused')
      child.stdin.end()
      return
    }
    connection.say(`334 ${output}`)
    input = (await connection.line()) ?? ''
    if (code === '0') break
  }
  child.stdin.end()
  connection.say('235 2.7.0 accepted')
}

function bindingsOf(socket: TLSSocket) {
  const exporter = socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
  return {
    // The first Finished of the handshake is the client's: on this side the peer's.
    tls_unique: socket.getPeerFinished()?.toString('base64') ?? null,
    tls_exporter: socket.getProtocol() === 'TLSv1.3' ? exporter.toString('base64') : null,
  }
}

async function signIn(
  mechanism: string,
  password: string,
  version: { maxVersion?: 'TLSv1.2' } = {},
  binds: boolean = mechanism.endsWith('-PLUS'),
) {
  server = await playServer(async connection => {
    await connection.encrypt(identity, version)
    connection.say('220 mail.lab.test ESMTP')
    for (;;) {
      await answer(connection, { EHLO: ['250-mail.lab.test', `250 AUTH ${mechanism}`], AUTH: [], '*': ['250 ok'] }, [
        'AUTH',
        'QUIT',
      ])
      const said = connection.received.trimEnd().split('\r\n').at(-1) ?? ''
      if (!said.startsWith('AUTH ')) return
      await authenticate(connection, said, 'correct horse', binds)
    }
  })
  return runDiagnosis(
    // Upper case in EHLO, lower case in the account.
    { port: server.port, security: 'tls', user: 'ada', auth: mechanism.toLowerCase() as AuthMethod },
    { password },
    { extraCa: authority.pem, deadline: new Deadline(8000) },
  )
}

describe.skipIf(!ready)('signing in to GNU SASL', () => {
  const mechanisms = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'EXTERNAL']

  test.each([...mechanisms, 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'])('%s', async mechanism => {
    const ran = await signIn(mechanism, 'correct horse')
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism })
    expect(ran.states.deliver).toBe('done')
  })

  test.each(['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'])('%s over TLS 1.2, bound with tls-unique', async mechanism => {
    const ran = await signIn(mechanism, 'correct horse', { maxVersion: 'TLSv1.2' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { protocol: 'TLSv1.2' } })
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism })
  })

  test('a -PLUS offer that somebody took away on the way is noticed by the server (RFC 5802 section 6)', async () => {
    const ran = await signIn('SCRAM-SHA-256', 'correct horse', {}, true)
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected' })
  })

  test.each(['PLAIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'])(
    '%s with a wrong password',
    async mechanism => {
      expect(evidenceOf(await signIn(mechanism, 'wrong horse'), 'sign-in')).toMatchObject({ kind: 'rejected' })
    },
  )
})

function hasLibrary(): boolean {
  const tried = spawnSync('python3', ['-c', 'import ctypes; ctypes.CDLL("libgsasl.so.18")'], { stdio: 'ignore' })
  if (tried.status === 0) return true
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error('libgsasl is not installed')
  console.warn('not installed: libgsasl; its tests are skipped')
  return false
}
