import { array, assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, normalizeName, parseName, printName, writeName } from '#engine/dns/name.ts'
import { WireReader } from '#engine/dns/wire.ts'

test.for([
  ['Example.COM', 'example.com'],
  ['example.com.', 'example.com'],
  ['.', '.'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['_dmarc.example.com', '_dmarc.example.com'],
  ['a\\.b.example', 'a\\.b.example'],
  ['a\\046b.example', 'a\\.b.example'],
  ['two words.example', 'two\\032words.example'],
] as const)('%s is %s', ([text, normal]) => {
  expect(normalizeName(text)).toBe(normal)
})

test.for([
  ['a..b', 'empty-label'],
  ['.a', 'empty-label'],
  [`${'x'.repeat(64)}.test`, 'label-too-long'],
  [`${'abcdefg.'.repeat(32)}test`, 'name-too-long'],
  ['a\\999.test', 'bad-escape'],
  ['ü b.test', 'not-idna'],
  ['x'.repeat(5000), 'name-too-long'],
] as const)('%s is no name: %s', ([text, fault]) => {
  expect(parseName(text)).toEqual({ ok: false, error: fault })
})

test('a dot inside a label is not a boundary', () => {
  expect(printName([Buffer.from('a.b'), Buffer.from('test')])).toBe('a\\.b.test')
})

test('a name is within itself and its parents, not within a name that only ends alike', () => {
  expect(isWithin('a.example.com', 'example.com')).toBe(true)
  expect(isWithin('example.com', 'example.com')).toBe(true)
  expect(isWithin('badexample.com', 'example.com')).toBe(false)
})

test('a name of any octets comes back from the wire as it was written', () => {
  const label = uint8Array({ minLength: 1, maxLength: 63 }).map(octets => Buffer.from(octets))
  const labels = array(label, { maxLength: 8 }).filter(
    all => all.reduce((sum, { length }) => sum + length + 1, 1) <= 255,
  )
  assert(
    property(labels, all => {
      const name = printName(all).toLowerCase()
      const bytes = Buffer.alloc(260)
      const reader = new WireReader(bytes.subarray(0, writeName(name, bytes, 0)))
      expect(reader.name()).toBe(name)
      expect(reader.left).toBe(0)
    }),
  )
})
