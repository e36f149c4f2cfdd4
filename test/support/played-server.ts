import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls'
import type { Identity } from './certificates.ts'

/** What a server's side of TLS is limited to. */
export type TlsBounds = Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers' | 'secureOptions'>

/** What the other side of one connection does: a script, not a server. */
export class PlayedConnection {
  /** Everything that the client sent, decrypted where TLS is on. */
  received = ''
  #socket: Socket
  #read = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listen()
  }

  get socket(): Socket {
    return this.#socket
  }

  /** Sends these lines in one packet, with CR LF behind each. */
  say(...lines: readonly string[]): void {
    this.raw(lines.map(line => `${line}\r\n`).join(''))
  }

  raw(octets: string | Buffer): void {
    if (this.#socket.writable) this.#socket.write(octets)
  }

  /** The next line of the client; null when it has gone. */
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.received.indexOf('\n', this.#read)
      if (end >= 0) {
        const line = this.received.slice(this.#read, end).replace(/\r$/, '')
        this.#read = end + 1
        return line
      }
      if (this.#ended) return null
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** Waits until the client has gone. */
  async gone(): Promise<void> {
    while ((await this.line()) !== null);
  }

  /** TLS from here on, as the server's side. */
  async encrypt(identity: Identity, options: TlsBounds = {}): Promise<void> {
    this.#socket.removeAllListeners('data')
    this.#socket = new TLSSocket(this.#socket, {
      isServer: true,
      secureContext: createSecureContext({ key: identity.key, cert: identity.cert, ...options }),
    })
    this.#socket.on('error', () => {})
    await once(this.#socket, 'secure')
    this.#listen()
  }

  close(): void {
    this.#socket.end()
  }

  /** RST in place of FIN. */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  #listen(): void {
    const end = () => {
      this.#ended = true
      this.#wake()
    }
    this.#socket.on('data', (octets: Buffer) => {
      this.received += octets.toString('latin1')
      this.#wake()
    })
    this.#socket.on('error', () => {})
    this.#socket.on('end', end).on('close', end)
  }
}

export type PlayedServer = {
  readonly port: number
  readonly connections: readonly PlayedConnection[]
  stop(): Promise<void>
}

/** Plays the same part for every connection, on 127.0.0.1 and a free port. A part that fails fails `stop`. */
export async function playServer(part: (connection: PlayedConnection) => Promise<void> | void): Promise<PlayedServer> {
  const connections: PlayedConnection[] = []
  const failures: unknown[] = []
  const server = createServer({ noDelay: true }, socket => {
    const connection = new PlayedConnection(socket)
    connections.push(connection)
    void (async () => part(connection))().catch((error: unknown) => failures.push(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    connections,
    stop: async () => {
      for (const connection of connections) connection.socket.destroy()
      server.close()
      await once(server, 'close')
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export type Answers = Readonly<Record<string, readonly string[] | ((line: string) => readonly string[])>>

/**
 * Plays a server that greets and answers each command by its first word; `*` for the rest. Ends at QUIT. Returns at the
 * first command of `until`, answered, so that a script can go on from there.
 */
export async function answer(
  connection: PlayedConnection,
  answers: Answers,
  until: readonly string[] = [],
): Promise<void> {
  for (let line = await connection.line(); line !== null; line = await connection.line()) {
    const verb = (line.split(' ')[0] ?? '').toUpperCase()
    const reply = answers[verb] ?? answers['*'] ?? ['502 5.5.1 not in this play']
    connection.say(...(typeof reply === 'function' ? reply(line) : reply))
    if (until.includes(verb)) return
    if (verb === 'QUIT') {
      connection.close()
      return
    }
  }
}
