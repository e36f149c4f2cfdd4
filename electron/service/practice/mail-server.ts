import type { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerAuthentication,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server'
import type { Behaviour } from './behaviour.ts'
import type { Certificates } from './certificates.ts'
import type { Moment, Visit } from './fault.ts'
import type { Arrival } from './inbox.ts'
import { MailConnection, type SessionRules } from './mail-connection.ts'
import { PRACTICE_HOST, PRACTICE_USER } from './names.ts'

export type MailServerParts = {
  readonly certificates: Certificates
  readonly password: string
  /** Takes a message that was accepted. */
  deliver(arrival: Arrival): Promise<void>
}

type Connections = NonNullable<ConstructorParameters<typeof MailConnection>[2]>

/** smtp-server without a port of its own: `accept` gives it the connections. */
export class MailServer extends SMTPServer {
  readonly #rules: SessionRules
  readonly #parts: MailServerParts
  readonly #mailConnections = new Map<string, MailConnection>()

  constructor(rules: SessionRules, implicitTls: boolean, tls: TlsOptions, parts: MailServerParts) {
    const { behaviour } = rules
    super({
      ...tls,
      secure: implicitTls,
      name: PRACTICE_HOST,
      banner: 'Mailwright practice',
      heloResponse: '%s',
      size: behaviour.sizeBytes,
      rejectOversized: true,
      authMethods: [...behaviour.mechanisms],
      // What a port insists on is decided in our own handlers, where a fault can decide otherwise.
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
      disableReverseLookup: true,
      hideENHANCEDSTATUSCODES: false,
      hideDSN: behaviour.withholds('DSN'),
      hideREQUIRETLS: behaviour.withholds('REQUIRETLS'),
      hideSMTPUTF8: behaviour.withholds('SMTPUTF8'),
      // RFC 5321 section 4.5.3.2.7: a server waits at least five minutes.
      socketTimeout: 300_000,
      closeTimeout: 100,
      maxRecipients: 100,
      logger: false,
    })
    this.#rules = rules
    this.#parts = parts
    // A client that breaks off a handshake is nothing to report.
    this.on('error', () => undefined)
  }

  get idle(): boolean {
    return this.#mailConnections.size === 0 && this._pendingSockets.size === 0
  }

  accept(socket: Socket): void {
    this.server.emit('connection', socket)
  }

  override connect(socket: Socket, options?: Connections | null): void {
    const connection = new MailConnection(this, socket, options ?? null, this.#rules)
    this.connections.add(connection)
    this.#mailConnections.set(connection.id, connection)
    connection.on('error', () => undefined)
    connection.init()
  }

  /** Ends every session at once. */
  cutAll(): void {
    for (const handshaking of this._pendingSockets.values()) handshaking.destroy()
    for (const connection of this.#mailConnections.values()) connection.cut()
  }

  override onConnect(session: SMTPServerSession, done: Done): void {
    const { behaviour } = this.#rules
    const delayMs = behaviour.greetingDelayMs
    if (delayMs === null) return
    const greet = () => done(this.#refusal('greeting', session))
    if (delayMs === 0) greet()
    else setTimeout(greet, delayMs).unref()
  }

  override onAuth(auth: SMTPServerAuthentication, session: SMTPServerSession, done: SignedIn): void {
    const refusal = this.#refusal('auth', session, { user: auth.username ?? null })
    if (refusal) return done(refusal)
    if (auth.username === PRACTICE_USER && knowsPassword(auth, this.#parts.password))
      return done(null, { user: PRACTICE_USER })
    done(replyError(535, '5.7.8 Error: authentication failed: authentication failure'))
  }

  override onMailFrom(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    const { encryptionRequired, signInRequired } = this.#rules
    const refusal = this.#refusal('mail', session, { mailFrom: address.address, parameters: parametersOf(address) })
    if (refusal) return done(refusal)
    if (encryptionRequired && !session.secure) return done(replyError(530, '5.7.0 Must issue a STARTTLS command first'))
    if (signInRequired && !session.user) return done(replyError(530, '5.7.0 Authentication required'))
    done()
  }

  override onRcptTo(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    const mailFrom = session.envelope.mailFrom === false ? null : session.envelope.mailFrom.address
    const visit = { mailFrom, rcptTo: address.address, parameters: parametersOf(address) }
    done(this.#refusal('rcpt', session, visit) ?? undefined)
  }

  override onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => {
      // Beyond the limit the rest is read and thrown away, so that the client gets its 552.
      if (!stream.sizeExceeded) chunks.push(chunk)
    })
    stream.on('error', () => undefined)
    stream.on('end', () => {
      if (this.#rules.behaviour.cuts('message')) return this.#mailConnections.get(session.id)?.cut()
      const refusal = this.#refusal('message', session)
      if (refusal || stream.sizeExceeded) return done(refusal)
      const { mailFrom, rcptTo } = session.envelope
      const arrival: Arrival = {
        mailFrom: mailFrom === false ? '' : mailFrom.address,
        rcptTo: rcptTo.map(one => one.address),
        encrypted: session.secure,
        signedInAs: typeof session.user === 'string' ? session.user : null,
        source: Buffer.concat(chunks),
      }
      this.#parts.deliver(arrival).then(
        () => done(),
        () => done(replyError(451, '4.3.0 Error: the practice inbox could not take the message')),
      )
    })
  }

  override onClose(session: SMTPServerSession): void {
    this.#mailConnections.delete(session.id)
  }

  #refusal(at: Moment, session: SMTPServerSession, more: Partial<Visit> = {}): Error | null {
    const connection = this.#mailConnections.get(session.id)
    const refusal = connection ? this.#rules.behaviour.refusal(at, connection.visit(more)) : null
    if (!refusal) return null
    return replyError(refusal.code, refusal.text)
  }
}

/** TLS as the faults want it; without one, as a server of today does it. */
export async function tlsOptionsFor(behaviour: Behaviour, certificates: Certificates): Promise<TlsOptions> {
  const identity = await certificates.identity(behaviour.certificate)
  // OpenSSL's own level would not load a short key at all.
  const unsafe = behaviour.certificate === 'weak-key' ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}
  switch (behaviour.handshakeLimit) {
    case null:
      return { ...identity, minVersion: 'TLSv1.2', ...unsafe }
    case 'old-protocol':
      return { ...identity, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    case 'rsa-ciphers':
      // The certificate holds an elliptic-curve key: none of these can be used with it.
      return { ...identity, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' }
    case 'client-certificate':
      return { ...identity, minVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: true, ca: certificates.ca }
  }
}

type Done = (error?: Error | null) => void
type SignedIn = (error: Error | null, response?: { readonly user: string }) => void

function knowsPassword(auth: SMTPServerAuthentication, password: string): boolean {
  if (auth.method === 'CRAM-MD5') return auth.validatePassword(password)
  return (auth.method === 'XOAUTH2' ? auth.accessToken : auth.password) === password
}

function parametersOf(address: SMTPServerAddress): readonly string[] {
  return address.args === false ? [] : Object.keys(address.args)
}

function replyError(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
