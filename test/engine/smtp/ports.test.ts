import { afterEach, beforeAll, expect, test } from 'vitest'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { lookAtPorts, type PortRow } from '#engine/smtp/ports.ts'
import { createAuthority, type Authority } from '../../support/certificates.ts'
import {
  answer,
  closedPort,
  playServer,
  type PlayedConnection,
  type PlayedServer,
} from '../../support/played-server.ts'

const servers: PlayedServer[] = []
let authority: Authority

beforeAll(async () => {
  authority = await createAuthority()
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

async function play(part: (connection: PlayedConnection) => Promise<void> | void) {
  const server = await playServer(part)
  servers.push(server)
  return server.port
}

async function look(
  ports: readonly number[],
  onRow?: (row: PortRow) => void,
  more: { insecure?: boolean; tlsLimits?: TlsLimits } = {},
) {
  const options = {
    deadline: new Deadline(10_000),
    resolver: 'system',
    now: () => new Date(),
    extraCa: authority.pem,
    ...more,
  } as const
  const { matrix } = await lookAtPorts('127.0.0.1', options, onRow ? { onRow } : {}, ports)
  const outcomes = Object.fromEntries(matrix.rows.map(row => [`${row.port} ${row.security}`, row.outcome]))
  return { matrix, outcomes }
}

test('a STARTTLS port, a TLS port, a plain port and a closed one, side by side', async () => {
  const identity = await authority.issue()
  const starttls = await play(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'], QUIT: ['221 bye'] }, [
      'STARTTLS',
      'QUIT',
    ])
    if (!connection.received.endsWith('STARTTLS\r\n')) return
    await connection.encrypt(identity)
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], QUIT: ['221 bye'] })
  })
  const tls = await play(async connection => {
    await connection.encrypt(identity).catch(() => connection.reset())
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN LOGIN'], QUIT: ['221 bye'] })
  })
  const plain = await play(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  const closed = await closedPort()
  const told: PortRow[] = []
  const { matrix, outcomes } = await look([tls, starttls, plain, closed], row => told.push(row))
  expect(outcomes).toEqual({
    [`${tls} none`]: 'not-smtp',
    [`${tls} starttls`]: 'not-smtp',
    [`${tls} tls`]: 'ok',
    [`${starttls} none`]: 'ok',
    [`${starttls} starttls`]: 'ok',
    [`${starttls} tls`]: 'handshake-failed',
    [`${plain} none`]: 'ok',
    [`${plain} starttls`]: 'not-offered',
    [`${plain} tls`]: 'handshake-failed',
    [`${closed} none`]: 'refused',
    [`${closed} starttls`]: 'refused',
    [`${closed} tls`]: 'refused',
  })
  expect(matrix.best).toEqual({ port: tls, security: 'tls' })
  expect(matrix.rows.find(row => row.port === starttls && row.security === 'starttls')).toMatchObject({
    offersAuth: ['PLAIN'],
    trusted: true,
    family: 4,
    address: '127.0.0.1',
  })
  expect(matrix.rows.find(row => row.port === starttls && row.security === 'none')).toMatchObject({
    offersAuth: [],
    trusted: null,
  })
  expect(told).toHaveLength(matrix.rows.length)
})

test('a certificate that is not trusted makes no best way', async () => {
  const stranger = await (await createAuthority('O=Other,CN=Other Root')).issue()
  const port = await play(async connection => {
    await connection.encrypt(stranger).catch(() => connection.reset())
  })
  const { matrix, outcomes } = await look([port])
  expect(outcomes[`${port} tls`]).toBe('untrusted')
  expect(matrix).toMatchObject({ best: null, bestIfTrusted: { port, security: 'tls' } })
})

test('plain text is not the best way beside TLS with a certificate that is not trusted, unless that is accepted', async () => {
  const stranger = await (await createAuthority('O=Other,CN=Other Root')).issue()
  const port = await play(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'], STARTTLS: ['220 go'], QUIT: ['221 bye'] }, [
      'STARTTLS',
      'QUIT',
    ])
    if (!connection.received.endsWith('STARTTLS\r\n')) return
    await connection.encrypt(stranger).catch(() => connection.reset())
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], QUIT: ['221 bye'] })
  })
  const { matrix, outcomes } = await look([port])
  expect(outcomes).toMatchObject({ [`${port} none`]: 'ok', [`${port} starttls`]: 'untrusted' })
  expect(matrix).toMatchObject({ best: null, bestIfTrusted: { port, security: 'starttls' } })
  const accepting = await look([port], undefined, { insecure: true })
  expect(accepting.matrix).toMatchObject({ best: { port, security: 'starttls' }, bestIfTrusted: null })
})

test('plain text is the best way where nothing encrypts', async () => {
  const port = await play(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  expect((await look([port])).matrix).toMatchObject({ best: { port, security: 'none' }, bestIfTrusted: null })
})

test('a row is told as soon as it is known: plain text before the same connection says STARTTLS', async () => {
  let goOn = () => {}
  const told = new Promise<void>(resolve => (goOn = resolve))
  const rows: PortRow[] = []
  const port = await play(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250-mail.lab.test', '250 STARTTLS'] }, ['STARTTLS'])
    // Without the row there would never be an answer.
    await told
    connection.say('454 not now')
  })
  const { matrix } = await look([port], row => {
    rows.push(row)
    if (row.security === 'none') goOn()
  })
  expect(rows.map(({ security }) => security).filter(security => security !== 'tls')).toEqual(['none', 'starttls'])
  expect(new Set(rows)).toEqual(new Set(matrix.rows))
})

test('the version that is spoken, and where the floor lies above it, the one that is spoken without', async () => {
  const identity = await authority.issue()
  const port = await play(async connection => {
    const encrypted = await connection.encrypt(identity, { maxVersion: 'TLSv1.2' }).then(
      () => true,
      () => false,
    )
    if (!encrypted) return connection.close()
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  const tlsRow = async (tlsLimits?: TlsLimits) =>
    (await look([port], undefined, tlsLimits && { tlsLimits })).matrix.rows.find(({ security }) => security === 'tls')
  expect(await tlsRow()).toMatchObject({ outcome: 'ok', protocol: 'TLSv1.2' })
  expect(await tlsRow({ min: '1.3', max: '1.3', ciphers: null })).toMatchObject({
    outcome: 'handshake-failed',
    protocol: 'TLSv1.2',
  })
})
