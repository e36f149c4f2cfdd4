import { describe, expect, test } from 'vitest'
import type { LookEvent, PortsEvent } from '#shared/contract/server-info.ts'
import { answer, playServer } from '../support/played-server.ts'
import { openServices } from './support/services.ts'

type Services = Awaited<ReturnType<typeof openServices>>

async function practice({ client }: Services) {
  const status = await client.practice.start()
  const door = status.smtp.find(({ security }) => security === 'starttls')
  if (!door) throw new Error('no door with STARTTLS')
  return door
}

async function look({ client }: Services, input: { host: string; port: number; options?: { insecure: boolean } }) {
  const events: LookEvent[] = []
  for await (const event of await client.serverInfo.look(input)) events.push(event)
  const last = events.at(-1)
  if (last?.kind !== 'ended') throw new Error('the look did not end')
  return { events, last }
}

describe('a look at the practice server', () => {
  test('trusts its CA by itself, and tells what is offered before and behind TLS', async () => {
    const services = await openServices()
    const door = await practice(services)
    const { events, last } = await look(services, door)
    expect(events.map(({ kind }) => kind)).toContain('step-ended')
    expect(last.info).toMatchObject({
      security: 'starttls',
      tls: { trusted: true },
      capabilities: { plain: { starttls: true, auth: [] }, tls: { starttls: false } },
    })
    expect(last.info.capabilities.tls?.auth).toContain('PLAIN')
    expect(last.findings).toEqual([])
  })

  test.each([
    ['expired-certificate', 'encrypt-certificate-expired'],
    ['slow-greeting', 'connect-greeting-slow'],
    ['greeting-554', 'connect-greeting-blocklisted'],
  ])('with the fault %s it finds %s', async (fault, finding) => {
    const services = await openServices()
    const door = await practice(services)
    await services.client.practice.setFaults({ active: [fault] })
    const { last } = await look(services, { ...door, options: { insecure: true } })
    expect(last.findings.map(({ id }) => id)).toContain(finding)
    expect(last.findings.flatMap(({ fixes }) => fixes.map(({ kind }) => kind))).not.toContain('settings')
  })

  test('says which versions of TLS it accepts', async () => {
    const services = await openServices()
    const { host, port } = await practice(services)
    const { versions, findings } = await services.client.serverInfo.tlsVersions({ host, port })
    expect(findings).toEqual([])
    expect(versions.map(({ version, outcome }) => [version, outcome])).toEqual([
      ['TLSv1', 'refused'],
      ['TLSv1.1', 'refused'],
      ['TLSv1.2', 'accepted'],
      ['TLSv1.3', 'accepted'],
    ])
  })

  test('fills the table of ports, the port that was named among them', async () => {
    const services = await openServices()
    const { host, port } = await practice(services)
    const events: PortsEvent[] = []
    for await (const event of await services.client.serverInfo.ports({ host, alsoPort: port })) events.push(event)
    const rows = events.flatMap(event => (event.kind === 'row' ? [event.row] : []))
    expect(rows.filter(row => row.port === port).map(({ security, outcome }) => [security, outcome])).toEqual(
      expect.arrayContaining([
        ['starttls', 'ok'],
        ['none', 'ok'],
        ['tls', 'handshake-failed'],
      ]),
    )
    expect(events.at(-1)).toMatchObject({ kind: 'ended', best: { port, security: 'starttls' }, unresolved: null })
  })
})

test('a stop keeps what is known', async () => {
  const { client } = await openServices()
  const server = await playServer(() => {})
  const events: LookEvent[] = []
  for await (const event of await client.serverInfo.look({ host: '127.0.0.1', port: server.port })) {
    events.push(event)
    if (event.kind === 'step-started' && event.id === 'connect') {
      const lookId = events.flatMap(each => (each.kind === 'started' ? [each.lookId] : []))[0] ?? ''
      await client.serverInfo.stop({ lookId })
    }
  }
  expect(events.at(-1)).toMatchObject({
    kind: 'ended',
    steps: [
      { id: 'resolve', state: 'done' },
      { id: 'connect', state: 'cancelled', because: 'stopped' },
    ],
  })
  await server.stop()
})

test('the software is guessed from words that are named', async () => {
  const { client } = await openServices()
  const server = await playServer(async connection => {
    connection.say('220 mail.lab.test ESMTP Exim 4.96')
    await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
  })
  for await (const event of await client.serverInfo.look({ host: '127.0.0.1', port: server.port })) {
    if (event.kind !== 'ended') continue
    expect(event).toMatchObject({ info: { software: 'Exim 4.96' }, softwareRestsOn: 'Exim 4.96' })
  }
  await server.stop()
})

test('what is no host is a problem with the field', async () => {
  const { client } = await openServices()
  await expect(
    (async () => {
      for await (const _ of await client.serverInfo.look({ host: 'no host!', port: 25 }));
    })(),
  ).rejects.toMatchObject({ data: { code: 'bad-input', field: 'host' } })
})
