import { afterEach, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { tryTlsVersions } from '#engine/smtp/tls-versions.ts'
import { createSelfSigned } from '../../support/certificates.ts'
import { answer, closedPort, playServer, type PlayedServer } from '../../support/played-server.ts'

let server: PlayedServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

const options = () => ({ deadline: new Deadline(5000), resolver: 'system' as const, now: () => new Date() })
const outcomes = (tried: Awaited<ReturnType<typeof tryTlsVersions>>) =>
  tried.map(({ version, outcome }) => [version, outcome])

test('each version is offered alone, behind STARTTLS', async () => {
  const identity = await createSelfSigned()
  server = await playServer(async connection => {
    connection.say('220 ready')
    await answer(connection, { EHLO: ['250-mail', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    // What the server refuses breaks its side too.
    await connection.encrypt(identity, { maxVersion: 'TLSv1.2' }).catch(() => {})
  })
  const tried = await tryTlsVersions({ host: '127.0.0.1', port: server.port, security: 'starttls' }, options())
  expect(outcomes(tried).slice(2)).toEqual([
    ['TLSv1.2', 'accepted'],
    ['TLSv1.3', 'refused'],
  ])
  expect(tried[2]?.cipher).toMatch(/GCM|CHACHA/)
})

test('a server that refuses STARTTLS was not asked, which is no refusal of a version', async () => {
  server = await playServer(async connection => {
    connection.say('220 ready')
    await answer(connection, { EHLO: ['250 mail'], STARTTLS: ['502 no'] })
  })
  const tried = await tryTlsVersions({ host: '127.0.0.1', port: server.port, security: 'starttls' }, options())
  expect(outcomes(tried)).toEqual(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map(version => [version, 'unknown']))
})

test('a closed port says nothing about versions', async () => {
  const tried = await tryTlsVersions({ host: '127.0.0.1', port: await closedPort(), security: 'tls' }, options())
  expect(tried.every(({ outcome }) => outcome === 'unknown')).toBe(true)
})
