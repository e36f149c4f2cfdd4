import { describe, expect, test } from 'vitest'
import type { ConsoleEvent } from '#shared/contract/console.ts'
import { answer, closedPort, playServer, type PlayedConnection } from '../support/played-server.ts'
import { openServices } from './support/services.ts'

type Client = Awaited<ReturnType<typeof openServices>>['client']

/** Opens a session; the events go on being gathered while the test speaks. */
async function open(client: Client, port: number, extra: { safe?: boolean } = {}) {
  const events: ConsoleEvent[] = []
  const stop = new AbortController()
  const stream = await client.console.open({ host: '127.0.0.1', port, tls: false, ...extra }, { signal: stop.signal })
  const over = (async () => {
    for await (const event of stream) events.push(event)
  })().catch(() => undefined)
  const texts = () => events.flatMap(event => (event.kind === 'lines' ? event.lines.map(line => line.text) : []))
  await expect.poll(() => texts().at(-1)).toMatch(/^220/)
  const sessionId = events.flatMap(event => (event.kind === 'opening' ? [event.sessionId] : []))[0] ?? ''
  return { sessionId, events, texts, stop, over }
}

const greet = async (connection: PlayedConnection) => {
  connection.say('220 mail.lab.test ESMTP')
  await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], AUTH: ['235 ok'], DATA: ['354 go'] })
}

describe('a session through the contract', () => {
  test('streams lines and states, and ends when it is closed', async () => {
    const { client } = await openServices()
    const server = await playServer(greet)
    const session = await open(client, server.port)
    await client.console.send({ sessionId: session.sessionId, line: 'EHLO client.example' })
    await expect.poll(() => session.texts().at(-1)).toBe('250 AUTH PLAIN')
    await expect
      .poll(() => session.events.findLast(event => event.kind === 'state'))
      .toMatchObject({ state: { offers: ['AUTH PLAIN'], greeted: true, waiting: 0 } })
    await client.console.close({ sessionId: session.sessionId })
    await session.over
    expect(session.events.at(-1)).toMatchObject({ kind: 'ended', end: { because: 'closed' } })
    await expect(client.console.send({ sessionId: session.sessionId, line: 'NOOP' })).rejects.toMatchObject({
      data: { code: 'not-found' },
    })
    await server.stop()
  })

  test('safe mode is on unless it is switched off', async () => {
    const { client } = await openServices()
    const server = await playServer(greet)
    const { sessionId, texts } = await open(client, server.port)
    await expect(client.console.send({ sessionId, line: 'DATA' })).rejects.toMatchObject({
      data: { code: 'not-permitted' },
    })
    await client.console.setSafe({ sessionId, safe: false })
    await client.console.send({ sessionId, line: 'DATA' })
    await expect.poll(() => texts().at(-1)).toBe('354 go')
    await server.stop()
  })

  test('a sign-in shows its secret nowhere in the stream', async () => {
    const { client } = await openServices()
    const server = await playServer(greet)
    const session = await open(client, server.port)
    const { evidence } = await client.console.signIn({
      sessionId: session.sessionId,
      user: 'anna',
      secret: 'sehr geheim',
      anyway: true,
    })
    expect(evidence).toMatchObject({ kind: 'accepted' })
    await expect.poll(() => session.texts()).toContain('AUTH PLAIN ***')
    expect(JSON.stringify(session.events)).not.toMatch(/geheim|c2Voci/)
    await server.stop()
  })

  test('leaving the stream closes the connection', async () => {
    const { client } = await openServices()
    const server = await playServer(greet)
    const session = await open(client, server.port)
    session.stop.abort()
    await server.connections[0]?.gone()
    await server.stop()
  })

  test('no more than six sessions are open at a time', async () => {
    const { client } = await openServices()
    const server = await playServer(connection => connection.say('220 ready'))
    for (let count = 0; count < 6; count++) await open(client, server.port)
    await expect(
      (async () => {
        for await (const _ of await client.console.open({ host: '127.0.0.1', port: server.port, tls: false }));
      })(),
    ).rejects.toMatchObject({ data: { code: 'conflict' } })
    await server.stop()
  })

  test('a connection that does not come about ends the stream with its steps', async () => {
    const { client } = await openServices()
    const events: ConsoleEvent[] = []
    const target = { host: '127.0.0.1', port: await closedPort(), tls: false }
    for await (const event of await client.console.open(target)) events.push(event)
    expect(events.at(-1)).toMatchObject({
      kind: 'ended',
      end: { because: 'not-connected', steps: [{ id: 'resolve' }, { id: 'connect', state: 'failed' }] },
    })
  })
})

test('a replay tells how each step went and closes its connection', async () => {
  const { client } = await openServices()
  const server = await playServer(greet)
  const events: ConsoleEvent[] = []
  const target = { host: '127.0.0.1', port: server.port, tls: false }
  const script = 'S: 220*\nC: EHLO a\nS: 250*\nS+ *STARTTLS\n'
  for await (const event of await client.console.replay({ target, script })) events.push(event)
  const steps = events.flatMap(event => (event.kind === 'replayed' ? [event.step.outcome] : []))
  expect(steps).toEqual(['passed', 'passed', 'passed', 'failed'])
  expect(events.at(-1)).toMatchObject({ kind: 'ended', end: { because: 'closed' } })
  await server.connections[0]?.gone()
  await server.stop()
  await expect(
    (async () => {
      for await (const _ of await client.console.replay({ target, script: 'nonsense' }));
    })(),
  ).rejects.toMatchObject({ data: { code: 'bad-input', field: 'script' } })
})
