import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAuthority } from './certificates.ts'

export type PolicyServer = {
  readonly port: number
  /** The CA of its certificate, PEM. */
  readonly ca: string
  /** From now on, this text. */
  publish(policy: string): void
  close(): Promise<void>
}

/** A web server that has the MTA-STS policy of these hosts. */
export async function startPolicyServer(names: readonly string[], policy: string): Promise<PolicyServer> {
  const authority = await createAuthority()
  let text = policy
  const server = createServer(await authority.issue({ names }), (_, response) => response.end(text))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    port,
    ca: authority.pem,
    publish: next => {
      text = next
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
