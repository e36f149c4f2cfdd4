import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import {
  findPresetsByName,
  presetById,
  presetForDomain,
  presetForHost,
  presetForMx,
} from '#shared/account/find-preset.ts'
import { PRESETS } from '#shared/account/presets/all.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { parseHostName } from '#shared/account/domain-name.ts'
import { endpointsOf, settingsFromPreset, suggestAccountName } from '#shared/account/settings-from-preset.ts'

describe('the table of providers', () => {
  test('holds about fifty providers, each under an id of its own', () => {
    expect(PRESETS.length).toBeGreaterThanOrEqual(50)
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length)
  })

  test.each(PRESETS.map(preset => [preset.id, preset] as const))('%s is well formed', (id, preset) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(preset.verifiedOn).toMatch(/^20\d\d-\d\d$/)
    expect(preset.ports.length).toBeGreaterThan(0)
    expect(preset.hosts.length).toBeGreaterThan(0)
    for (const { host } of preset.hosts) expect(parseHostName(host).ok).toBe(true)
    for (const { port, security } of preset.ports) {
      if (port === 465) expect(security).toBe('tls')
      if (port === 587) expect(security).toBe('starttls')
    }
    for (const method of preset.signIn) if (method.until !== null) expect(method.until).toMatch(/^20\d\d-\d\d-\d\d$/)
    for (const name of [...preset.domains, ...preset.mxSuffixes]) expect(name).toBe(name.toLowerCase())
  })

  test.each(PRESETS.map(preset => [preset.id, preset] as const))(
    '%s makes settings without a contradiction',
    (_, preset) => {
      for (const { region } of preset.hosts) {
        const settings = settingsFromPreset(preset, { region, address: 'anna@example.org', user: 'issued' })
        expect(AccountSettings.parse(settings)).toEqual(settings)
        expect(checkSettings(settings).filter(({ severity }) => severity === 'error')).toEqual([])
      }
    },
  )

  test('no domain belongs to two providers', () => {
    const domains = PRESETS.flatMap(preset => [...preset.domains, ...preset.hosts.flatMap(host => host.domains)])
    expect(domains.filter((domain, at) => domains.indexOf(domain) !== at)).toEqual([])
  })

  test('Microsoft 365 carries the date that holds, not the one that was given up', () => {
    const password = presetById('microsoft-365')?.signIn.find(({ method }) => method === 'password')
    expect(password).toMatchObject({ state: 'ending', until: '2026-12-31' })
    expect(password?.note).toContain('2027')
  })
})

describe('finding a provider', () => {
  test.each([
    ['amazon', 'amazon-ses'],
    ['aws', 'amazon-ses'],
    ['gmail', 'gmail'],
    ['office 365', 'microsoft-365'],
    ['hotmail', 'outlook-com'],
    ['sendinblue', 'brevo'],
    ['web.de', 'web-de'],
    ['localhost', 'postfix-local'],
  ])('by the words "%s"', (query, id) => {
    expect(findPresetsByName(query)[0]?.id).toBe(id)
  })

  test('by words that fit none: nothing', () => {
    expect(findPresetsByName('zzzz')).toEqual([])
    expect(findPresetsByName('  ')).toBe(PRESETS)
  })

  test.each([
    ['gmail.com', 'gmail', null],
    ['GMX.de.', 'gmx', 'net'],
    ['gmx.com', 'gmx', 'com'],
    ['outlook.com', 'outlook-com', null],
    ['me.com', 'icloud', null],
  ])('by the domain %s', (domain, id, region) => {
    expect(presetForDomain(domain)).toMatchObject({ preset: { id }, region })
  })

  test('a domain of a customer is nobody’s own', () => {
    expect(presetForDomain('example.org')).toBeNull()
  })

  test.each([
    [['aspmx.l.google.com'], 'gmail', null],
    [['SMTP.GOOGLE.COM.'], 'gmail', null],
    [['example-org.mail.protection.outlook.com'], 'microsoft-365', null],
    [['outlook-com.olc.protection.outlook.com'], 'outlook-com', null],
    [['mx2.zoho.eu', 'mx.zoho.eu'], 'zoho', 'eu'],
    [['mx00.kundenserver.de'], 'ionos', 'de'],
    [['mx.example.org', 'in1-smtp.messagingengine.com'], 'fastmail', null],
  ])('by the MX %s', (hosts, id, region) => {
    expect(presetForMx(hosts)).toMatchObject({ preset: { id }, region })
  })

  test('a name that only ends in the same letters is another domain', () => {
    expect(presetForMx(['mx.notgoogle.com'])).toBeNull()
    expect(presetForMx([])).toBeNull()
  })

  test('by its host, with the region in it', () => {
    expect(presetForHost('email-smtp.eu-west-1.amazonaws.com')).toMatchObject({
      preset: { id: 'amazon-ses' },
      region: 'eu-west-1',
    })
    expect(presetForHost('email-smtp.mx-central-1.amazonaws.com')).toMatchObject({ region: 'mx-central-1' })
    expect(presetForHost('smtp.example.org')).toBeNull()
  })
})

describe('settings of a provider', () => {
  test('Amazon SES: host by region, a user name that Amazon issues', () => {
    const ses = presetById('amazon-ses')
    if (!ses) throw new Error('no preset')
    expect(
      settingsFromPreset(ses, { region: 'eu-central-1', user: 'AKIAEXAMPLE', address: 'app@example.org' }),
    ).toMatchObject({
      provider: 'amazon-ses',
      host: 'email-smtp.eu-central-1.amazonaws.com',
      port: 465,
      security: 'tls',
      user: 'AKIAEXAMPLE',
      from: 'app@example.org',
      ehlo: 'example.org',
    })
    expect(endpointsOf(ses, 'eu-central-1').map(({ port }) => port)).toEqual([465, 587, 2465, 2587, 25])
  })

  test.each([
    ['gmail', 'anna@gmail.com', 'anna@gmail.com', 'auto', null],
    ['web-de', 'anna@web.de', 'anna', 'auto', null],
    ['sendgrid', 'app@example.org', 'apikey', 'auto', 'example.org'],
    ['outlook-com', 'anna@outlook.com', 'anna@outlook.com', 'xoauth2', null],
    ['google-workspace-relay', 'app@example.org', null, 'none', 'example.org'],
    ['postfix-local', 'app@example.org', null, 'none', null],
  ])('%s takes the user name its own way', (id, address, user, auth, ehlo) => {
    const preset = presetById(id)
    if (!preset) throw new Error('no preset')
    expect(settingsFromPreset(preset, { address })).toMatchObject({ user, auth, ehlo })
  })

  test('an account gets a name that msmtp takes', () => {
    expect(suggestAccountName(presetById('gmail'), 'anna@gmail.com')).toBe('anna@gmail.com')
    expect(suggestAccountName(presetById('amazon-ses'), 'app@example.org')).toBe('example.org')
    expect(suggestAccountName(presetById('postfix-local'), null)).toBe('postfix-local')
    expect(suggestAccountName(null, null)).toBe('account')
  })
})
