import { assert, nat, property, uint8Array } from 'fast-check'
import { isIPv6 } from 'node:net'
import { expect, test } from 'vitest'
import { inPrefix, parseIp, printIp, reverseName, unmapIp } from '#engine/dns/ip.ts'

const ip = (text: string) => {
  const parsed = parseIp(text)
  if (!parsed) throw new Error(text)
  return parsed
}

test.for([
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['192.0.2.1', '192.0.2.1'],
] as const)('%s is printed as %s', ([text, printed]) => {
  expect(printIp(ip(text))).toBe(printed)
})

test('what is printed is read back as the same address', () => {
  assert(
    property(uint8Array({ minLength: 16, maxLength: 16 }), nat(15), (octets, zeros) => {
      octets.fill(0, zeros, zeros + 8)
      const text = printIp({ family: 6, octets })
      expect(isIPv6(text)).toBe(true)
      expect([...ip(text).octets]).toEqual([...octets])
    }),
  )
})

test.for(['1.2.3', '01.2.3.4', '1.2.3.4.5', 'fe80::1%eth0', ':::', 'x', ''])('%j is no address', text => {
  expect(parseIp(text)).toBe(null)
})

test('a mapped address is the IPv4 address', () => {
  expect(printIp(unmapIp(ip('::ffff:192.0.2.1')))).toBe('192.0.2.1')
  expect(printIp(unmapIp(ip('::fffe:192.0.2.1')))).toBe('::fffe:c000:201')
})

test.for([
  ['192.0.2.129', '192.0.2.0', 24, true],
  ['192.0.2.129', '192.0.2.0', 25, false],
  ['192.0.2.129', '10.0.0.0', 0, true],
  ['192.0.2.1', '192.0.2.1', 32, true],
  ['2001:db8:8000::', '2001:db8::', 32, true],
  ['2001:db8:8000::', '2001:db8::', 33, false],
  ['192.0.2.1', '::', 0, false],
] as const)('%s in %s/%d: %s', ([address, network, bits, inside]) => {
  expect(inPrefix(ip(address), ip(network), bits)).toBe(inside)
})

test('the reverse names of both families', () => {
  expect(reverseName(ip('192.0.2.1'))).toBe('1.2.0.192.in-addr.arpa')
  expect(reverseName(ip('2001:db8::1'))).toBe(`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`)
})
