import { describe, expect, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judged, type Facts } from '#shared/finding/judged.ts'
import { applyFix, describeChange, type SettingsFix } from '#shared/fix/apply-fix.ts'
import { shellWord } from '#shared/formats/dialect/shell.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { fixesFor } from '#shared/fix/fixes-for.ts'
import { settings } from '../finding/evidence-for-tests.ts'

type Known = {
  readonly account?: Partial<AccountSettings>
  readonly facts?: Facts
  readonly evidence?: readonly string[]
}

function fixes(id: FindingId, { account = {}, facts = {}, evidence = [] }: Known = {}): readonly Fix[] {
  return fixesFor(judged(id, { facts, evidence }), settings(account))
}

function changes(id: FindingId, known: Known = {}): readonly SettingsFix['change'][] {
  return fixes(id, known).flatMap(fix => (fix.kind === 'settings' ? [fix.change] : []))
}

describe('a settings fix', () => {
  test.for<readonly [FindingId, Known, SettingsFix['change']]>([
    ['connect-tls-expected', {}, { port: 587, security: 'tls' }],
    ['encrypt-tls-on-starttls-port', { account: { security: 'tls' } }, { port: 587, security: 'starttls' }],
    ['sign-in-needs-encryption', { account: { security: 'none', port: null } }, { port: 25, security: 'starttls' }],
    ['deliver-starttls-required', { account: { security: 'none' } }, { port: 587, security: 'starttls' }],
    ['connect-timed-out', {}, { port: 465, security: 'tls' }],
    ['connect-timed-out', { account: { host: 'smtp.gmail.com', port: 25 } }, { port: 465, security: 'tls' }],
    ['connect-family-unreachable', { facts: { family: 'IPv6' } }, { ipFamily: '4' }],
    ['encrypt-ehlo-name-rejected', {}, { ehlo: 'example.com' }],
    ['encrypt-certificate-self-signed', { facts: { sha256: 'AA:BB' } }, { fingerprint: 'AA:BB' }],
    [
      'encrypt-certificate-wrong-name',
      { facts: { names: '*.x.example, mail.x.example' } },
      { host: 'mail.x.example', hostOverride: null },
    ],
    [
      'encrypt-certificate-wrong-name',
      { account: { host: '127.0.0.1' }, facts: { names: 'mail.x.example' } },
      { hostOverride: 'mail.x.example' },
    ],
    ['sign-in-mechanism-unsupported', { account: { auth: 'cram-md5' } }, { auth: 'auto' }],
    ['sign-in-mechanism-unsupported', { facts: { offered: 'XOAUTH2, LOGIN' } }, { auth: 'login' }],
    ['sign-in-refused', { account: { user: 'ann' } }, { user: 'ann@example.com' }],
    ['sign-in-refused', { account: { host: 'smtp.sendgrid.net' } }, { user: 'apikey' }],
    ['sign-in-not-offered', {}, { auth: 'none', user: null, secret: { kind: 'none' } }],
    ['deliver-sender-not-allowed', { account: { from: 'info@example.com' } }, { from: 'ann@example.com' }],
    [
      'deliver-sign-in-required',
      { account: { user: null } },
      { auth: 'auto', user: 'ann@example.com', secret: { kind: 'prompt' } },
    ],
    ['deliver-dsn-unsupported', { account: { dsnNotify: 'failure' } }, { dsnNotify: null, dsnReturn: null }],
    [
      'deliver-content-malformed',
      { evidence: ['550 Messages missing a valid Message-ID'], account: { setMsgidHeader: 'off' } },
      { setMsgidHeader: 'auto' },
    ],
  ])('for %s with %j changes %j', ([id, known, change]) => {
    expect(changes(id, known)).toContainEqual(change)
  })

  test('that would change nothing is not offered', () => {
    expect(changes('encrypt-ehlo-name-rejected', { account: { ehlo: 'example.com' } })).toEqual([])
    expect(changes('deliver-sender-not-allowed')).toEqual([])
  })

  test('guesses no other port on the machine itself', () => {
    expect(changes('connect-timed-out', { account: { host: '127.0.0.1' } })).toEqual([])
  })

  test('gives up encryption only on the machine itself', () => {
    const remote = changes('encrypt-starttls-not-offered')
    expect(remote.some(change => change.security === 'none')).toBe(false)
    const here = changes('encrypt-starttls-not-offered', { account: { host: 'localhost', port: 25 } })
    expect(here).toContainEqual({ port: 25, security: 'none', allowPlaintextSignIn: true })
  })

  test('gives up the certificate check last of all, and says what that means', () => {
    const last = fixes('encrypt-certificate-self-signed', { facts: { sha256: 'AA:BB' } }).at(-1)
    expect(last).toMatchObject({ id: 'no-certificate-check', change: { verifyCertificate: false } })
    expect(last?.label).toMatch(/last resort/i)
  })

  test('is applied without touching anything else, and described field by field', () => {
    const before = settings({ security: 'tls', port: null, from: 'info@example.com' })
    const fix: Fix = { kind: 'settings', id: 'x', label: 'x', change: { port: 465, security: 'starttls' } }
    expect(applyFix(before, fix)).toEqual({ ...before, port: 465, security: 'starttls' })
    expect(describeChange(before, fix)).toEqual([
      { field: 'port', before: null, after: 465 },
      { field: 'security', before: 'tls', after: 'starttls' },
    ])
    expect(before.security).toBe('tls')
  })

  test('of another kind changes no settings', () => {
    const wait: Fix = { kind: 'wait', id: 'wait', label: 'Wait', seconds: 60, why: 'x' }
    expect(applyFix(settings(), wait)).toEqual(settings())
    expect(describeChange(settings(), wait)).toEqual([])
  })
})

