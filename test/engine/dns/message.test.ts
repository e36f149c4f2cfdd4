import { array, assert, constant, constantFrom, nat, oneof, property, tuple, uint8Array } from 'fast-check'
import { Packet } from 'dns2'
import { expect, test } from 'vitest'
import { judgeReply } from '#engine/dns/judge-reply.ts'
import { composeQuery, parseMessage } from '#engine/dns/message.ts'
import { TYPE_NUMBER } from '#engine/dns/record.ts'

test('another codec reads the question as it was meant', () => {
  const packet = Packet.parse(composeQuery('mail.example.com', 'MX', true).bytes)
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

test('records of every type with random data and pointers are read or refused, and what is read can be judged', () => {
  const types = Object.values(TYPE_NUMBER)
  const record = tuple(
    oneof(
      constant(Buffer.of(0xc0, 12)),
      nat(0x3fff).map(at => Buffer.of(0xc0 | (at >> 8), at & 0xff)),
      uint8Array({ minLength: 1, maxLength: 20 }).map(label => Buffer.from([label.length, ...label, 0])),
    ),
    constantFrom(...types, 41, 46, 65_000),
    uint8Array({ maxLength: 60 }),
    // Mostly the true length, now and then another.
    oneof(constant(0), constant(0), constant(0), nat(80)),
  ).map(([name, type, data, lie]) => {
    const head = Buffer.alloc(10)
    head.writeUInt16BE(type, 0)
    head.writeUInt16BE(1, 2)
    head.writeUInt16BE(data.length ^ lie, 8)
    return Buffer.concat([name, head, data])
  })
  let read = 0
  assert(
    property(array(record, { maxLength: 8 }), nat(8), (records, answers) => {
      const question = composeQuery('a.example.com', 'A', false).bytes
      question.writeUInt16BE(0x8180, 2)
      question.writeUInt16BE(Math.min(answers, records.length), 6)
      question.writeUInt16BE(records.length - Math.min(answers, records.length), 8)
      const parsed = parseMessage(Buffer.concat([question, ...records]))
      if (!parsed.ok) return
      read++
      for (const type of ['A', 'TXT', 'CNAME'] as const) {
        expect(judgeReply(parsed.value, 'a.example.com', type, 'x').kind).toMatch(/^(?:answer|follow)$/)
      }
    }),
    { numRuns: 10_000 },
  )
  expect(read).toBeGreaterThan(500)
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
  const header = composeQuery('a.example.com', 'A', false).bytes
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 6)
  const answer = Buffer.from('c00c00010001000001000004c0000201', 'hex')
  return Buffer.concat([header, answer])
}
