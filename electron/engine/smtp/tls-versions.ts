import { isIP, type Socket } from 'node:net'
import { connect, createSecureContext, type SecureVersion, type TLSSocket } from 'node:tls'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { dial, type DialTarget } from '#engine/net/dial.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import { ehloName } from '#engine/smtp/ehlo-name.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import { Recorder } from '#engine/smtp/recorder.ts'
import { SmtpSession } from '#engine/smtp/session.ts'
import { Wire } from '#engine/smtp/wire.ts'
import { handshakeFault } from '#engine/tls/fault.ts'

export type VersionTry = {
  readonly version: SecureVersion
  /** `unknown`: the server could not be asked, which is no refusal. */
  readonly outcome: 'accepted' | 'refused' | 'unknown'
  readonly cipher: string | null
  readonly detail: string | null
}

const VERSIONS: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

type Target = { readonly host: string; readonly port: number; readonly security: 'starttls' | 'tls' }

/** Offers each version of TLS alone, all of them at the same time, to one address of the server. No credential is sent. */
export async function tryTlsVersions(target: Target, options: LookOptions): Promise<readonly VersionTry[]> {
  const { host, port } = target
  const place = { kind: 'host', host, port, sourceIp: null } as const
  const resolved = await runResolve({ place, family: options.family ?? null }, options.resolver, options.deadline)
  const [address] = resolved.targets
  return Promise.all(
    VERSIONS.map(async version =>
      address === undefined
        ? unknown(version, 'the name could not be looked up')
        : await tryVersion(version, address, target, options),
    ),
  )
}

async function tryVersion(
  version: SecureVersion,
  address: DialTarget,
  { host, security }: Target,
  { deadline, ehlo }: LookOptions,
): Promise<VersionTry> {
  const dialed = await dial(address, deadline.within(PHASE_LIMITS.connectMs))
  if (dialed.kind === 'failed') return unknown(version, 'no connection')
  const ready = security === 'tls' ? dialed.socket : await askForTls(dialed.socket, ehlo ?? null, deadline)
  if (ready === null) return unknown(version, 'STARTTLS was not to be had')
  return handshakeWith(version, ready, host, deadline.within(PHASE_LIMITS.handshakeMs))
}

/** The socket on which the handshake can begin; null where the server does not go along. */
async function askForTls(socket: Socket, ehlo: string | null, deadline: Deadline): Promise<Socket | null> {
  const wire = new Wire(socket)
  const session = new SmtpSession(wire, new Recorder().openConnection(), PHASE_LIMITS)
  const greeting = await session.greeting(deadline)
  const hello = greeting.kind === 'ready' ? await session.hello(ehloName(ehlo, socket.localAddress), deadline) : null
  const replied = hello?.kind === 'ready' ? await session.command('STARTTLS', deadline) : null
  if (replied?.ok === true && isPositive(replied.value)) return wire.detach().socket
  wire.destroy()
  return null
}

async function handshakeWith(
  version: SecureVersion,
  plain: Socket,
  host: string,
  deadline: Deadline,
): Promise<VersionTry> {
  const socket = connect({
    socket: plain,
    // What is asked is whether the server would; OpenSSL itself refuses the old versions above security level 0.
    secureContext: createSecureContext({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
    // Nothing is said behind the handshake: whom the certificate names does not matter here.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  })
  const ended = await endOf(socket, deadline)
  const cipher = ended === null ? socket.getCipher().name : null
  socket.destroy()
  if (ended === null) return { version, outcome: 'accepted', cipher, detail: null }
  return ended === 'timed-out' ? unknown(version, 'no answer in time') : refusal(version, handshakeFault(ended))
}

/** How a handshake ended; null when it worked. */
function endOf(socket: TLSSocket, deadline: Deadline): Promise<NodeJS.ErrnoException | 'timed-out' | null> {
  return new Promise(resolve => {
    if (deadline.signal.aborted) resolve('timed-out')
    deadline.signal.addEventListener('abort', () => resolve('timed-out'), { once: true })
    // Stays for the socket's whole life: an unheard 'error' event would end the process.
    socket.on('error', resolve)
    socket.once('close', () => resolve(Object.assign(new Error('closed'), { code: 'EPIPE' })))
    socket.once('secureConnect', () => resolve(null))
  })
}

const REFUSALS: readonly HandshakeFault['kind'][] = ['protocol-version', 'no-shared-cipher', 'alert', 'closed', 'reset']

function refusal(version: SecureVersion, { kind, message }: HandshakeFault): VersionTry {
  if (!REFUSALS.includes(kind)) return unknown(version, message)
  return { version, outcome: 'refused', cipher: null, detail: message }
}

function unknown(version: SecureVersion, detail: string): VersionTry {
  return { version, outcome: 'unknown', cipher: null, detail }
}
