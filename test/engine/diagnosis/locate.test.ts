import { expect, test } from 'vitest'
import type { BlockObservations } from '#shared/diagnosis/block-observations.ts'
import { locateBlock } from '#shared/finding/locate.ts'
import { observeBlock, type LocateOptions, type LocateQuestion } from '#engine/diagnosis/locate.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { answer, closedPort, playServer, type PlayedConnection } from '../../support/played-server.ts'

function observe(question: Partial<LocateQuestion>, options: Partial<LocateOptions> = {}): Promise<BlockObservations> {
  return observeBlock(
    { host: '127.0.0.1', port: 25, security: 'none', controlHost: null, inContainer: false, ...question },
    { deadline: new Deadline(5_000), resolver: 'system', dns: null, now: () => new Date(), ...options },
  )
}

const speakSmtp = (connection: PlayedConnection) => {
  connection.say('220 mail.test ESMTP')
  return answer(connection, { EHLO: ['250-mail.test', '250 SIZE 1000'], QUIT: ['221 Bye'] })
}

const speakRewritten = (connection: PlayedConnection) => {
  connection.say('220 ****************')
  return answer(connection, { EHLO: ['250-mail.test', '250-XXXXXXXA', '250 SIZE'], QUIT: ['221 Bye'] })
}

test('a port that nobody listens on is a refusal, and the machine itself is named', async () => {
  const seen = await observe({ port: await closedPort() })
  expect(seen.dials.find(({ role }) => role === 'asked')).toMatchObject({ outcome: 'refused', family: 4 })
  expect(locateBlock(seen)[0]?.id).toBe('server-down')
  expect(locateBlock({ ...seen, inContainer: true })[0]?.id).toBe('localhost-in-container')
})

test('a server that speaks is reached, greeted and left again, and no credential is sent', async () => {
  const server = await playServer(speakSmtp)
  const seen = await observe({ port: server.port })
  expect(seen.talk?.greeting).toMatchObject({ kind: 'ready' })
  expect(locateBlock(seen)[0]?.id).toBe('reachable')
  for (const { received } of server.connections) expect(received).not.toMatch(/AUTH|MAIL|RCPT/i)
  await server.stop()
})

test('a web page in place of a greeting is a captive portal', async () => {
  const server = await playServer(connection =>
    connection.raw('HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\n\r\n'),
  )
  const seen = await observe({ port: server.port })
  expect(locateBlock(seen)[0]?.id).toBe('captive-portal')
  await server.stop()
})

test('extensions that are overwritten on the way are interception', async () => {
  const server = await playServer(speakRewritten)
  expect(locateBlock(await observe({ port: server.port }))[0]?.id).toBe('interception')
  await server.stop()
})

test('a name that does not exist is known at once, and nothing is dialled', async () => {
  const seen = await observe({ host: 'nothing.invalid.' })
  expect(seen.dials).toEqual([])
  expect(['name-wrong', 'resolver-silent']).toContain(locateBlock(seen)[0]?.id)
})

test('everything is known piece by piece, and the whole at the end', async () => {
  const told: BlockObservations[] = []
  const seen = await observe({ port: await closedPort() }, { onSeen: each => told.push(each) })
  expect(told[0]?.dials).toEqual([])
  expect(told.length).toBeGreaterThan(3)
  expect(told.at(-1)?.dials).toHaveLength(seen.dials.length)
})

test('the host to compare with is connected to on the same port, and nothing is said to it', async () => {
  const server = await playServer(connection => connection.gone())
  const seen = await observe({ host: '127.0.0.2', port: server.port, controlHost: '127.0.0.1' })
  expect(seen.dials.filter(({ role }) => role === 'control')).toMatchObject([
    { outcome: 'connected', port: server.port },
  ])
  expect(server.connections.map(({ received }) => received)).toEqual([''])
  await server.stop()
})

test('a server that never says anything holds nobody up longer than the deadline', async () => {
  const server = await playServer(connection => connection.gone())
  const startedAt = performance.now()
  const seen = await observe({ port: server.port }, { deadline: new Deadline(400) })
  expect(performance.now() - startedAt).toBeLessThan(6_000)
  expect(seen.dials.some(({ role, outcome }) => role === 'asked' && outcome === 'connected')).toBe(true)
  await server.stop()
})
