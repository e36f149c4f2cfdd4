import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type SecureVersion, type TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { awaitTicket } from '#engine/tls/ticket.ts'
import { createSelfSigned } from '../../support/certificates.ts'

const identity = await createSelfSigned()

/** A client whose server sends back what it gets. */
async function connectToEcho(version: SecureVersion): Promise<TLSSocket> {
  const server = createServer({ ...identity, minVersion: version, maxVersion: version }, socket => {
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is an object.
  const client = connect({ port: (server.address() as AddressInfo).port, rejectUnauthorized: false })
  client.on('error', () => {})
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  await once(client, 'secureConnect')
  return client
}

/** Whether it is over without a turn of the event loop. */
async function atOnce(work: Promise<void>): Promise<boolean> {
  return Promise.race([work.then(() => true), new Promise<false>(resolve => setImmediate(resolve, false))])
}

test('what is written right behind the ticket leaves', async () => {
  const client = await connectToEcho('TLSv1.3')
  await awaitTicket(client, 20)
  client.write('EHLO client.lab.test\r\n')
  const [echoed] = await once(client, 'data')
  expect(String(echoed)).toBe('EHLO client.lab.test\r\n')
})

test('a ticket that has come is not waited for', async () => {
  const client = await connectToEcho('TLSv1.3')
  const ticketed = once(client, 'session')
  client.resume()
  await ticketed
  expect(client.getTLSTicket()).toBeDefined()
  expect(await atOnce(awaitTicket(client, 1))).toBe(true)
})

test('a server that is far away is not made to wait', async () => {
  expect(await atOnce(awaitTicket(await connectToEcho('TLSv1.3'), 100))).toBe(true)
})

test('in TLS 1.2 the ticket is part of the handshake', async () => {
  expect(await atOnce(awaitTicket(await connectToEcho('TLSv1.2'), 1))).toBe(true)
})

test('a connection that ends meanwhile is waited for no longer', async () => {
  const client = await connectToEcho('TLSv1.3')
  client.destroy()
  await awaitTicket(client, 1)
  expect(client.destroyed).toBe(true)
})
