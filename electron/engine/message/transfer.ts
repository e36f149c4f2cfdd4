import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { Transfer, WireForm } from '#engine/message/wire-form.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Replied, SmtpSession } from '#engine/smtp/session.ts'

/** What the server said to the message. */
export type Transferred =
  /** In LMTP one reply for each accepted recipient, else a single one for all of them. */
  | { readonly kind: 'answered'; readonly replies: readonly RecipientReply[] }
  | { readonly kind: 'refused'; readonly reply: Reply }
  | Extract<DeliverEvidence, { kind: 'no-reply' }>

/** A server that does not want the message says so behind the first chunk, and is spared the rest. */
const CHUNK_OCTETS = 1024 * 1024

/** Hands over the message once its envelope was accepted: DATA (RFC 5321) or BDAT (RFC 3030). */
export async function transferMessage(
  session: SmtpSession,
  form: WireForm,
  transfer: Transfer,
  accepted: readonly RecipientReply[],
  deadline: Deadline,
): Promise<Transferred> {
  const begun =
    transfer === 'data' ? await sendData(session, form, deadline) : await sendChunks(session, form, deadline)
  if (!begun.ok) return begun.error
  const final = await readOutcome(session, accepted, deadline)
  return final.ok ? { kind: 'answered', replies: final.value } : silence('message', final.error)
}

type Begun = Result<null, Exclude<Transferred, { kind: 'answered' }>>

async function sendData(session: SmtpSession, { octets, sizeBytes }: WireForm, deadline: Deadline): Promise<Begun> {
  const data = await session.command('DATA', deadline)
  if (!data.ok) return err(silence('DATA', data.error))
  if (data.value.code !== 354) return err({ kind: 'refused', reply: data.value })
  session.sendOctets(octets, `(the message, ${sizeBytes} octets)`)
  return flushed(session, deadline)
}

/** All chunks but the last are answered one by one; the reply to the last is the one to the message. */
async function sendChunks(session: SmtpSession, { octets }: WireForm, deadline: Deadline): Promise<Begun> {
  for (let at = 0; at + CHUNK_OCTETS < octets.length; at += CHUNK_OCTETS) {
    sendChunk(session, octets.subarray(at, at + CHUNK_OCTETS), false)
    const out = await flushed(session, deadline)
    if (!out.ok) return out
    const replied = await session.reply(deadline, session.limits.messageMs)
    if (!replied.ok) return err(silence('message', replied.error))
    if (!isPositive(replied.value)) return err({ kind: 'refused', reply: replied.value })
  }
  const rest = octets.length % CHUNK_OCTETS || Math.min(octets.length, CHUNK_OCTETS)
  sendChunk(session, octets.subarray(octets.length - rest), true)
  return flushed(session, deadline)
}

function sendChunk(session: SmtpSession, chunk: Buffer, last: boolean): void {
  const command = `BDAT ${chunk.length}${last ? ' LAST' : ''}`
  // In one packet with its chunk: RFC 3030 section 2 has no reply between them.
  session.sendOctets(Buffer.concat([Buffer.from(`${command}\r\n`), chunk]), `${command} (and the octets)`)
}

// A server that refuses the message in the middle says so before it closes: that reply is still to be read.
async function flushed(session: SmtpSession, deadline: Deadline): Promise<Begun> {
  const out = await session.wire.flushed(deadline.within(session.limits.messageMs))
  return !out.ok && out.error.cause === 'timed-out' ? err(silence('message', out.error)) : ok(null)
}

type Fault = Extract<Replied, { ok: false }>['error']

/** One reply for the message; in LMTP one for each accepted recipient, in their order (RFC 2033 section 4.2). */
async function readOutcome(
  session: SmtpSession,
  accepted: readonly RecipientReply[],
  deadline: Deadline,
): Promise<Result<readonly RecipientReply[], Fault>> {
  const asked = session.lmtp ? accepted : accepted.slice(0, 1)
  const replies: RecipientReply[] = []
  for (const { address } of asked) {
    const replied = await session.reply(deadline, session.limits.messageMs)
    if (!replied.ok) return err(replied.error)
    replies.push({ address, reply: replied.value })
  }
  return ok(replies)
}

function silence(command: 'DATA' | 'message', fault: Fault): Extract<DeliverEvidence, { kind: 'no-reply' }> {
  return { kind: 'no-reply', command, fault }
}
