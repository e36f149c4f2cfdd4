import { type Rdata, type RecordType } from '#engine/dns/record.ts'
import { printIp } from '#engine/dns/ip.ts'
import type { WireReader } from '#engine/dns/wire.ts'

/** One reader per type; each leaves the reader at the end of the data or the message is malformed. */
export const RDATA_READERS: { readonly [T in RecordType]: (reader: WireReader) => Rdata[T] } = {
  A: reader => ({ address: `${reader.u8()}.${reader.u8()}.${reader.u8()}.${reader.u8()}` }),
  AAAA: reader => ({ address: printIp({ family: 6, octets: reader.take(16) }) }),
  CNAME: readTarget,
  NS: readTarget,
  PTR: readTarget,
  MX: reader => ({ preference: reader.u16(), exchange: reader.name() }),
  TXT: readStrings,
  SPF: readStrings,
  SRV: reader => ({ priority: reader.u16(), weight: reader.u16(), port: reader.u16(), target: reader.name() }),
  SOA: reader => {
    const [primary, mailbox, serial] = [reader.name(), reader.name(), reader.u32()]
    reader.take(12) // refresh, retry and expire: for secondary servers
    return { primary, mailbox, serial, minimum: reader.u32() }
  },
  TLSA: reader => ({
    usage: reader.u8(),
    selector: reader.u8(),
    matchingType: reader.u8(),
    data: reader.take(reader.left).toString('hex'),
  }),
  DS: reader => ({
    keyTag: reader.u16(),
    algorithm: reader.u8(),
    digestType: reader.u8(),
    digest: reader.take(reader.left).toString('hex'),
  }),
  CAA: reader => ({
    flags: reader.u8(),
    tag: reader.characterString(),
    value: reader.characters(reader.left),
  }),
}

function readTarget(reader: WireReader): { readonly target: string } {
  return { target: reader.name() }
}

function readStrings(reader: WireReader): { readonly strings: readonly string[] } {
  // RFC 1035 section 3.3.14 wants at least one. Some servers send none for an empty value, which means the same.
  const strings: string[] = []
  while (reader.left > 0) strings.push(reader.characterString())
  return { strings }
}
