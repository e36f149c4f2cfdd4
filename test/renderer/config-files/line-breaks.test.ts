import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBytes, encodeBytes } from '#shared/msmtprc/bytes.ts'
import { createEditorState } from '../../../renderer/config-files/editor-setup.ts'
import { lineBreakOf, withLineBreaks } from '../../../renderer/config-files/line-breaks.ts'
import { parseBase64, printBase64 } from '../../../renderer/config-files/base64.ts'

describe('line breaks', () => {
  test.each([
    ['no line at all', '', '\n'],
    ['one line without an end', 'a', '\n'],
    ['line feeds', 'a\nb\n', '\n'],
    ['CR LF throughout', 'a\r\nb\r\n', '\r\n'],
    ['CR LF but for one line', 'a\r\nb\nc\r\n', '\n'],
    ['CR LF and a carriage return inside a line', 'a\rb\r\n', '\r\n'],
    ['a lone carriage return', 'a\rb', '\n'],
  ])('of a file with %s', (_, text, lineBreak) => {
    expect(lineBreakOf(text)).toBe(lineBreak)
  })

  test('of pasted text become those of the file', () => {
    expect(withLineBreaks('a\nb\r\nc\rd', '\r\n')).toBe('a\r\nb\r\nc\r\nd')
    expect(withLineBreaks('a\nb\r\nc\rd', '\n')).toBe('a\nb\nc\nd')
  })
})

describe('the editor gives back the very bytes that were opened', () => {
  const pieces = fc.constantFrom('\n', '\r\n', '\r', '\0', '\xff', '\ufeff', 'ü', 'account a', ' ', '\t', '"', '\u2028')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(pieces, { maxLength: 30 }).map(parts => Buffer.from(parts.join(''), 'latin1')),
    fc.array(pieces, { maxLength: 30 }).map(parts => Buffer.from(parts.join(''))),
  )

  test('whatever they are', () => {
    fc.assert(
      fc.property(bytes, original => {
        const state = createEditorState(decodeBytes(original))
        expect([...encodeBytes(state.sliceDoc())]).toEqual([...original])
      }),
    )
  })

  test('and over a door too', () => {
    fc.assert(
      fc.property(bytes, original => {
        expect([...parseBase64(printBase64(original))]).toEqual([...original])
      }),
    )
    const long = new Uint8Array(200_000).map((_, index) => index % 251)
    expect(Buffer.from(parseBase64(printBase64(long)))).toEqual(Buffer.from(long))
  })
})
