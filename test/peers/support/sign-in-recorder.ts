import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

type SignIn = { readonly user: string | null; readonly password: string | null }

export type SignInRecorder = {
  readonly port: number
  /** Who signed in since the last call. */
  taken(): readonly SignIn[]
  stop(): Promise<void>
}

/** Takes every sign-in, without TLS and by PLAIN or LOGIN, and every message: what the client understood as its settings. */
export async function startSignInRecorder(): Promise<SignInRecorder> {
  let signIns: readonly SignIn[] = []
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth({ username, password }, _session, callback) {
      signIns = [...signIns, { user: username ?? null, password: password ?? null }]
      callback(null, { user: username ?? '' })
    },
    onData(stream, _session, callback) {
      stream.on('end', () => callback())
      stream.resume()
    },
  })
  // A client that breaks off is an answer of its own: its sign-in is missing.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  // A server that listens on TCP has an address with a port.
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    taken() {
      const taken = signIns
      signIns = []
      return taken
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}
