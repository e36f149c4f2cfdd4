import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export type DelayingDns = { readonly port: number; stop(): void }

/** Stands between a client and a DNS server of this machine and hands every answer on so much later. */
export async function startDelayingDns(targetPort: number, delayMs: number): Promise<DelayingDns> {
  const server = createSocket('udp4')
  const upstreams = new Set<Socket>()
  server.on('message', (question, client) => {
    // A socket for each question: ids of several clients may be the same.
    const upstream = createSocket('udp4')
    upstreams.add(upstream)
    upstream.on('message', answer => {
      upstreams.delete(upstream)
      upstream.close()
      setTimeout(() => server.send(answer, client.port, client.address, () => {}), delayMs)
    })
    upstream.send(question, targetPort, '127.0.0.1')
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    stop: () => {
      for (const upstream of upstreams) upstream.close()
      server.close()
    },
  }
}
