import { writeName } from '#engine/dns/name.ts'
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

/** A question to a server, written out. The transport that carries it writes its id and its capitals into it. */
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

/** With the id 0: each transport puts its own there. @param name normalized */
export function composeQuery(name: string, type: RecordType, edns: boolean): Query {
  // From Node's pool: an array of its own for each question is what the collector would be busy with.
  // An escape makes a name longer in writing than over the wire, so there is room enough.
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + name.length + 2 + 4 + OPT_BYTES).fill(0)
  // RD: please recurse. AD: we want to know whether you checked the signatures (RFC 6840 section 5.7).
  bytes.writeUInt16BE(0x0120, 2)
  bytes.writeUInt16BE(1, 4)
  const nameEnd = writeName(name, bytes, HEADER_BYTES)
  const questionEnd = nameEnd + 4
  bytes.writeUInt16BE(TYPE_NUMBER[type], nameEnd)
  bytes.writeUInt16BE(CLASS_IN, nameEnd + 2)
  if (!edns) return { bytes: bytes.subarray(0, questionEnd), questionEnd }
  bytes.writeUInt16BE(1, 10)
  // RFC 6891 section 6.1.2: the root as its name, the payload size in the place of the class.
  bytes.writeUInt16BE(TYPE_OPT, questionEnd + 1)
  bytes.writeUInt16BE(EDNS_PAYLOAD_BYTES, questionEnd + 3)
  return { bytes: bytes.subarray(0, questionEnd + OPT_BYTES), questionEnd }
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
  const [questions, answerCount] = [reader.u16(), reader.u16()]
  const [authorityCount, additionalCount] = [reader.u16(), reader.u16()]
  if ((flags & 0x8000) === 0) throw new MalformedMessage('a question came where a reply was awaited')
  if (questions > 1) throw new MalformedMessage('a reply to several questions')
  const question = questions === 1 ? readQuestion(reader) : null
  const truncated = (flags & 0x0200) !== 0
  const start = { id, truncated, authenticated: (flags & 0x0020) !== 0, question }
  // What stands in a truncated reply is not used (RFC 2181 section 9), and it may end anywhere.
  if (truncated) return { ...start, rcode: flags & 0x0f, answers: [], authority: [] }
  const answers = readSection(reader, answerCount, null)
  const authority = readSection(reader, authorityCount, null)
  const edns = { rcode: 0 }
  readSection(reader, additionalCount, edns)
  return { ...start, rcode: (flags & 0x0f) | (edns.rcode << 4), answers, authority }
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

/** @param edns takes the upper bits of the response code from an OPT record */
function readSection(reader: WireReader, count: number, edns: { rcode: number } | null): readonly DnsRecord[] {
  const records: DnsRecord[] = []
  for (let i = 0; i < count; i++) {
    const name = reader.name().toLowerCase()
    const [typeNumber, recordClass, ttl, length] = [reader.u16(), reader.u16(), reader.u32(), reader.u16()]
    const type = TYPE_OF_NUMBER.get(typeNumber)
    if (typeNumber === TYPE_OPT && edns !== null) edns.rcode = ttl >>> 24
    const outer = reader.narrow(length)
    // Records that we do not know and did not ask for (RRSIG, other classes) are passed over.
    if (type === undefined || recordClass !== CLASS_IN) reader.skip()
    else records.push(readRecord(type, name, ttl, reader))
    reader.widen(outer)
  }
  return records
}

function readRecord(type: RecordType, name: string, ttl: number, reader: WireReader): DnsRecord {
  const data = RDATA_READERS[type](reader)
  if (reader.left !== 0) throw new MalformedMessage(`octets left over in a record of type ${type}`)
  // RFC 2181 section 8: a TTL with the highest bit set counts as zero.
  const ttlSeconds = ttl > 0x7fffffff ? 0 : ttl
  return { type, name, ttlSeconds, data }
}
