import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { describeTlsLimits, printFloor, tlsLimitsOf } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import { readPriorities } from '#shared/account/tls-priorities.ts'

const none = { tlsMin: null, ciphers: null }

describe('msmtp’s tls_priorities', () => {
  test.each([
    ['NORMAL', null, null],
    ['NORMAL:-VERS-ALL:+VERS-TLS1.2', '1.2', '1.2'],
    ['NORMAL:-VERS-TLS-ALL:+VERS-TLS1.2:+VERS-TLS1.3', '1.2', '1.3'],
    ['SECURE128:-VERS-TLS1.3', '1.2', '1.2'],
    ['NORMAL:+VERS-TLS1.0', '1.0', '1.3'],
    ['NORMAL:-VERS-SSL3.0', '1.2', '1.3'],
    // To take an old version away is no wish for the one above it.
    ['NORMAL:-VERS-TLS1.0', '1.2', '1.3'],
    ['NORMAL:-VERS-TLS1.1', '1.2', '1.3'],
    ['PROTOCOLS=TLSv1.3 CIPHERS=secure', '1.3', '1.3'],
    ['PROTOCOLS=TLSv1.1,TLSv1.2', '1.1', '1.2'],
  ])('%s: from %s to %s', (text, min, max) => {
    expect(readPriorities(text)).toMatchObject({ min, max })
  })

  test.each([
    ['NORMAL:-RSA', 'DEFAULT:!kRSA'],
    ['PFS:-3DES-CBC', 'DEFAULT:!kRSA'],
    ['NORMAL:-ARCFOUR-128', null],
    ['PROTOCOLS=TLSv1.2 CIPHERS=ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256'],
  ])('%s: the ciphers %s', (text, ciphers) => {
    expect(readPriorities(text)).toMatchObject({ ciphers, unread: [] })
  })

  test.each([
    ['NORMAL:%COMPAT:-SIGN-RSA-SHA1', ['%COMPAT', '-SIGN-RSA-SHA1']],
    ['NONE:+VERS-TLS1.2:+AES-256-GCM', ['NONE', '+AES-256-GCM']],
    ['SUITEB128', ['SUITEB128']],
    ['@SYSTEM', ['@SYSTEM']],
    // A gap, which OpenSSL cannot have.
    ['NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.3', ['-VERS-ALL', '+VERS-TLS1.1', '+VERS-TLS1.3']],
    ['CIPHERS=secure ECDHECURVES=P-384', ['CIPHERS=secure', 'ECDHECURVES=P-384']],
  ])('%s: %j is msmtp’s alone, and a remark says so', (priorities, unread) => {
    expect(readPriorities(priorities).unread).toEqual(unread)
    const settings = AccountSettings.parse({ host: 'mail.lab.test', security: 'tls', priorities })
    expect(checkSettings(settings)).toMatchObject([{ field: 'priorities', code: 'priorities-partly-read' }])
  })

  test.each(TLS_VERSIONS)('a floor of %s is written so that it is read again', min => {
    expect(readPriorities(printFloor(min))).toMatchObject({ min, max: '1.3', ciphers: null, unread: [] })
  })
})

describe('the limits of an account', () => {
  test('a chosen floor and list come before the priorities, whose ceiling never undoes a floor', () => {
    const priorities = 'SECURE256:-VERS-TLS1.3'
    expect(tlsLimitsOf({ ...none, priorities })).toMatchObject({ min: '1.2', max: '1.2' })
    expect(tlsLimitsOf({ tlsMin: '1.3', ciphers: 'HIGH', priorities })).toEqual({
      min: '1.3',
      max: '1.3',
      ciphers: 'HIGH',
    })
  })

  test('both at once, and not the same: a remark', () => {
    const settings = AccountSettings.parse({
      host: 'mail.lab.test',
      security: 'tls',
      priorities: 'NORMAL',
      tlsMin: '1.3',
    })
    expect(checkSettings(settings)).toMatchObject([{ code: 'priorities-differ' }])
  })

  test('in words', () => {
    expect(describeTlsLimits(tlsLimitsOf(none))).toBe('at least TLS 1.2')
    expect(describeTlsLimits({ min: '1.3', max: '1.3', ciphers: null })).toBe('TLS 1.3 only')
    expect(describeTlsLimits({ min: '1.0', max: '1.2', ciphers: 'HIGH' })).toBe('TLS 1.0 to 1.2, ciphers HIGH')
  })
})
