import type { Socket } from 'node:net'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { dial, type DialTarget } from '#engine/net/dial.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import { ehloName } from '#engine/smtp/ehlo-name.ts'
import { Recorder } from '#engine/smtp/recorder.ts'
import { SmtpSession } from '#engine/smtp/session.ts'
import { Wire } from '#engine/smtp/wire.ts'

export type WayToTls = {
  readonly security: 'starttls' | 'tls'
  readonly protocol?: 'smtp' | 'lmtp'
  readonly ehlo: string | null
}

export type ReadyForTls =
  | { readonly kind: 'ready'; readonly socket: Socket }
  | { readonly kind: 'failed'; readonly why: 'no connection' | 'STARTTLS was not to be had' }

/** A connection of its own on which a handshake can begin: behind the answer to STARTTLS, or at once. No credential is sent. */
export async function readyForTls(
  target: DialTarget,
  { security, protocol = 'smtp', ehlo }: WayToTls,
  deadline: Deadline,
): Promise<ReadyForTls> {
  const dialed = await dial(target, deadline.within(PHASE_LIMITS.connectMs))
  if (dialed.kind === 'failed') return { kind: 'failed', why: 'no connection' }
  if (security === 'tls') return { kind: 'ready', socket: dialed.socket }
  const wire = new Wire(dialed.socket)
  const session = new SmtpSession(wire, new Recorder().openConnection(), PHASE_LIMITS, protocol)
  const greeting = await session.greeting(deadline)
  const name = ehloName(ehlo, dialed.socket.localAddress)
  const hello = greeting.kind === 'ready' ? await session.hello(name, deadline) : null
  const replied = hello?.kind === 'ready' ? await session.command('STARTTLS', deadline) : null
  if (replied?.ok === true && isPositive(replied.value)) return { kind: 'ready', socket: wire.detach().socket }
  wire.destroy()
  return { kind: 'failed', why: 'STARTTLS was not to be had' }
}
