/**
 * The longest reply line that is read, in octets. RFC 5321 section 4.5.3.1.5 allows 512; servers exceed that in EHLO
 * lines and explanations, and beyond this a server is only trying to fill our memory.
 */
export const LONGEST_LINE_OCTETS = 8192

const LF = 0x0a
const CR = 0x0d

export type SplitLine =
  { readonly kind: 'line'; readonly octets: Buffer } | { readonly kind: 'incomplete' } | { readonly kind: 'too-long' }

/** Octets in, lines out, however the network cut them. Ends lines at CR LF and, as a tolerance, at a bare LF. */
export class LineSplitter {
  #held: Buffer[] = []
  #heldOctets = 0

  push(octets: Buffer): void {
    this.#held.push(octets)
    this.#heldOctets += octets.length
  }

  next(): SplitLine {
    let before = 0
    for (const [index, piece] of this.#held.entries()) {
      const at = piece.indexOf(LF)
      if (at >= 0) {
        if (before + at > LONGEST_LINE_OCTETS) return { kind: 'too-long' }
        const line = Buffer.concat([...this.#held.slice(0, index), piece.subarray(0, at)])
        const rest = piece.subarray(at + 1)
        this.#held = rest.length > 0 ? [rest, ...this.#held.slice(index + 1)] : this.#held.slice(index + 1)
        this.#heldOctets -= line.length + 1
        return { kind: 'line', octets: line.at(-1) === CR ? line.subarray(0, -1) : line }
      }
      before += piece.length
    }
    if (before > LONGEST_LINE_OCTETS) return { kind: 'too-long' }
    // One piece, so that a server which sends an octet at a time does not make this search longer each time.
    if (this.#held.length > 64) this.#held = [Buffer.concat(this.#held)]
    return { kind: 'incomplete' }
  }

  /** What has come and is no whole line yet, at most `limit` octets of it. */
  peek(limit: number): Buffer {
    const first = this.#held[0]
    if (first && first.length >= limit) return first.subarray(0, limit)
    return Buffer.concat(this.#held).subarray(0, limit)
  }

  /** Everything that is held, taken out. */
  drain(): Buffer {
    const all = Buffer.concat(this.#held)
    this.#held = []
    this.#heldOctets = 0
    return all
  }

  get heldOctets(): number {
    return this.#heldOctets
  }
}
