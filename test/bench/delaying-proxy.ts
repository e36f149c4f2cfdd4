import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type DelayingProxy = { readonly port: number; stop(): Promise<void> }

/**
 * Stands between a client and a port of this machine and holds everything up for half a round trip each way, in order.
 * The system itself answers the TCP handshake, so a connection costs nothing here; the first octets cost a round trip.
 */
export async function startDelayingProxy(targetPort: number, roundTripMs: number): Promise<DelayingProxy> {
  const sockets = new Set<Socket>()
  const later = (work: () => void) => void setTimeout(work, roundTripMs / 2)
  const server = createServer({ noDelay: true }, client => {
    sockets.add(client)
    client.on('error', () => {})
    const held: Buffer[] = []
    client.on('data', (octets: Buffer) => held.push(octets))
    later(() => {
      const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
      sockets.add(upstream)
      upstream.on('error', () => client.destroy())
      client.removeAllListeners('data')
      for (const octets of held) upstream.write(octets)
      client.on('data', (octets: Buffer) => later(() => upstream.writable && upstream.write(octets)))
      upstream.on('data', (octets: Buffer) => later(() => client.writable && client.write(octets)))
      client.on('end', () => later(() => upstream.end()))
      upstream.on('end', () => later(() => client.end()))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
