import { createSecureContext } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { checkCiphers, contextLimits } from '#engine/tls/limits.ts'

describe('a cipher list', () => {
  test.each([
    'HIGH:!kRSA',
    'DEFAULT:@SECLEVEL=1',
    'ECDHE+AESGCM:+SHA1',
    'AES256-SHA, AES128-SHA',
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    // To take away what is not there is no mistake.
    'HIGH:!RC4',
  ])('%s can be used', list => {
    expect(checkCiphers(list)).toEqual({ ok: true, value: true })
    expect(() => createSecureContext(contextLimits({ min: '1.2', max: '1.3', ciphers: list }))).not.toThrow()
  })

  test.each([
    ['FOO', 'FOO'],
    // OpenSSL itself would pass over the word, and the list would not be what was meant.
    ['HIGH:ECDHE-RSA-AES128-GCM-SHA255', 'ECDHE-RSA-AES128-GCM-SHA255'],
    ['TLS_FOO:HIGH', 'TLS_FOO'],
    // Without encryption, or without a certificate.
    ['NULL', null],
    ['aNULL', null],
    ['!HIGH', null],
    ['DEFAULT@SECLEVEL=9', null],
    ['', null],
  ])('%s cannot', (list, unknown) => {
    expect(checkCiphers(list)).toEqual({ ok: false, error: { unknown } })
  })
})
