import type { Answer } from '#engine/smtp/console-record.ts'
import { verbOf } from '#shared/smtp/console-line.ts'

/** Knows when what is typed is a message and no command: behind DATA (RFC 5321) and BDAT (RFC 3030). */
export class ConsoleContent {
  #kind: 'none' | 'data' | 'chunk' = 'none'
  /** Octets of the chunk that are still to come. */
  #left = 0

  get open(): boolean {
    return this.#kind !== 'none'
  }

  /** A command that was sent. */
  asked(line: string): void {
    if (verbOf(line) !== 'BDAT') return
    const size = Number(/^\s*\S+\s+(\d{1,9})/.exec(line)?.[1] ?? 0)
    // RFC 3030 section 2: the octets follow at once, without waiting for a reply.
    if (size === 0) return
    this.#kind = 'chunk'
    this.#left = size
  }

  heard({ reply, verb }: Answer): void {
    if (verb === 'DATA' && reply?.code === 354) this.#kind = 'data'
    // RFC 5321 section 3.8: whoever says 421 is about to close; what is typed next is no message.
    if (reply?.code === 421) this.#kind = 'none'
  }

  /** A line of the message. @returns whether it ends the message, so that a reply follows */
  typed(line: string): boolean {
    if (this.#kind === 'data') {
      if (line === '.') this.#kind = 'none'
      return line === '.'
    }
    this.#left -= Buffer.byteLength(line) + 2
    if (this.#left <= 0) this.#kind = 'none'
    // The reply to a chunk belongs to its BDAT, which is waited for already.
    return false
  }
}
