import type { Socket } from 'node:net'
import type { SMTPServer } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import { type Behaviour, MECHANISMS } from './behaviour.ts'
import type { Moment, Visit } from './fault.ts'

export type SessionRules = {
  readonly behaviour: Behaviour
  /** RFC 8314 section 4.1: a submission server may insist on TLS before anything that matters. */
  readonly encryptionRequired: boolean
  readonly signInRequired: boolean
}

/** smtp-server's session with the places where a fault can show. */
export class MailConnection extends SMTPConnection {
  readonly #rules: SessionRules
  /** The outermost socket: during a handshake, closing the one below would pull the rug from under OpenSSL. */
  #top: Socket
  /** The last packet, where what stands behind STARTTLS in it is to be obeyed. */
  #packet = ''

  constructor(server: SMTPServer, socket: Socket, options: Options, rules: SessionRules) {
    super(server, socket, options)
    this.#rules = rules
    this.#top = socket
    if (rules.behaviour.afterStarttls !== 'obeyed') return
    socket.on('data', (octets: Buffer) => {
      this.#packet = octets.toString('latin1')
    })
  }

  cut(): void {
    this.#top.destroy()
  }

  override _armTimeout(socket?: Socket): void {
    if (socket) this.#top = socket
    super._armTimeout(socket)
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const { behaviour } = this.#rules
    if (code === 250 && Array.isArray(data)) return super.send(code, this.#offer(data), context)
    if (typeof data !== 'string') return super.send(code, data, context)
    if (behaviour.mangled && code === 220 && context === false) return super.send(code, data.replace(/\S/g, '*'), false)
    // A refusal of ours brings its own enhanced status code (RFC 3463), on each of its lines.
    const own = /^[245]\.\d{1,3}\.\d{1,3} /.test(data)
    super.send(code, data.includes('\n') ? data.split('\n') : data, own ? false : context)
  }

  override handler_EHLO(command: Buffer, callback: () => void): void {
    if (!this.#refused('ehlo', { ehloName: nameIn(command) }, callback)) super.handler_EHLO(command, callback)
  }

  override handler_HELO(command: Buffer, callback: () => void): void {
    if (!this.#refused('helo', { ehloName: nameIn(command) }, callback)) super.handler_HELO(command, callback)
  }

  override handler_STARTTLS(command: Buffer, callback: () => void): void {
    const { behaviour } = this.#rules
    if (behaviour.withholds('STARTTLS')) {
      this.send(502, '5.5.1 Error: command not implemented')
      return callback()
    }
    if (this.#refused('starttls', {}, callback)) return
    if (this.secure || behaviour.afterStarttls === null) return super.handler_STARTTLS(command, callback)
    if (behaviour.afterStarttls === 'injected') {
      // One write, so that both replies arrive together, as they do in the attack (CVE-2011-0411 kind).
      this._socket.write('220 2.0.0 Ready to start TLS\r\n250 2.0.0 Practice injected this\r\n')
      return this.upgrade(callback)
    }
    if (behaviour.afterStarttls === 'obeyed') {
      const slippedIn = /^STARTTLS\r?\n(.+)/ims.exec(this.#packet)?.[1] ?? ''
      this.send(220, '2.0.0 Ready to start TLS', false)
      return this.upgrade(callback, () => {
        if (this._parser) this._parser.write(Buffer.from(slippedIn, 'latin1'))
      })
    }
    this._socket.write('220 2.0.0 Ready to start TLS\r\n')
    this.#hearNextOnly(() => this._socket.end('454 4.7.0 TLS library problem\r\n'))
  }

  override handler_AUTH(command: Buffer, callback: () => void): void {
    const { behaviour, encryptionRequired } = this.#rules
    if (behaviour.cuts('auth')) return this.cut()
    if (behaviour.withholds('AUTH')) {
      this.send(502, '5.5.1 Error: authentication not enabled')
      return callback()
    }
    if (encryptionRequired && !this.secure) {
      this.send(530, '5.7.0 Must issue a STARTTLS command first')
      return callback()
    }
    const mechanism = command.toString('latin1').split(' ', 2)[1]?.toUpperCase() ?? ''
    if (!behaviour.mechanisms.includes(mechanism) || !MECHANISMS.includes(mechanism)) {
      this.send(504, '5.7.4 Unrecognized authentication type')
      return callback()
    }
    super.handler_AUTH(command, callback)
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (this.session.envelope.rcptTo.length > 0 && this.#refused('data', {}, callback)) return
    if (!this.#rules.behaviour.cuts('data')) return super.handler_DATA(command, callback)
    this.send(354, 'End data with <CR><LF>.<CR><LF>')
    this.#hearNextOnly(() => this.cut())
  }

  /** What is known of the session now. */
  visit(more: Partial<Visit> = {}): Visit {
    return {
      clientAddress: this.remoteAddress,
      ehloName: this.hostNameAppearsAs === false ? null : this.hostNameAppearsAs,
      encrypted: this.secure,
      user: typeof this.session.user === 'string' ? this.session.user : null,
      mailFrom: null,
      rcptTo: null,
      parameters: [],
      ...more,
    }
  }

  #refused(at: Moment, more: Partial<Visit>, callback: () => void): boolean {
    const refusal = this.#rules.behaviour.refusal(at, this.visit(more))
    if (!refusal) return false
    this.send(refusal.code, refusal.text)
    callback()
    return true
  }

  /** From now on the session is deaf: what comes next is only a signal. */
  #hearNextOnly(then: () => void): void {
    this._socket.unpipe()
    this._socket.once('data', then)
    this._socket.resume()
  }

  #offer(lines: readonly string[]): string[] {
    const { behaviour, encryptionRequired } = this.#rules
    return lines
      .filter(
        line => !(line.startsWith('AUTH ') && (behaviour.withholds('AUTH') || (encryptionRequired && !this.secure))),
      )
      .filter(line => line !== 'STARTTLS' || behaviour.mangled || !behaviour.withholds('STARTTLS'))
      .map(line => (line === 'STARTTLS' && behaviour.mangled ? 'XXXXXXXA' : line))
  }
}

type Options = ConstructorParameters<typeof SMTPConnection>[2]

function nameIn(command: Buffer): string {
  return (command.toString('latin1').trim().split(/\s+/, 2)[1] ?? '').toLowerCase()
}
