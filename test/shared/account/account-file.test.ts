import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { parseAccountFile, printAccountFile } from '#shared/account/account-file.ts'
import { PRESETS } from '#shared/account/presets/all.ts'
import { settingsFromPreset } from '#shared/account/settings-from-preset.ts'

function read(json: unknown) {
  const result = parseAccountFile(json)
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('; '))
  return result.value
}

function faults(json: unknown) {
  const result = parseAccountFile(json)
  return result.ok ? [] : result.error
}

describe('one account as JSON', () => {
  test('needs a host and nothing else', () => {
    expect(read({ host: 'smtp.example.org' })).toEqual({
      name: 'account',
      settings: AccountSettings.parse({ host: 'smtp.example.org' }),
      notes: [],
    })
  })

  test.each([
    [465, 'tls'],
    [587, 'starttls'],
    [25, 'none'],
    [2525, 'none'],
  ])('port %i means %s', (port, security) => {
    expect(read({ host: 'h.example', port }).settings.security).toBe(security)
  })

  test('a security that is given beats the port', () => {
    expect(read({ host: 'h.example', port: 465, security: 'starttls' }).settings.security).toBe('starttls')
  })

  test('a provider fills in what is missing', () => {
    expect(read({ provider: 'gmail', from: 'anna@gmail.com' }).settings).toMatchObject({
      host: 'smtp.gmail.com',
      port: 465,
      security: 'tls',
      user: 'anna@gmail.com',
      secret: { kind: 'prompt' },
    })
    expect(read({ provider: 'sendgrid', port: 2525 }).settings).toMatchObject({
      user: 'apikey',
      port: 2525,
      security: 'starttls',
    })
  })

  test('a provider that is not in the table is a note', () => {
    expect(read({ provider: 'acme', host: 'smtp.acme.example' }).notes.join()).toContain('acme')
  })

  test.each([
    ['hots', 'host'],
    ['hostname', 'host'],
    ['username', 'user'],
    ['tls_certcheck', 'verifyCertificate'],
    ['from_full_name', 'fromName'],
    ['timeout', 'timeoutSeconds'],
  ])('the unknown key %s is a note that names %s', (key, field) => {
    expect(read({ host: 'h.example', [key]: 'x' }).notes).toEqual([expect.stringContaining(`did you mean ${field}?`)])
  })

  test.each(['password', 'smtp_pass', 'passphrase', 'token', 'accessToken', 'oauth2', 'apiKey', 'secret'])(
    'a secret under the name %s is refused, and not repeated',
    key => {
      const found = faults({ host: 'h.example', [key]: 'canary-55' })
      expect(found).toMatchObject([
        { code: 'bad-input', field: key, remedy: expect.stringContaining('--password-stdin') },
      ])
      expect(JSON.stringify(found)).not.toContain('canary-55')
    },
  )

  test.each([
    [{ host: 'h', port: '587' }, 'port'],
    [{ host: 'h', port: 0 }, 'port'],
    [{ host: 'h', port: 65536 }, 'port'],
    [{ host: 'h', security: 'ssl' }, 'security'],
    [{ host: 'h', proxy: { host: 'p', port: 'x' } }, 'proxy.port'],
    [{ host: 'h\nx' }, 'host'],
    [{ host: 'h', name: 'a:b' }, 'name'],
    [{}, 'host'],
  ])('%j: the fault names %s', (json, field) => {
    expect(faults(json).map(fault => fault.field)).toEqual([field])
  })

  test.each([[null], [[]], ['x'], [7]])('%j is no account', json => {
    expect(faults(json)).toHaveLength(1)
  })

  test('__proto__ is an unknown key like any other', () => {
    expect(read(JSON.parse('{"host":"h.example","__proto__":{"port":25},"constructor":1}')).settings.port).toBeNull()
  })

  test('what is printed reads back, for every provider', () => {
    for (const preset of PRESETS) {
      const settings = settingsFromPreset(preset, { address: 'anna@example.org' })
      const printed = printAccountFile({ ...settings, name: 'work' })
      expect(read(JSON.parse(JSON.stringify(printed)))).toEqual({ name: 'work', settings, notes: [] })
    }
  })

  test('every field is printed, absent ones as null', () => {
    const printed = printAccountFile({ ...AccountSettings.parse({ host: 'h.example' }), name: 'a' })
    expect(Object.keys(printed)).toEqual(['name', ...Object.keys(AccountSettings.shape)])
    expect(printed.user).toBeNull()
  })
})
