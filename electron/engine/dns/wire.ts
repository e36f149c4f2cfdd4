import { isPrintable, printName } from '#engine/dns/name.ts'

/** Thrown by a reader inside `parseMessage`, which turns it into a value. */
export class MalformedMessage extends Error {}

/** RFC 1035 section 2.3.4. */
const NAME_LIMIT = 255
/** The name that is being read, with a dot behind each label, and where these dots are. A message is read in one go, so one place does for all. */
const TEXT = Buffer.alloc(NAME_LIMIT)
const DOTS = Buffer.alloc(NAME_LIMIT)

/** Reads one DNS message. Every read is checked against `end`, so a lying length cannot reach beyond its own field. */
export class WireReader {
  readonly bytes: Buffer
  offset = 0
  #end: number
  /** The first name: that of the question, to which most others are a pointer. */
  #first: { readonly at: number; readonly text: string } | null = null

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.#end = bytes.length
  }

  get left(): number {
    return this.#end - this.offset
  }

  /** From here on only so many octets are to be had. @returns what `widen` needs to end that */
  narrow(length: number): number {
    const outer = this.#end
    if (this.offset + length > outer) throw new MalformedMessage('a length runs past the end of the message')
    this.#end = this.offset + length
    return outer
  }

  widen(outer: number): void {
    this.#end = outer
  }

  /** To the end. */
  skip(): void {
    this.offset = this.#end
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

  /** Octets as characters U+0000 to U+00FF. */
  characters(length: number): string {
    const from = this.#advance(length)
    return this.bytes.toString('latin1', from, from + length)
  }

  /** RFC 1035 section 3.3: a `<character-string>`. */
  characterString(): string {
    return this.characters(this.u8())
  }

  /** A name in presentation form, with compression (RFC 1035 section 4.1.4). */
  name(): string {
    const start = this.offset
    const first = this.#first
    if (first !== null && this.left >= 2 && this.bytes.readUInt16BE(start) === (0xc000 | first.at)) {
      this.offset += 2
      return first.text
    }
    const text = this.#readName()
    this.#first ??= { at: start, text }
    return text
  }

  #readName(): string {
    let [length, labels, printable] = [0, 0, true]
    let at = this.offset
    let end = this.#end
    let resumeAt: number | null = null
    // A pointer leads to an earlier place than any before it. So the walk ends, and a circle of pointers is found at once.
    let lowest = this.offset
    for (;;) {
      if (at >= end) throw new MalformedMessage('a name runs past its end')
      const size = this.bytes.readUInt8(at)
      if (size === 0) {
        this.offset = resumeAt ?? at + 1
        if (length === 0) return '.'
        if (printable) return TEXT.toString('latin1', 0, length - 1)
        return printName(labelsOf(TEXT, DOTS.subarray(0, labels)))
      }
      if ((size & 0xc0) === 0xc0) {
        if (at + 1 >= end) throw new MalformedMessage('a name runs past its end')
        const target = this.bytes.readUInt16BE(at) & 0x3fff
        if (target >= lowest) throw new MalformedMessage('a compression pointer does not point backwards')
        resumeAt ??= at + 2
        lowest = target
        at = target
        end = this.bytes.length
        continue
      }
      if ((size & 0xc0) !== 0) throw new MalformedMessage('a label of a reserved kind')
      if (at + 1 + size > end) throw new MalformedMessage('a label runs past its end')
      if (length + size + 2 > NAME_LIMIT) throw new MalformedMessage('a name of more than 255 octets')
      for (const labelEnd = ++at + size; at < labelEnd; at++) {
        const octet = this.bytes[at] ?? 0
        printable &&= isPrintable(octet)
        TEXT[length++] = octet
      }
      DOTS[labels++] = length
      TEXT[length++] = 0x2e
    }
  }

  #advance(length: number): number {
    const from = this.offset
    if (from + length > this.#end) throw new MalformedMessage('the message ends too early')
    this.offset = from + length
    return from
  }
}

function labelsOf(text: Buffer, dots: Uint8Array): readonly Buffer[] {
  return Array.from(dots, (dot, i) => text.subarray(i === 0 ? 0 : (dots[i - 1] ?? 0) + 1, dot))
}
