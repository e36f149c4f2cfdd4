import { createHash, createHmac, pbkdf2Sync, X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { judge } from '#shared/finding/judge.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { accountOf, evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'

/** OpenSSL's SSL_OP_NO_EXTENDED_MASTER_SECRET, which Node has no name for. */
const NO_EXTENDED_MASTER_SECRET = 0x1

const PASSWORD = 'correct horse'
const SALT = Buffer.from('0123456789abcdef')
const ROUNDS = 4096

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

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const text = (encoded: string) => Buffer.from(encoded, 'base64').toString()
const hmac = (key: Buffer, said: string) => createHmac('sha256', key).update(said).digest()

/** The server's side of SCRAM-SHA-256-PLUS (RFC 5802), bound to its certificate as RFC 5929 section 4 has it. */
async function takeScram(connection: PlayedConnection, initial: string, sees: Identity): Promise<void> {
  const clientFirst = text(initial)
  const bare = clientFirst.slice('p=tls-server-end-point,,'.length)
  const serverFirst = `${bare.split(',').at(-1) ?? ''}server,s=${base64(SALT)},i=${ROUNDS}`
  connection.say(`334 ${base64(serverFirst)}`)
  const clientFinal = text((await connection.line()) ?? '')
  const proofAt = clientFinal.lastIndexOf(',p=')
  const withoutProof = clientFinal.slice(0, proofAt)
  const salted = pbkdf2Sync(PASSWORD, SALT, ROUNDS, 32, 'sha256')
  const said = `${bare},${serverFirst},${withoutProof}`
  const signature = hmac(createHash('sha256').update(hmac(salted, 'Client Key')).digest(), said)
  const clientKey = Buffer.from(clientFinal.slice(proofAt + 3), 'base64').map(
    (octet, at) => octet ^ (signature[at] ?? 0),
  )
  const certificate = createHash('sha256').update(new X509Certificate(sees.cert).raw).digest()
  const binding = base64(Buffer.concat([Buffer.from('p=tls-server-end-point,,'), certificate]))
  const proved = Buffer.from(clientKey).equals(hmac(salted, 'Client Key'))
  if (!withoutProof.startsWith(`c=${binding},`)) {
    connection.say(`334 ${base64('e=channel-bindings-dont-match')}`)
    await connection.line()
    return connection.say('535 5.7.8 no')
  }
  if (!proved) return connection.say('535 5.7.8 no')
  connection.say(`334 ${base64(`v=${base64(hmac(hmac(salted, 'Server Key'), said))}`)}`)
  await connection.line()
  connection.say('235 2.7.0 in')
}

/** A run against a server that has the certificate `sees`, behind something that shows `identity`. */
async function run(sees: Identity) {
  server = await playServer(async connection => {
    await connection.encrypt(identity, { maxVersion: 'TLSv1.2', secureOptions: NO_EXTENDED_MASTER_SECRET })
    connection.say('220 mail.lab.test')
    for (;;) {
      await answer(
        connection,
        { EHLO: ['250-mail.lab.test', '250 AUTH SCRAM-SHA-256-PLUS'], AUTH: [], QUIT: ['221 bye'], '*': ['250 ok'] },
        ['AUTH', 'QUIT'],
      )
      const said = connection.received.trimEnd().split('\r\n').at(-1) ?? ''
      if (!said.startsWith('AUTH SCRAM-SHA-256-PLUS ')) return
      await takeScram(connection, said.split(' ')[2] ?? '', sees)
    }
  })
  const settings = { port: server.port, security: 'tls', user: 'ada', auth: 'auto' } as const
  const ran = await runDiagnosis(settings, { password: PASSWORD }, { extraCa: authority.pem })
  return { ran, found: judge({ account: accountOf(settings), steps: ran.steps }).map(({ id }) => id) }
}

test('SCRAM-SHA-256-PLUS over TLS 1.2 without the extended master secret is bound with tls-server-end-point', async () => {
  const { ran, found } = await run(identity)
  expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { protocol: 'TLSv1.2', trusted: true } })
  expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: 'SCRAM-SHA-256-PLUS' })
  expect(found).toEqual([])
  expect(ran.transcript).not.toContain(PASSWORD)
})

test('something in between that ends the encryption and begins a new one is found by the binding', async () => {
  const { ran, found } = await run(await authority.issue())
  expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', challenge: 'e=channel-bindings-dont-match' })
  expect(found).toEqual(['sign-in-connection-differs'])
  expect(ran.transcript).toContain('the challenge says: e=channel-bindings-dont-match')
})
