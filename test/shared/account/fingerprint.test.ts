import { expect, test } from 'vitest'
import { parseFingerprint } from '#shared/account/fingerprint.ts'

const octets = (count: number, separator: string) => Array.from({ length: count }, () => 'ab').join(separator)

test.each([
  [16, ':', 'md5'],
  [20, ' ', 'sha1'],
  [32, '', 'sha256'],
  [32, ':', 'sha256'],
])('%i octets with %j between them are %s', (count, separator, hash) => {
  expect(parseFingerprint(octets(count, separator))).toEqual({
    ok: true,
    value: { hash, text: octets(count, ':').toUpperCase() },
  })
})

test('the heading that openssl prints is left out', () => {
  expect(parseFingerprint(`SHA256 Fingerprint=${octets(32, ':')}`)).toMatchObject({
    ok: true,
    value: { hash: 'sha256' },
  })
})

test.each(['', 'ab', octets(31, ':'), 'zz'.repeat(32)])('%s is refused', text => {
  expect(parseFingerprint(text).ok).toBe(false)
})
