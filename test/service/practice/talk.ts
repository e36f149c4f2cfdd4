import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { PracticeEndpoint, PracticeStatus } from '#shared/contract/practice.ts'

/** A conversation with one of the practice ports, line by line, over a real socket. */
export class Talk {
  socket: Socket
  #text = ''
  #ended = false
  #wake = Promise.withResolvers<void>()

  constructor(socket: Socket) {
    this.socket = socket
    this.#listen(socket)
  }

  /** The next whole reply, its lines joined by `\n`; `null` when the connection ended before it. */
  async reply(): Promise<string | null> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r\n/.exec(this.#text)
      if (match) {
        this.#text = this.#text.slice(match[0].length)
        return match[0].trimEnd().replaceAll('\r\n', '\n')
      }
      if (this.#ended) return null
      await this.#wake.promise
      this.#wake = Promise.withResolvers()
    }
  }

  /** Whatever comes first, as it comes. */
  async words(): Promise<string> {
    while (this.#text === '' && !this.#ended) {
      await this.#wake.promise
      this.#wake = Promise.withResolvers()
    }
    return this.#text
  }

  async say(line: string): Promise<string | null> {
    this.socket.write(`${line}\r\n`)
    return this.reply()
  }

  async startTls(ca: string): Promise<TLSSocket> {
    this.socket.removeAllListeners('data')
    const secure = connectTls({ socket: this.socket, ca, host: '127.0.0.1' })
    secure.on('error', () => undefined)
    this.#text = ''
    await once(secure, 'secureConnect')
    this.socket = secure
    this.#listen(secure)
    return secure
  }

  async ended(): Promise<void> {
    if (!this.socket.destroyed) await new Promise<void>(resolve => this.socket.once('close', () => resolve()))
  }

  end(): void {
    this.socket.destroy()
  }

  #listen(socket: Socket): void {
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: string) => {
      this.#text += chunk
      this.#wake.resolve()
    })
    socket.on('close', () => {
      this.#ended = true
      this.#wake.resolve()
    })
  }
}

export function portFor(status: PracticeStatus, security: PracticeEndpoint['security']): number {
  const found = status.smtp.find(one => one.security === security)
  if (!found) throw new Error(`no ${security} port`)
  return found.port
}

/** Connected, nothing read yet. */
export async function call(port: number): Promise<Talk> {
  const socket = connect(port, '127.0.0.1')
  const talk = new Talk(socket)
  await once(socket, 'connect')
  return talk
}

/** On the submission port: greeted, encrypted, and with EHLO said again. */
export async function callEncrypted(port: number, ca: string): Promise<Talk> {
  const talk = await call(port)
  await talk.reply()
  await talk.say('EHLO client.practice.test')
  await talk.say('STARTTLS')
  await talk.startTls(ca)
  await talk.say('EHLO client.practice.test')
  return talk
}

export function plain(user: string, password: string): string {
  return `AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`
}

/** How a TLS handshake ends: the certificate's error code, the alert, or `null` for success. */
export function handshake(port: number, ca: string): Promise<string | null> {
  return new Promise(resolve => {
    const socket = connectTls({ port, host: '127.0.0.1', ca })
    socket.once('secureConnect', () => {
      // TLS 1.3: a server that wants a client certificate says so only after the client thinks it is done.
      socket.once('data', () => {
        socket.destroy()
        resolve(null)
      })
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('close', () => resolve('closed'))
  })
}
