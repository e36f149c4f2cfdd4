import { RDATA_READERS } from '#engine/dns/rdata.ts'
import { type DnsRecord, type RecordType, TYPE_NUMBER } from '#engine/dns/record.ts'
import { MalformedMessage, WireReader } from '#engine/dns/wire.ts'
import { err, ok, type Result } from '#shared/result.ts'

/*
 * The codec. It is our own because a diagnostician must tell "nothing there" from "I cannot read this": dns2's drops
 * records that it cannot decode, so a broken answer looks like an empty one, and it reads TXT octets as UTF-8.
 */

export type Question = { readonly name: string; readonly type: number }

export type Message = {
  readonly id: number
  readonly truncated: boolean
  readonly authenticated: boolean
  /** With the upper bits of EDNS (RFC 6891 section 6.1.3). */
  readonly rcode: number
  /** Null where the server sent none back, as some do with an error. */
  readonly question: Question | null
  readonly answers: readonly DnsRecord[]
  readonly authority: readonly DnsRecord[]
}

/** A question to a server, written out with the id 0. */
export type Query = {
  readonly bytes: Buffer
  /** Where the question section ends; it begins behind the header. */
  readonly questionEnd: number
}

export const HEADER_BYTES = 12

const CLASS_IN = 1
const TYPE_OPT = 41
/** What fits an IPv6 packet of the smallest MTU, so that no answer is cut into fragments, which can be forged (RFC 8900, DNS Flag Day 2020). */
const EDNS_PAYLOAD_BYTES = 1232
const OPT_BYTES = 11

/** With the id 0: each transport puts its own there. */
export function composeQuery(labels: readonly Buffer[], type: RecordType, edns: boolean): Query {
  const nameBytes = labels.reduce((sum, label) => sum + label.length + 1, 1)
  const questionEnd = HEADER_BYTES + nameBytes + 4
  // From Node's pool and cleared: an array of its own for each question is what the collector would be busy with.
  const bytes = Buffer.allocUnsafe(questionEnd + (edns ? OPT_BYTES : 0)).fill(0)
  // RD: please recurse. AD: we want to know whether you checked the signatures (RFC 6840 section 5.7).
  bytes.writeUInt16BE(0x0120, 2)
  bytes.writeUInt16BE(1, 4)
  let at = HEADER_BYTES
  for (const label of labels) {
    at = bytes.writeUInt8(label.length, at)
    at += label.copy(bytes, at)
  }
  bytes.writeUInt16BE(TYPE_NUMBER[type], at + 1)
  bytes.writeUInt16BE(CLASS_IN, at + 3)
  if (edns) {
    bytes.writeUInt16BE(1, 10)
    // RFC 6891 section 6.1.2: the root as its name, the payload size in the place of the class.
    bytes.writeUInt16BE(TYPE_OPT, questionEnd + 1)
    bytes.writeUInt16BE(EDNS_PAYLOAD_BYTES, questionEnd + 3)
  }
  return { bytes, questionEnd }
}

/** A reply of any server: nothing is believed. An error names what is wrong with it. */
export function parseMessage(bytes: Buffer): Result<Message, string> {
  try {
    return ok(readMessage(new WireReader(bytes)))
  } catch (fault) {
    if (fault instanceof MalformedMessage) return err(fault.message)
    throw fault
  }
}

function readMessage(reader: WireReader): Message {
  const [id, flags] = [reader.u16(), reader.u16()]
  const counts = [reader.u16(), reader.u16(), reader.u16(), reader.u16()] as const
  if ((flags & 0x8000) === 0) throw new MalformedMessage('a question came where a reply was awaited')
  if (counts[0] > 1) throw new MalformedMessage('a reply to several questions')
  const question = counts[0] === 1 ? readQuestion(reader) : null
  const truncated = (flags & 0x0200) !== 0
  const start = { id, truncated, authenticated: (flags & 0x0020) !== 0, question }
  // What stands in a truncated reply is not used (RFC 2181 section 9), and it may end anywhere.
  if (truncated) return { ...start, rcode: flags & 0x0f, answers: [], authority: [] }
  const answers = readSection(reader, counts[1])
  const authority = readSection(reader, counts[2])
  const additional = readSection(reader, counts[3])
  return {
    ...start,
    rcode: (flags & 0x0f) | (additional.extendedRcode << 4),
    answers: answers.records,
    authority: authority.records,
  }
}

function readQuestion(reader: WireReader): Question {
  const [name, type, recordClass] = [reader.name().toLowerCase(), reader.u16(), reader.u16()]
  if (recordClass !== CLASS_IN) throw new MalformedMessage('a reply of another class')
  return { name, type }
}

const TYPE_OF_NUMBER = new Map(
  // `Object.entries` widens the keys of a record whose keys are known.
  (Object.entries(TYPE_NUMBER) as [RecordType, number][]).map(([type, number]) => [number, type]),
)

function readSection(reader: WireReader, count: number): { records: readonly DnsRecord[]; extendedRcode: number } {
  const records: DnsRecord[] = []
  let extendedRcode = 0
  for (let i = 0; i < count; i++) {
    const [name, typeNumber, recordClass, ttl, length] = [
      reader.name().toLowerCase(),
      reader.u16(),
      reader.u16(),
      reader.u32(),
      reader.u16(),
    ]
    const data = new WireReader(reader.bytes, reader.offset, reader.offset + length)
    reader.take(length)
    const type = TYPE_OF_NUMBER.get(typeNumber)
    if (typeNumber === TYPE_OPT) extendedRcode = ttl >>> 24
    // Records that we do not know and did not ask for (RRSIG, other classes) are passed over.
    if (type !== undefined && recordClass === CLASS_IN) records.push(readRecord(type, name, ttl, data))
  }
  return { records, extendedRcode }
}

function readRecord(type: RecordType, name: string, ttl: number, reader: WireReader): DnsRecord {
  const data = RDATA_READERS[type](reader)
  if (reader.left !== 0) throw new MalformedMessage(`octets left over in a record of type ${type}`)
  // RFC 2181 section 8: a TTL with the highest bit set counts as zero.
  const ttlSeconds = ttl > 0x7fffffff ? 0 : ttl
  return { type, name, ttlSeconds, data }
}
