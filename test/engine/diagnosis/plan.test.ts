import { describe, expect, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import type { DiagnosisInput } from '#engine/diagnosis/diagnosis.ts'
import { planRun } from '#engine/diagnosis/plan.ts'
import { accountOf } from '../../support/diagnose.ts'

const plan = (settings: Partial<AccountSettings>, input: Partial<DiagnosisInput> = {}, options = {}) =>
  planRun(
    {
      account: accountOf({ host: 'mail.lab.test', ...settings }),
      secret: { kind: 'missing', because: 'none-stored' },
      purpose: 'test',
      sendTo: [],
      ...input,
    },
    options,
  )

describe('where to connect', () => {
  test.each<[Partial<AccountSettings>, object]>([
    [{}, { kind: 'host', host: 'mail.lab.test', port: 25, sourceIp: null }],
    [{ security: 'tls' }, { kind: 'host', port: 465 }],
    [{ host: 'mail.grüße.test' }, { kind: 'host', host: 'mail.xn--gre-6ka8l.test' }],
    [{ socket: '/run/lmtp' }, { kind: 'socket', path: '/run/lmtp' }],
    [{ proxy: { host: 'p', port: 1080 } }, { kind: 'proxy', host: 'mail.lab.test', proxy: { host: 'p', port: 1080 } }],
  ])('%j', (settings, place) => {
    expect(plan(settings).place).toMatchObject(place)
  })

  test('a source address decides the family', () => {
    expect(plan({ sourceIp: '192.0.2.1' }).family).toBe(4)
    expect(plan({ sourceIp: '2001:db8::1' }).family).toBe(6)
    expect(plan({ ipFamily: '6' }).family).toBe(6)
    expect(plan({ ipFamily: '6' }, {}, { family: 4 }).family).toBe(4)
  })

  test('the certificate is checked for the override, where there is one', () => {
    expect(plan({}).certificateHost).toBe('mail.lab.test')
    expect(plan({ hostOverride: 'mx.lab.test' }).certificateHost).toBe('mx.lab.test')
  })
})

describe('who writes to whom', () => {
  test.each<[Partial<AccountSettings>, string, readonly string[]]>([
    [{ from: 'ada@lab.test' }, 'ada@lab.test', ['ada@lab.test']],
    [{ from: null, user: 'ada@lab.test' }, 'ada@lab.test', ['ada@lab.test']],
    [{ from: '*@lab.test', user: 'ada@lab.test' }, 'ada@lab.test', ['ada@lab.test']],
    [{ from: null, user: 'ada' }, '', []],
  ])('%j', (settings, mailFrom, rcptTo) => {
    expect(plan(settings)).toMatchObject({ mailFrom, rcptTo })
  })
})

describe('what is left out', () => {
  test('sign-in, where the account has none', () => {
    expect(plan({ user: null }).skipped.get('sign-in')).toBe('no-sign-in')
    expect(plan({ user: 'ada', auth: 'none' }).skipped.get('sign-in')).toBe('no-sign-in')
    expect(plan({ user: 'ada' }).skipped.has('sign-in')).toBe(false)
    expect(plan({ auth: 'external' }).skipped.has('sign-in')).toBe(false)
  })

  test('the domain, where it cannot be looked up', () => {
    expect(plan({}).skipped.get('domain')).toBe('not-available')
  })
})

test('only the account can send its secret to a server that is not trusted', () => {
  expect(plan({}, {}, { insecure: true })).toMatchObject({ goOnUntrusted: true, credentialsToUntrusted: false })
  expect(plan({ verifyCertificate: false })).toMatchObject({ goOnUntrusted: true, credentialsToUntrusted: true })
  expect(plan({})).toMatchObject({ goOnUntrusted: false, credentialsToUntrusted: false })
})
