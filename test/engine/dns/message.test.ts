import { assert, nat, property, uint8Array } from 'fast-check'
import { Packet } from 'dns2'
import { expect, test } from 'vitest'
import { composeQuery, parseMessage } from '#engine/dns/message.ts'
import { parseName } from '#engine/dns/name.ts'

const labelsOf = (name: string) => {
  const labels = parseName(name)
  if (!labels.ok) throw new Error(labels.error)
  return labels.value
}

test('another codec reads the question as it was meant', () => {
  const packet = Packet.parse(composeQuery(labelsOf('mail.example.com'), 'MX', true).bytes)
  expect(packet.header).toMatchObject({ id: 0, qr: 0, rd: 1, qdcount: 1, arcount: 1 })
  expect(packet.questions).toMatchObject([{ name: 'mail.example.com', type: 15, class: 1 }])
  expect(packet.additionals).toMatchObject([{ type: 41, class: 1232 }])
})

test('whatever octets come, there is a value and never an exception', () => {
  const reply = composeReplyLike()
  assert(
    property(uint8Array({ maxLength: 600 }), nat(), (noise, at) => {
      const octets = Buffer.from(reply)
      // Half of them random from the first octet, half a good reply with a random piece in it.
      const from = at % octets.length
      const mixed = at % 2 === 0 ? Buffer.from(noise) : Buffer.concat([octets.subarray(0, from), noise])
      expect(typeof parseMessage(mixed).ok).toBe('boolean')
    }),
    { numRuns: 5_000 },
  )
})

test('every cut of a good reply is malformed', () => {
  const reply = composeReplyLike()
  expect(parseMessage(reply).ok).toBe(true)
  for (let length = 0; length < reply.length; length++) expect(parseMessage(reply.subarray(0, length)).ok).toBe(false)
})

test('a record whose data is shorter or longer than its type is malformed', () => {
  const reply = composeReplyLike()
  const lengthAt = reply.length - 6
  for (const wrong of [0, 3, 5, 0xffff]) {
    const other = Buffer.from(reply)
    other.writeUInt16BE(wrong, lengthAt)
    expect(parseMessage(other).ok).toBe(false)
  }
})

/** A reply with one A record at its end. */
function composeReplyLike(): Buffer {
  const header = composeQuery(labelsOf('a.example.com'), 'A', false).bytes
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 6)
  const answer = Buffer.from('c00c00010001000001000004c0000201', 'hex')
  return Buffer.concat([header, answer])
}
