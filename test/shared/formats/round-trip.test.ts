import { assert, pre, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { FORMATS } from '#shared/formats/all.ts'
import { PASSWORD_PLACEHOLDER, type Format } from '#shared/formats/format.ts'
import { PASSWORDS } from './passwords.ts'

function settingsOf(change: Partial<AccountSettings> = {}): AccountSettings {
  return AccountSettings.parse({
    host: 'smtp.example.org',
    port: 587,
    security: 'starttls',
    user: 'anna@example.org',
    secret: { kind: 'prompt' },
    ...change,
  })
}

function roundTrip(format: Format, settings: AccountSettings, password: string | null) {
  const written = format.write?.(settings, password)
  if (!written) throw new Error(`${format.id} does not write`)
  const back = format.read?.(written.text)
  if (!back?.ok) throw new Error(`${format.id} does not read what it wrote: ${back?.error.message}\n${written.text}`)
  return { written, back: back.value }
}

const readable = FORMATS.filter(format => format.read !== null && format.write !== null)

test('every format has an id of its own, and at least 25 of them read back what they write', () => {
  expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length)
  expect(readable.length).toBeGreaterThanOrEqual(25)
})

describe.each(readable.map(format => [format.id, format] as const))('%s', (_, format) => {
  test.each(PASSWORDS)('carries the password %j or says that it cannot', password => {
    const { written, back } = roundTrip(format, settingsOf(), password)
    const admitted = written.lost.some(text => /cannot carry|cannot be given|cannot read/.test(text))
    expect(back.password).toBe(admitted ? null : password)
    expect(back.settings.user).toBe('anna@example.org')
    expect(back.settings.host).toBe('smtp.example.org')
  })

  test('never breaks any password at all', () => {
    assert(
      property(string({ unit: 'binary', minLength: 1, maxLength: 40 }), password => {
        pre(
          !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(password) &&
            password.isWellFormed() &&
            password !== PASSWORD_PLACEHOLDER,
        )
        const { back } = roundTrip(format, settingsOf(), password)
        expect([password, null]).toContain(back.password)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['starttls', 587],
    ['tls', 465],
    ['none', 25],
  ] as const)('carries %s on port %i or says that it cannot', (security, port) => {
    const { written, back } = roundTrip(
      format,
      settingsOf({ security, port, user: null, auth: 'none', secret: { kind: 'none' } }),
      null,
    )
    expect(back.settings).toMatchObject({ port, user: null, auth: 'none' })
    if (back.settings.security !== security) expect(written.lost.join()).toMatch(/STARTTLS|TLS/)
  })

  test('leaves a placeholder where no secret was given, and never reads it as one', () => {
    const { written, back } = roundTrip(format, settingsOf(), null)
    expect(back.password).toBeNull()
    if (written.text.includes(PASSWORD_PLACEHOLDER)) return
    expect(['swaks', 'msmtprc', 'account-json']).toContain(format.id)
  })

  test('carries every other setting or names it', () => {
    const settings = settingsOf({
      ehlo: 'host.example.org',
      from: 'anna@example.org',
      fromName: `Anna "Ann" O'Neil`,
      caFile: '/etc/ssl/own ca.pem',
      verifyCertificate: false,
      timeoutSeconds: 20,
      sourceIp: '192.0.2.1',
      clientCertFile: '/etc/ssl/me.pem',
      clientKeyFile: '/etc/ssl/me.key',
      dsnNotify: 'never',
      auth: 'login',
    })
    const { written, back } = roundTrip(format, settings, 'plain')
    const lost = written.lost.join('\n')
    const unnamed = CARRIED.filter(name => back.settings[name] !== settings[name] && !WORDS[name].test(lost))
    expect(unnamed).toEqual([])
  })

  test('reads nonsense as a fault, and never repeats it', () => {
    for (const text of ['', '{}', '[]', 'canary-12 = "', '<?php', '\u0000', 'x'.repeat(1_000_001)]) {
      const result = format.read?.(text)
      expect(result?.ok).toBe(false)
      expect(JSON.stringify(result)).not.toContain('canary-12')
    }
  })
})

/** How a format names a setting that it loses: by our name, or by its own key. */
const WORDS = {
  ehlo: /\(ehlo\)/,
  from: /\(from\)|sender address/,
  fromName: /\(fromName\)|sender name|from_full_name/,
  caFile: /\(caFile\)|TLS_CA_File/,
  verifyCertificate: /\(verifyCertificate\)|certificate/,
  timeoutSeconds: /\(timeoutSeconds\)/,
  sourceIp: /\(sourceIp\)/,
  clientCertFile: /\(clientCertFile\)/,
  clientKeyFile: /\(clientKeyFile\)/,
  dsnNotify: /\(dsnNotify\)/,
} as const
// The keys of the table above are the settings that are looked at.
const CARRIED = Object.keys(WORDS) as readonly (keyof typeof WORDS)[]
