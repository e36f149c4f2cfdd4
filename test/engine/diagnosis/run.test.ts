import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Step } from '#shared/diagnosis/step.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, closedPort, playServer, type PlayedServer } from '../../support/played-server.ts'

const GREETING = '220 mail.lab.test ESMTP ready'
const PLAIN_ANSWERS = {
  EHLO: ['250-mail.lab.test', '250-PIPELINING', '250-SIZE 1000000', '250-STARTTLS', '250 AUTH PLAIN LOGIN'],
  AUTH: ['235 2.7.0 welcome'],
  MAIL: ['250 2.1.0 sender ok'],
  RCPT: ['250 2.1.5 recipient ok'],
  RSET: ['250 2.0.0 reset'],
  QUIT: ['221 2.0.0 bye'],
}

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

/** A server that does everything right, with STARTTLS. */
async function playGoodServer(answers = PLAIN_ANSWERS) {
  server = await playServer(async connection => {
    connection.say(GREETING)
    await answer(connection, { ...answers, STARTTLS: ['220 2.0.0 go ahead'] }, ['STARTTLS', 'QUIT'])
    if (!connection.received.endsWith('STARTTLS\r\n')) return
    await connection.encrypt(identity)
    await answer(connection, answers)
  })
  return server
}

describe('a run against a server that does everything right', () => {
  test('signs in over STARTTLS and takes the envelope back', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis(
      { port, security: 'starttls', user: 'ada' },
      { password: 'correct horse' },
      { extraCa: authority.pem },
    )
    expect(ran.states).toEqual({
      resolve: 'done',
      connect: 'done',
      encrypt: 'done',
      'sign-in': 'done',
      deliver: 'done',
      domain: 'skipped',
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'encrypted',
      tls: { trusted: true, reason: null, chain: [{ subject: 'O=Lab,CN=mail.lab.test' }] },
      injectedOctets: 0,
    })
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'accepted', mechanism: 'PLAIN' })
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'envelope-accepted',
      mailFrom: 'ada@lab.test',
      recipients: [{ address: 'ada@lab.test', reply: { code: 250, enhanced: '2.1.5' } }],
    })
    for (const step of ran.steps) expect(Step.parse(step)).toEqual(step)
  })

  test('tells its steps in order, and its transcript as it comes', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'none' })
    expect(ran.events.flatMap(event => (event.kind === 'step-started' ? [event.id] : []))).toEqual([
      'resolve',
      'connect',
      'encrypt',
      'deliver',
    ])
    const streamed = ran.events.flatMap(event => (event.kind === 'transcript' ? event.lines : []))
    const ended = ran.events.at(-1)
    expect(ended?.kind === 'ended' && ended.transcript).toEqual(streamed)
  })

  test('never shows the password, not even where the server repeats it', async () => {
    const echo = (line: string) => [`535 5.7.8 I do not like ${line} nor canary-7f3a nor Y2FuYXJ5LTdmM2E=`]
    server = await playServer(async connection => {
      connection.say(GREETING)
      await answer(connection, { ...PLAIN_ANSWERS, AUTH: echo })
    })
    const ran = await runDiagnosis(
      { port: server.port, security: 'none', user: 'ada', auth: 'plain', allowPlaintextSignIn: true },
      { password: 'canary-7f3a' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 535 } })
    const everything = JSON.stringify(ran)
    const forms = ['canary-7f3a', 'Y2FuYXJ5LTdmM2E', Buffer.from('\0ada\0canary-7f3a').toString('base64')]
    for (const form of forms) expect(everything).not.toContain(form)
    expect(server.connections[0]?.received).toContain(forms[2])
  })
})