describe('other fixes', () => {
  test('an app password is made at the provider, with its page', () => {
    const made = fixes('sign-in-needs-app-password', { account: { host: 'smtp.gmail.com' } })
    expect(made.map(fix => fix.kind)).toEqual(expect.arrayContaining(['secret', 'provider']))
    expect(made.find(fix => fix.kind === 'provider')).toMatchObject({
      url: expect.stringContaining('https://') as string,
    })
  })

  test('how long to wait is what the server said', () => {
    const evidence = ['450 4.2.0 Greylisted, try again in 5 minutes']
    const [first] = fixesFor(judged('deliver-greylisted', { evidence }), settings())
    expect(first).toMatchObject({ kind: 'wait', seconds: 300 })
  })

  test('the provider goes into the SPF record before the term that ends it', () => {
    const facts = { domain: 'example.com', record: 'v=spf1 mx ~all', wantedInclude: 'include:_spf.example.org' }
    const fix = fixes('domain-spf-lacks-provider', { facts }).find(each => each.kind === 'dns')
    expect(fix?.changes).toMatchObject([
      { action: 'replace', value: 'v=spf1 mx include:_spf.example.org ~all', replaces: 'v=spf1 mx ~all' },
    ])
  })

  test('a text to ask with holds the server and what it said', () => {
    const ask = fixes('deliver-relay-denied', { evidence: ['554 5.7.1 Relay access denied'] }).find(
      fix => fix.kind === 'ask',
    )
    expect(ask?.text).toContain('mail.example.com, port 587')
    expect(ask?.text).toContain('554 5.7.1 Relay access denied')
  })

  test.for([
    ['error', 'fails:'],
    ['warning', 'works as far as it was tested, but something is not right:'],
    ['info', 'works as far as it was tested, and this was noticed:'],
  ] as const)('a text to ask with says how bad it is: %s', ([severity, says]) => {
    const ask = fixesFor(judged('connect-greeting-slow', { severity }), settings()).find(fix => fix.kind === 'ask')
    expect(ask === undefined ? severity : ask.text).toContain(ask === undefined ? 'info' : says)
  })

  test('a command quotes what it holds, so that a host name cannot add another command', () => {
    expect(shellWord('mail.example.com')).toBe('mail.example.com')
    expect(shellWord("a'; rm -rf ~ #")).toBe(String.raw`'a'\''; rm -rf ~ #'`)
    const commands = fixes('resolve-name-not-found', { account: { host: 'a;reboot' } }).flatMap(fix =>
      fix.kind === 'command' ? fix.commands.map(each => each.command) : [],
    )
    expect(commands.every(command => !/[^']a;reboot/.test(command))).toBe(true)
  })
})
