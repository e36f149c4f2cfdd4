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
 * Compares a reply with the octets that were sent, the question with its capitals. Those of `query` are put in their
 * place then, so that names which point into the question read as they were meant.
 *
 * @param sent `query` as it went out, with its id
 */
export function judgeReceived(received: Buffer, sent: Buffer, query: Query): Received {
  const foreign = { kind: 'foreign' } as const
  if (received.length < HEADER_BYTES || received.readUInt16BE(0) !== sent.readUInt16BE(0)) return foreign
  const end = query.questionEnd
  const exact = received.length >= end && received.compare(sent, HEADER_BYTES, end, HEADER_BYTES, end) === 0
  if (exact) query.bytes.copy(received, HEADER_BYTES, HEADER_BYTES, end)
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

/** RFC 4343: only the 26 letters of ASCII have two cases. A length octet is below 64, so none is taken for a letter. */
function foldedEquals(one: Buffer, other: Buffer, end: number): boolean {
  for (let at = HEADER_BYTES; at < end; at++) {
    if (folded(one.readUInt8(at)) !== folded(other.readUInt8(at))) return false
  }
  return true
}

function folded(octet: number): number {
  return isCapital(octet) ? octet | 0x20 : octet
}

function isCapital(octet: number): boolean {
  return octet >= 0x41 && octet <= 0x5a
}