describe('a run that cannot go on', () => {
  test('a closed port is refused and everything behind it skipped', async () => {
    const ran = await runDiagnosis({ port: await closedPort() })
    expect(ran.states).toMatchObject({ connect: 'failed', encrypt: 'skipped', deliver: 'skipped' })
    expect(evidenceOf(ran, 'connect')).toMatchObject({ kind: 'failed', attempts: [{ outcome: 'refused' }] })
  })

  test('a certificate that is not trusted ends the session before anything else is sent', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'starttls', user: 'ada' }, { password: 'correct horse' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'untrusted', tls: { distrust: 'unknown-issuer' } })
    expect(ran.states['sign-in']).toBe('skipped')
    expect(server?.connections[0]?.received).not.toContain('AUTH')
  })

  test('going on after a certificate failure still withholds the secret', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis(
      { port, security: 'starttls', user: 'ada' },
      { password: 'correct horse' },
      { insecure: true },
    )
    expect(ran.states).toMatchObject({ encrypt: 'done', 'sign-in': 'failed', deliver: 'skipped' })
    expect(evidenceOf(ran, 'sign-in')).toEqual({ kind: 'withheld', because: 'untrusted', mechanism: 'PLAIN' })
  })

  test('an account that does not check certificates signs in all the same', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis(
      { port, security: 'starttls', user: 'ada', verifyCertificate: false },
      { password: 'correct horse' },
    )
    expect(ran.states).toMatchObject({ encrypt: 'done', 'sign-in': 'done', deliver: 'done' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ tls: { trusted: false, distrust: 'unknown-issuer' } })
  })

  test('without encryption a password is withheld', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'none', user: 'ada' }, { password: 'correct horse' })
    expect(evidenceOf(ran, 'sign-in')).toEqual({ kind: 'withheld', because: 'not-encrypted', mechanism: 'PLAIN' })
    expect(server?.connections[0]?.received).not.toContain('AUTH')
  })

  test('a secret that is missing is said, with its reason', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'starttls', user: 'ada' }, {}, { extraCa: authority.pem })
    expect(evidenceOf(ran, 'sign-in')).toEqual({ kind: 'no-secret', because: 'none-stored' })
  })

  test('implicit TLS on a port that begins in plain text', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'tls' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'handshake-failed',
      mode: 'tls',
      fault: { kind: 'plaintext-answer' },
    })
  })

  test('plain text on a port that begins with TLS is found out, not waited for', async () => {
    server = await playServer(connection => connection.encrypt(identity).catch(() => {}))
    const startedAt = performance.now()
    const ran = await runDiagnosis({ port: server.port, security: 'starttls' })
    expect(performance.now() - startedAt).toBeLessThan(6000)
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp', looksLike: 'tls' } })
  })

  test('a CA file that cannot be read is evidence', async () => {
    const { port } = await playGoodServer()
    const ran = await runDiagnosis({ port, security: 'starttls', caFile: '/nonexistent/ca.pem' })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'handshake-failed',
      fault: { kind: 'local-file', code: 'ENOENT' },
    })
  })
})

describe('the end of time', () => {
  test('a stop cancels the step that runs and those behind it, at once', async () => {
    const stop = new AbortController()
    server = await playServer(() => stop.abort())
    const startedAt = performance.now()
    const ran = await runDiagnosis({ port: server.port }, {}, { deadline: new Deadline(30_000, stop.signal) })
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    expect(ran.states).toMatchObject({ resolve: 'done', connect: 'cancelled', encrypt: 'cancelled' })
    expect(ran.steps.find(step => step.id === 'connect')).toMatchObject({ because: 'stopped' })
  })

  test('a server that never greets is reported as silent when the time is up', async () => {
    server = await playServer(() => {})
    const ran = await runDiagnosis({ port: server.port }, {}, { deadline: new Deadline(300) })
    expect(ran.states.connect).toBe('failed')
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'silent' } })
  })

  test('leaving the stream early closes the connection', async () => {
    server = await playServer(connection => connection.gone())
    const { diagnose } = await import('#engine/diagnosis/run.ts')
    const { accountOf } = await import('../../support/diagnose.ts')
    const run = diagnose(
      {
        account: accountOf({ port: server.port }),
        secret: { kind: 'missing', because: 'none-stored' },
        purpose: 'test',
        sendTo: [],
      },
      {
        deadline: new Deadline(30_000),
        resolver: 'system',
        now: () => new Date(),
        readFile: () => Promise.reject(new Error('no files here')),
      },
    )
    for await (const event of run) if (event.kind === 'step-started' && event.id === 'connect') break
    await server.connections[0]?.gone()
  })
})
