import type { Deadline } from '#engine/net/deadline.ts'
import { type Message, parseMessage, type Question } from '#engine/dns/message.ts'

/** One question put to one server over one transport. */
export type Exchange =
  | { readonly kind: 'reply'; readonly message: Message }
  | {
      readonly kind: 'failed'
      readonly code: 'TIMEOUT' | 'MALFORMED' | 'UNREACHABLE' | 'STOPPED'
      readonly detail: string | null
    }

export type Asked = { readonly id: number; readonly question: Question; readonly query: Buffer }

/** What a datagram or a TCP message is to the question that was asked. */
export type Received =
  | { readonly kind: 'reply'; readonly message: Message }
  /** It carries our id and cannot be read. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** Meant for somebody else, or forged: another id or another question (RFC 5452 section 9.1). */
  | { readonly kind: 'foreign' }

export function judgeReceived(bytes: Buffer, asked: Asked): Received {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== asked.id) return { kind: 'foreign' }
  const parsed = parseMessage(bytes)
  if (!parsed.ok) return { kind: 'malformed', detail: parsed.error }
  const { question, rcode } = parsed.value
  // Some servers leave the question out of an error. A success without it cannot be told from a forgery.
  if (question === null) return rcode === 0 ? { kind: 'foreign' } : { kind: 'reply', message: parsed.value }
  const same = question.name === asked.question.name && question.type === asked.question.type
  return same ? { kind: 'reply', message: parsed.value } : { kind: 'foreign' }
}

/** The outcome when the time is up or the caller stopped. */
export function endedExchange(deadline: Deadline, detail: string | null): Exchange {
  return { kind: 'failed', code: deadline.stopped ? 'STOPPED' : 'TIMEOUT', detail }
}

/** The outcome when the operating system reports an error, such as an ICMP "port unreachable". */
export function brokenExchange(error: Error): Exchange {
  return { kind: 'failed', code: 'UNREACHABLE', detail: 'code' in error ? String(error.code) : error.message }
}
