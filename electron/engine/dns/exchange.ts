import { type Message, parseMessage, type Question } from '#engine/dns/message.ts'

/** One question put to one server over one transport. */
export type Exchange =
  | { readonly kind: 'reply'; readonly message: Message }
  | {
      readonly kind: 'failed'
      readonly code: 'MALFORMED' | 'UNREACHABLE' | 'TRUNCATED'
      readonly detail: string | null
    }
  /** Whoever asked does not wait any more. */
  | { readonly kind: 'abandoned' }

export const ABANDONED: Exchange = { kind: 'abandoned' }

/** Writes the question out under an id that the transport has chosen. */
export type Query = { readonly question: Question; compose(id: number): Buffer }

/** What a datagram or a TCP message is to the question that was asked. */
export type Received =
  | { readonly kind: 'reply'; readonly message: Message }
  /** It carries our id and cannot be read. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** Meant for somebody else, or forged: another id or another question (RFC 5452 section 9.1). */
  | { readonly kind: 'foreign' }

export function judgeReceived(bytes: Buffer, id: number, asked: Question): Received {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== id) return { kind: 'foreign' }
  const parsed = parseMessage(bytes)
  if (!parsed.ok) return { kind: 'malformed', detail: parsed.error }
  const { question, rcode } = parsed.value
  // Some servers leave the question out of an error. A success without it cannot be told from a forgery.
  if (question === null) return rcode === 0 ? { kind: 'foreign' } : { kind: 'reply', message: parsed.value }
  const same = question.name === asked.name && question.type === asked.type
  return same ? { kind: 'reply', message: parsed.value } : { kind: 'foreign' }
}

/** The outcome when the operating system reports an error, such as an ICMP "port unreachable". */
export function brokenExchange(error: Error): Exchange {
  return { kind: 'failed', code: 'UNREACHABLE', detail: 'code' in error ? String(error.code) : error.message }
}
