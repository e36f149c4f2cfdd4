import { printName } from '#engine/dns/name.ts'

/** Thrown by a reader inside `parseMessage`, which turns it into a value. */
export class MalformedMessage extends Error {}

/** Reads one DNS message. Every read is checked against `end`, so a lying length cannot reach beyond its own field. */
export class WireReader {
  readonly bytes: Buffer
  readonly end: number
  offset: number

  constructor(bytes: Buffer, offset = 0, end = bytes.length) {
    if (end > bytes.length) throw new MalformedMessage('a length runs past the end of the message')
    this.bytes = bytes
    this.offset = offset
    this.end = end
  }

  get left(): number {
    return this.end - this.offset
  }

  u8(): number {
    return this.bytes.readUInt8(this.#advance(1))
  }

  u16(): number {
    return this.bytes.readUInt16BE(this.#advance(2))
  }

  u32(): number {
    return this.bytes.readUInt32BE(this.#advance(4))
  }

  take(length: number): Buffer {
    const from = this.#advance(length)
    return this.bytes.subarray(from, from + length)
  }

  /** RFC 1035 section 3.3: a `<character-string>`, octets as characters. */
  characterString(): string {
    return this.take(this.u8()).toString('latin1')
  }

  /** A name in presentation form, with compression (RFC 1035 section 4.1.4). */
  name(): string {
    const labels: Buffer[] = []
    let octets = 1
    let at = this.offset
    let end = this.end
    let resumeAt: number | null = null
    // A pointer leads to an earlier place than any before it. So the walk ends, and a circle of pointers is found at once.
    let lowest = this.offset
    for (;;) {
      if (at >= end) throw new MalformedMessage('a name runs past its end')
      const length = this.bytes.readUInt8(at)
      if (length === 0) {
        this.offset = resumeAt ?? at + 1
        return printName(labels)
      }
      if ((length & 0xc0) === 0xc0) {
        if (at + 1 >= end) throw new MalformedMessage('a name runs past its end')
        const target = this.bytes.readUInt16BE(at) & 0x3fff
        if (target >= lowest) throw new MalformedMessage('a compression pointer does not point backwards')
        resumeAt ??= at + 2
        lowest = target
        at = target
        end = this.bytes.length
        continue
      }
      if ((length & 0xc0) !== 0) throw new MalformedMessage('a label of a reserved kind')
      if (at + 1 + length > end) throw new MalformedMessage('a label runs past its end')
      octets += length + 1
      if (octets > 255) throw new MalformedMessage('a name of more than 255 octets')
      labels.push(this.bytes.subarray(at + 1, at + 1 + length))
      at += length + 1
    }
  }

  #advance(length: number): number {
    const from = this.offset
    if (from + length > this.end) throw new MalformedMessage('the message ends too early')
    this.offset = from + length
    return from
  }
}
