import { expect, test } from 'vitest'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { chooseTransfer, toWireForm } from '#engine/message/wire-form.ts'

const wire = (text: string) => toWireForm(Buffer.from(text, 'latin1')).octets.toString('latin1')

test.each([
  ['CR LF stays', 'a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
  ['a bare LF becomes CR LF', 'a\nb\n', 'a\r\nb\r\n.\r\n'],
  ['a bare CR becomes CR LF', 'a\rb\r', 'a\r\nb\r\n.\r\n'],
  ['a last line without an end gets one', 'a', 'a\r\n.\r\n'],
  ['a dot at the beginning of a line is doubled', '.a\r\n.\r\n..b\r\n', '..a\r\n..\r\n...b\r\n.\r\n'],
  ['a dot inside a line is left alone', 'a.b\r\n', 'a.b\r\n.\r\n'],
  ['an empty message is just the end', '', '.\r\n'],
])('%s', (_, raw, sent) => {
  expect(wire(raw)).toBe(sent)
})

test.each(['\n.\n', '\r.\r', '\n.\r\n', '\r\n.\r', '\r\n.\n', '\r\r\n.\r\n'])(
  'SMTP smuggling: %j in the middle does not end the message early',
  end => {
    const sent = wire(`a${end}MAIL FROM:<evil@lab.test>\r\n`)
    expect(sent.indexOf('\r\n.\r\n')).toBe(sent.length - 5)
    expect(sent).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
  },
)

test('the size is that of the message with CR LF, without doubled dots and the end', () => {
  expect(toWireForm(Buffer.from('.a\nb')).sizeBytes).toBe('.a\r\nb\r\n'.length)
})

test('eight-bit octets pass unchanged and are told, those in the header apart', () => {
  const body = toWireForm(Buffer.from('Subject: x\r\n\r\ngrüße\r\n'))
  expect(body).toMatchObject({ body: '8bit', utf8Headers: false })
  expect(body.octets.includes(Buffer.from('grüße'))).toBe(true)
  expect(toWireForm(Buffer.from('Subject: grüße\r\n\r\nx\r\n'))).toMatchObject({ body: '8bit', utf8Headers: true })
})

test('in chunks nothing is doubled and nothing ends the message; what is binary keeps every octet', () => {
  const raw = Buffer.from('Subject: x\r\n\r\n.dot\nbare\rend')
  expect(toWireForm(raw, 'chunks').octets.toString()).toBe('Subject: x\r\n\r\n.dot\r\nbare\r\nend\r\n')
  expect(toWireForm(raw, 'binary')).toMatchObject({ octets: raw, sizeBytes: raw.length, body: 'binary' })
})

test('DATA, unless chunks are asked for or the message says that it is binary, and the server takes that', () => {
  const text = Buffer.from('Subject: x\r\n\r\nx\r\n')
  const binary = Buffer.from('Content-Transfer-Encoding: binary\r\n\r\n\0\n\r')
  const chunking = { ...NO_CAPABILITIES, chunking: true }
  const both = { ...chunking, binaryMime: true }
  expect(chooseTransfer(text, both, false)).toBe('data')
  expect(chooseTransfer(text, chunking, true)).toBe('chunks')
  expect(chooseTransfer(text, NO_CAPABILITIES, true)).toBe('data')
  expect(chooseTransfer(binary, both, false)).toBe('binary')
  expect(chooseTransfer(binary, chunking, false)).toBe('data')
  // Whoever wrote this header with bare line ends wrote the rest so, too.
  expect(chooseTransfer(Buffer.from('Content-Transfer-Encoding: binary\n\nx'), both, false)).toBe('data')
})
