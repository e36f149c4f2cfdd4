import { connect, type Socket } from 'node:net'
import type { ConnectAttempt, Family } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'
import type { Deadline } from '#engine/net/deadline.ts'

export type DialTarget =
  | {
      readonly kind: 'address'
      readonly address: string
      readonly family: Family
      readonly port: number
      readonly sourceIp: string | null
    }
  /** A unix socket, as LMTP servers listen on. */
  | { readonly kind: 'socket'; readonly path: string }
  /** SOCKS5 (RFC 1928): the proxy resolves the name. */
  | {
      readonly kind: 'proxy'
      readonly proxy: { readonly host: string; readonly port: number }
      readonly host: string
      readonly port: number
    }

export type Dialed =
  | { readonly kind: 'connected'; readonly socket: Socket; readonly attempt: ConnectAttempt }
  | { readonly kind: 'failed'; readonly attempt: ConnectAttempt }

type Outcome = ConnectAttempt['outcome']

/** Opens one connection. A refusal is an answer, so it is returned, not thrown; a stop gives the outcome `abandoned`. */
export async function dial(target: DialTarget, deadline: Deadline): Promise<Dialed> {
  const startedAt = performance.now()
  const attempt = (outcome: Outcome, code: string | null): ConnectAttempt => ({
    ...placeOf(target),
    outcome,
    ms: performance.now() - startedAt,
    code,
  })
  const opened = await open(target, deadline)
  if (opened.kind === 'failed') return { kind: 'failed', attempt: attempt(opened.outcome, opened.code) }
  const { socket } = opened
  // Small commands and their replies alternate: waiting to fill a packet (Nagle) would cost a delayed ACK each time.
  socket.setNoDelay(true)
  return { kind: 'connected', socket, attempt: attempt('connected', null) }
}

type Opened =
  | { readonly kind: 'open'; readonly socket: Socket }
  | { readonly kind: 'failed'; readonly outcome: Outcome; readonly code: string | null }

async function open(target: DialTarget, deadline: Deadline): Promise<Opened> {
  switch (target.kind) {
    case 'address':
      return openSocket(
        () =>
          connect({
            host: target.address,
            port: target.port,
            family: target.family,
            ...(target.sourceIp === null ? {} : { localAddress: target.sourceIp }),
          }),
        deadline,
      )
    case 'socket':
      return openSocket(() => connect({ path: target.path }), deadline)
    case 'proxy':
      return openThroughProxy(target, deadline)
  }
}

function openSocket(connectNow: () => Socket, deadline: Deadline): Promise<Opened> {
  if (deadline.signal.aborted) return Promise.resolve(aborted(deadline))
  return new Promise(resolve => {
    const socket = connectNow()
    const settle = (opened: Opened) => {
      deadline.signal.removeEventListener('abort', onAbort)
      resolve(opened)
    }
    const onAbort = () => {
      socket.destroy()
      settle(aborted(deadline))
    }
    deadline.signal.addEventListener('abort', onAbort, { once: true })
    // Stays attached for the socket's whole life: between this function and the next owner an unheard 'error' event
    // would end the process.
    socket.on('error', error => settle({ kind: 'failed', ...outcomeOf(error) }))
    socket.once('connect', () => settle({ kind: 'open', socket }))
  })
}

async function openThroughProxy(target: Extract<DialTarget, { kind: 'proxy' }>, deadline: Deadline): Promise<Opened> {
  const { proxy, host, port } = target
  const toProxy = await openSocket(() => connect({ host: proxy.host, port: proxy.port }), deadline)
  if (toProxy.kind === 'failed') {
    return toProxy.outcome === 'abandoned' ? toProxy : { ...toProxy, outcome: 'proxy-failed' }
  }
  const { socket } = toProxy
  // Few accounts have a proxy, and the library takes as long to load as everything else that connects.
  const { SocksClient } = await import('socks')
  const { promise: stopped, resolve: onAbort } = Promise.withResolvers<Event>()
  deadline.signal.addEventListener('abort', onAbort, { once: true })
  const asked = SocksClient.createConnection({
    command: 'connect',
    proxy: { host: proxy.host, port: proxy.port, type: 5 },
    destination: { host, port },
    existing_socket: socket,
    // The library wants a number below 2^31; the deadline's signal cuts earlier where it is shorter.
    timeout: Math.min(Math.max(1, Math.ceil(deadline.remainingMs())), 2 ** 31 - 1),
  }).then(
    (): Opened => ({ kind: 'open', socket }),
    (error: unknown): Opened => ({ kind: 'failed', outcome: 'proxy-failed', code: proxyWord(error) }),
  )
  // The library hears of an end only when the socket has closed; whoever stopped does not wait for that.
  const opened = await Promise.race([asked, stopped.then(() => aborted(deadline))])
  deadline.signal.removeEventListener('abort', onAbort)
  if (opened.kind === 'failed') socket.destroy()
  return opened.kind === 'failed' && deadline.signal.aborted ? aborted(deadline) : opened
}

function aborted(deadline: Deadline): Opened {
  return deadline.expired
    ? { kind: 'failed', outcome: 'timed-out', code: null }
    : { kind: 'failed', outcome: 'abandoned', code: null }
}

function outcomeOf(error: NodeJS.ErrnoException): { outcome: Outcome; code: string | null } {
  const { code = null } = error
  switch (code ?? '') {
    case 'ECONNREFUSED':
    // A unix socket whose file is not there has nobody listening, which is what a refusal says.
    case 'ENOENT':
      return { outcome: 'refused', code }
    case 'ETIMEDOUT':
      return { outcome: 'timed-out', code }
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
      return { outcome: 'unreachable', code }
    case 'ECONNRESET':
    case 'EPIPE':
      return { outcome: 'reset', code }
    case 'EACCES':
    case 'EPERM':
      return { outcome: 'not-permitted', code }
    default:
      return { outcome: 'failed', code }
  }
}

// The proxy's refusal arrives only as the library's sentence, such as "Socks5 proxy rejected connection - HostUnreachable".
function proxyWord(error: unknown): string | null {
  return error instanceof Error ? escapeControls(error.message).slice(0, 200) : null
}

function placeOf(target: DialTarget): Pick<ConnectAttempt, 'address' | 'family' | 'port'> {
  switch (target.kind) {
    case 'address':
      return { address: target.address, family: target.family, port: target.port }
    case 'socket':
      return { address: target.path, family: null, port: 0 }
    case 'proxy':
      return { address: target.host, family: null, port: target.port }
  }
}
