import { expect, test } from 'vitest'
import { parseServer, printServer } from '#engine/dns/server.ts'

test.for([
  ['192.0.2.1', '192.0.2.1', 53],
  ['192.0.2.1:5353', '192.0.2.1', 5353],
  ['::1', '::1', 53],
  ['[::1]', '::1', 53],
  ['[::1]:5353', '::1', 5353],
] as const)('%s is %s port %d', ([text, host, port]) => {
  expect(parseServer(text)).toEqual({ host, port })
})

test.for(['', 'dns.example', '192.0.2.1:0', '192.0.2.1:65536', '[192.0.2.1]:53', '::1:x', '[::1', '1.2.3.4:'])(
  '%j is refused',
  text => {
    expect(() => parseServer(text, '--dns')).toThrow(expect.objectContaining({ code: 'bad-input', field: '--dns' }))
  },
)

test('an IPv6 server is printed in brackets', () => {
  expect(printServer({ host: '::1', port: 53 })).toBe('[::1]:53')
})
