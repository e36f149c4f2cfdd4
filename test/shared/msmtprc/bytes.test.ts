import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBytes, encodeBytes, showBytes } from '#shared/msmtprc/bytes.ts'

test('any bytes come back from the string that stands for them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
      expect(encodeBytes(decodeBytes(bytes))).toEqual(bytes)
    }),
    { numRuns: 2_000 },
  )
})

test('bytes between valid UTF-8 come back too, whatever they would mean together', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', 'é', '日', '😀', '\ufeff').map(text => new TextEncoder().encode(text)),
    fc
      .constantFrom([0xff], [0xc3], [0xe6, 0x97], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0x80])
      .map(Uint8Array.from.bind(Uint8Array)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const bytes = Uint8Array.from(pieces.flatMap(part => [...part]))
      expect(encodeBytes(decodeBytes(bytes))).toEqual(bytes)
    }),
    { numRuns: 2_000 },
  )
})

test('UTF-8 is decoded, a byte order mark is kept, and other bytes are shown as escapes', () => {
  expect(decodeBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9))).toBe('\ufeffé')
  expect(showBytes(decodeBytes(Uint8Array.of(0x61, 0xff, 0xfe, 0xc3, 0xa9)))).toBe('a\\xff\\xfeé')
})
