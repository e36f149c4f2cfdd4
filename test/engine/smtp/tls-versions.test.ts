import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import { onTestFinished, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { tryTlsVersions } from '#engine/smtp/tls-versions.ts'
import { createAuthority } from '../../support/certificates.ts'
import { answer, closedPort, playServer } from '../../support/played-server.ts'

const identity = await (await createAuthority()).issue({ key: 'rsa' })

const tries = async (port: number, security: 'starttls' | 'tls', budgetMs = 5000) => {
  const options = { deadline: new Deadline(budgetMs), resolver: 'system', now: () => new Date() } as const
  const all = await tryTlsVersions({ host: '127.0.0.1', port, security }, options)
  return Object.fromEntries(all.map(each => [each.version, each.outcome]))
}

async function serve(options: TlsOptions): Promise<number> {
  const server = createServer({ ...identity, ...options }, socket => socket.on('error', () => {}).resume())
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  // A TCP server's address is an object.
  return (server.address() as AddressInfo).port
}

test('a server with every version since 1.0', async () => {
  const port = await serve({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  expect(await tries(port, 'tls')).toEqual({
    TLSv1: 'accepted',
    'TLSv1.1': 'accepted',
    'TLSv1.2': 'accepted',
    'TLSv1.3': 'accepted',
  })
})

test('a server with 1.2 alone refuses the others', async () => {
  const port = await serve({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
  expect(await tries(port, 'tls')).toEqual({
    TLSv1: 'refused',
    'TLSv1.1': 'refused',
    'TLSv1.2': 'accepted',
    'TLSv1.3': 'refused',
  })
})

test('behind STARTTLS', async () => {
  const server = await playServer(async connection => {
    connection.say('220 mail.lab.test')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(identity, { maxVersion: 'TLSv1.2' }).catch(() => {})
  })
  onTestFinished(() => server.stop())
  expect(await tries(server.port, 'starttls')).toMatchObject({ 'TLSv1.2': 'accepted', 'TLSv1.3': 'refused' })
})

test('a port that is closed, and one that stays silent, refuse nothing: it is not known', async () => {
  const unknown = { TLSv1: 'unknown', 'TLSv1.1': 'unknown', 'TLSv1.2': 'unknown', 'TLSv1.3': 'unknown' }
  expect(await tries(await closedPort(), 'tls')).toEqual(unknown)
  const silent = await playServer(() => {})
  onTestFinished(() => silent.stop())
  expect(await tries(silent.port, 'tls', 300)).toEqual(unknown)
  expect(await tries(silent.port, 'starttls', 300)).toEqual(unknown)
})
