import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { documentText, insertLine, parseDocument, removeLine, replaceLine } from '#shared/msmtprc/document.ts'

const parse = (text: string) => parseDocument(encodeBytes(text))

test('any bytes are a document, and print as they were', () => {
  const withLines = fc.array(
    fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constantFrom(Uint8Array.of(10), Uint8Array.of(13, 10))),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(withLines, parts => {
      const bytes = Uint8Array.from(parts.flatMap(part => [...part]))
      expect(encodeBytes(documentText(parseDocument(bytes)))).toEqual(bytes)
    }),
    { numRuns: 2_000 },
  )
})

describe('an edit', () => {
  const mixed = 'account a\r\n\thost   "h" \n# é\n\nport 25'

  test('touches no line but its own', () => {
    expect(documentText(replaceLine(parse(mixed), 3, '# other'))).toBe('account a\r\n\thost   "h" \n# other\n\nport 25')
    expect(documentText(removeLine(parse(mixed), 4))).toBe('account a\r\n\thost   "h" \n# é\nport 25')
  })

  test('that adds a line uses the line end of the file, also behind a last line without one', () => {
    expect(documentText(insertLine(parse('a\r\nb\r\n'), 2, 'new'))).toBe('a\r\nnew\r\nb\r\n')
    expect(documentText(insertLine(parse('a\nb'), 3, 'new'))).toBe('a\nb\nnew')
    expect(documentText(insertLine(parse(''), 1, 'new'))).toBe('new\n')
  })
})
