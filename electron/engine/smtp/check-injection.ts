import type { InjectionSeen } from '#shared/diagnosis/server-checks.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import { runConnect } from '#engine/diagnosis/steps/connect.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import { ehloName } from '#engine/smtp/ehlo-name.ts'
import type { LookOptions, LookTarget } from '#engine/smtp/look.ts'
import { Recorder } from '#engine/smtp/recorder.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'
import { handshake } from '#engine/tls/handshake.ts'
import { NO_MATERIAL } from '#engine/tls/trust-store.ts'

/** Does nothing on any server (RFC 5321 section 4.1.1.9), and is answered. */
const INJECTED = 'NOOP'

/**
 * Sends STARTTLS with a harmless command behind it in the same packet, as somebody in between could (CVE-2011-0411), and
 * sees behind the handshake whether the server carried that out. On a connection of its own; no envelope, no credential.
 */
export async function checkInjection(
  { host, port, security }: LookTarget,
  options: LookOptions,
): Promise<InjectionSeen> {
  if (security === 'tls') return notTested('with TLS from the start there is no STARTTLS')
  const { deadline, resolver, family = null } = options
  const place = { kind: 'host', host, port, sourceIp: null } as const
  const resolved = await runResolve({ place, family }, resolver, deadline)
  if (!resolved.ok) return notTested('the name could not be looked up')
  const plan = { protocol: 'smtp', port, security: 'starttls' } as const
  const { session, ok } = await runConnect(plan, resolved.targets, new Recorder(), PHASE_LIMITS, deadline)
  if (session === null) return notTested('no connection came about')
  try {
    return ok ? await inject(session, host, options) : notTested('the server did not greet')
  } finally {
    session.wire.close()
  }
}

async function inject(
  session: SmtpSession,
  host: string,
  { deadline, ehlo, now }: LookOptions,
): Promise<InjectionSeen> {
  const { wire } = session
  const hello = await session.hello(ehloName(ehlo ?? null, wire.socket.localAddress), deadline)
  if (hello.kind !== 'ready') return notTested('the server did not answer EHLO as it should')
  if (!hello.capabilities.starttls) return notTested('the server does not offer STARTTLS here')

  session.sendOctets(Buffer.from(`STARTTLS\r\n${INJECTED}\r\n`), `STARTTLS, and ${INJECTED} in the same packet`)
  const replied = await session.reply(deadline)
  // Servers that notice what stands behind STARTTLS say so, or hang up.
  if (!replied.ok) return notTested(`the server did not answer STARTTLS (${replied.error.cause})`)
  if (!isPositive(replied.value)) return { kind: 'refused', command: INJECTED, reply: replied.value }

  const { socket } = wire.detach()
  const shaken = await handshake(socket, host, NO_MATERIAL, deadline.within(PHASE_LIMITS.handshakeMs), now())
  if (shaken.kind === 'failed') return notTested(`the TLS handshake failed: ${shaken.fault.message}`)
  wire.attach(shaken.socket)

  const first = await session.command('QUIT', deadline)
  if (!first.ok) return notTested(`nothing was said behind the handshake (${first.error.cause})`)
  if (isGoodbye(first.value)) return { kind: 'discarded', command: INJECTED }
  // Only where QUIT is answered as well was the first reply to something else.
  const second = await session.reply(deadline)
  if (second.ok && isGoodbye(second.value)) return { kind: 'executed', command: INJECTED, reply: first.value }
  return notTested(`the server answers QUIT with ${printReply(first.value)}`)
}

// RFC 5321 section 4.1.1.10: 221 answers QUIT, and nothing else.
function isGoodbye({ code }: Reply): boolean {
  return code === 221
}

function notTested(because: string): InjectionSeen {
  return { kind: 'not-tested', because }
}
