import { describe, expect, test } from 'vitest'
import { parseServer, printServer } from '#engine/dns/server.ts'

describe('a server in the clear', () => {
  test.for([
    ['192.0.2.1', { host: '192.0.2.1', port: 53 }],
    ['192.0.2.1:5353', { host: '192.0.2.1', port: 5353 }],
    ['udp://192.0.2.1', { host: '192.0.2.1', port: 53 }],
    ['::1', { host: '::1', port: 53 }],
    ['[::1]', { host: '::1', port: 53 }],
    ['[::1]:5353', { host: '::1', port: 5353 }],
    ['fe80::1%eth0', { host: 'fe80::1%eth0', port: 53 }],
    ['tcp://192.0.2.1', { host: '192.0.2.1', port: 53, transport: 'tcp' }],
    ['tcp://[::1]:5353', { host: '::1', port: 5353, transport: 'tcp' }],
  ] as const)('%s', ([text, server]) => {
    expect(parseServer(text)).toEqual(server)
  })
})

describe('an encrypted server', () => {
  test.for([
    ['tls://192.0.2.1', { host: '192.0.2.1', port: 853, transport: 'tls', name: null }],
    ['tls://192.0.2.1:8853#dns.example', { host: '192.0.2.1', port: 8853, transport: 'tls', name: 'dns.example' }],
    ['TLS://[2001:db8::1]#dns.example', { host: '2001:db8::1', port: 853, transport: 'tls', name: 'dns.example' }],
    ['tls://Dns.Example/', { host: 'dns.example', port: 853, transport: 'tls', name: null }],
  ] as const)('%s', ([text, server]) => {
    expect(parseServer(text)).toEqual(server)
  })

  test.for([
    ['https://dns.example/dns-query', 'dns.example', 443, 'dns.example', '/dns-query'],
    ['https://dns.example', 'dns.example', 443, 'dns.example', '/dns-query'],
    ['https://192.0.2.1:8443/a?b=c', '192.0.2.1', 8443, '192.0.2.1:8443', '/a?b=c'],
    ['https://[::1]:8443/dns-query{?dns}', '::1', 8443, '[::1]:8443', '/dns-query'],
    ['https://bücher.example/dns-query', 'xn--bcher-kva.example', 443, 'xn--bcher-kva.example', '/dns-query'],
  ] as const)('%s', ([text, host, port, authority, path]) => {
    expect(parseServer(text)).toEqual({ host, port, transport: 'https', name: null, authority, path })
  })
})

test.for([
  '',
  'dns.example',
  'tcp://dns.example',
  '192.0.2.1:0',
  '192.0.2.1:65536',
  '[192.0.2.1]:53',
  '::1:x',
  '[::1',
  '1.2.3.4:',
  'tls://',
  'tls://192.0.2.1#',
  'tls://a#b#c',
  'tls://1.2.3',
  'https://user:word@dns.example/dns-query',
  'https://dns.example/dns-query#part',
  'https://dns.example:0/',
  'http://dns.example/dns-query',
  `tls://${'a'.repeat(300)}`,
])('%j is refused', text => {
  expect(() => parseServer(text, '--dns')).toThrow(expect.objectContaining({ code: 'bad-input', field: '--dns' }))
})

test.for([
  '[::1]:53',
  'tcp://192.0.2.1:53',
  'tls://[2001:db8::1]:853#dns.example',
  'tls://dns.example:853',
  'https://dns.example:8443/dns-query',
])('%s is printed as it is read', text => {
  expect(printServer(parseServer(text))).toBe(text)
})
