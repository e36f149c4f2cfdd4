import { folded, lowerCase } from '#engine/dns/case.ts'
import { HEADER_BYTES, type Message, parseMessage, type Query } from '#engine/dns/message.ts'

/** What came of one question to one server over one transport. */
export type Exchange =
  | { readonly kind: 'reply'; readonly message: Message }
  | {
      readonly kind: 'failed'
      readonly code: 'MALFORMED' | 'UNREACHABLE' | 'UNTRUSTED' | 'TRUNCATED'
      readonly detail: string | null
    }

/** Called once at most, and not after the question was abandoned. */
export type Settle = (exchange: Exchange) => void

/** Ends the wait for a reply and gives back what it holds. */
export type Abandon = () => void

/** What a message that came is to the question that was sent. */
export type Received =
  | { readonly kind: 'reply'; readonly message: Message }
  /** It carries our id and cannot be read. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** The same question, with other capitals than ours. */
  | { readonly kind: 'other-case'; readonly message: Message }
  /** Meant for somebody else, or forged: another id or another question (RFC 5452 section 9.1). */
  | { readonly kind: 'foreign' }

/**
 * Compares a reply with the question as it went out, its id and its capitals too. The capitals are taken back then, so
 * that names which point into the question read as they were meant.
 */
export function judgeReceived(received: Buffer, query: Query): Received {
  const foreign = { kind: 'foreign' } as const
  const { bytes: sent, questionEnd: end } = query
  if (received.length < HEADER_BYTES || received.readUInt16BE(0) !== sent.readUInt16BE(0)) return foreign
  const exact = received.length >= end && equals(received, sent, end)
  if (exact) lowerCase(received, query)
  const parsed = parseMessage(received)
  if (!parsed.ok) return { kind: 'malformed', detail: parsed.error }
  const message = parsed.value
  if (message.question === null) {
    // Some servers leave the question out of an error. A success without it cannot be told from a forgery.
    return message.rcode === 0 ? foreign : { kind: 'reply', message }
  }
  if (exact) return { kind: 'reply', message }
  const same = received.length >= end && foldedEquals(received, sent, end)
  return same ? { kind: 'other-case', message } : foreign
}

/** The outcome when the operating system reports an error, such as an ICMP "port unreachable". */
export function brokenExchange(error: Error): Exchange {
  return { kind: 'failed', code: 'UNREACHABLE', detail: 'code' in error ? String(error.code) : error.message }
}

export function malformedExchange(detail: string): Exchange {
  return { kind: 'failed', code: 'MALFORMED', detail }
}

function equals(one: Buffer, other: Buffer, end: number): boolean {
  for (let at = HEADER_BYTES; at < end; at++) if (one[at] !== other[at]) return false
  return true
}

/** A length octet is below 64, so none is taken for a letter. */
function foldedEquals(one: Buffer, other: Buffer, end: number): boolean {
  for (let at = HEADER_BYTES; at < end; at++) {
    if (folded(one[at] ?? 0) !== folded(other[at] ?? 0)) return false
  }
  return true
}
