import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { checkSettings } from '#shared/account/rules.ts'

const PIN = Array.from({ length: 32 }, () => 'AB').join(':')

function codes(change: Partial<AccountSettings>): readonly string[] {
  return checkSettings(AccountSettings.parse({ host: 'smtp.example.org', ...change })).map(({ code }) => code)
}

const SIGNED_IN = { user: 'anna', secret: { kind: 'keyring' }, security: 'starttls' } as const

describe('settings that fit', () => {
  test.each<[string, Partial<AccountSettings>]>([
    ['a host alone', {}],
    ['STARTTLS with a password', { ...SIGNED_IN, port: 587 }],
    ['TLS from the start', { ...SIGNED_IN, port: 465, security: 'tls' }],
    ['a client certificate', { security: 'tls', clientCertFile: '/c', clientKeyFile: '/k', auth: 'external' }],
    ['LMTP over a socket', { host: '', protocol: 'lmtp', socket: '/run/lmtp' }],
    ['an EHLO address literal', { ehlo: '[192.0.2.1]' }],
    ['an IPv6 EHLO address literal', { ehlo: '[IPv6:2001:db8::1]' }],
    ['notices', { dsnNotify: 'failure,delay,success', dsnReturn: 'headers' }],
    ['no notices', { dsnNotify: 'never' }],
    ['CRAM-MD5 without TLS, which hides the password', { user: 'anna', secret: { kind: 'keyring' }, auth: 'cram-md5' }],
    [
      'a password in the clear that a person allowed',
      { ...SIGNED_IN, security: 'none', auth: 'plain', allowPlaintextSignIn: true },
    ],
    ['an empty sender, the null reverse-path', { from: '' }],
  ])('%s', (_, change) => {
    expect(codes(change)).toEqual([])
  })
})

describe('settings that contradict each other', () => {
  test.each<[string, Partial<AccountSettings>]>([
    ['host-missing', { host: '' }],
    ['host-malformed', { host: 'smtp..example.org' }],
    ['host-malformed', { host: '300.1.1.1' }],
    ['no-tls-on-465', { port: 465 }],
    ['starttls-on-465', { port: 465, security: 'starttls' }],
    ['tls-on-starttls-port', { port: 587, security: 'tls' }],
    ['lmtp-needs-port', { protocol: 'lmtp' }],
    ['lmtp-on-25', { protocol: 'lmtp', port: 25 }],
    ['socket-with-proxy', { socket: '/s', proxy: { host: 'p', port: 9050 } }],
    ['socket-with-source', { socket: '/s', sourceIp: '192.0.2.1' }],
    ['source-malformed', { sourceIp: '192.0.2' }],
    ['source-family', { sourceIp: '192.0.2.1', ipFamily: '6' }],
    ['source-family', { sourceIp: '2001:db8::1', host: '192.0.2.7' }],
    ['host-family', { host: '2001:db8::1', ipFamily: '4' }],
    ['ehlo-localhost', { ehlo: 'localhost' }],
    ['ehlo-single-label', { ehlo: 'container7f' }],
    ['ehlo-underscore', { ehlo: 'my_host.example.org' }],
    ['ehlo-bare-address', { ehlo: '192.0.2.1' }],
    ['ehlo-malformed', { ehlo: '[nowhere]' }],
    ['sign-in-on-25', { ...SIGNED_IN, port: 25 }],
    ['certificate-without-key', { security: 'tls', clientCertFile: '/c' }],
    ['key-without-certificate', { security: 'tls', clientKeyFile: '/k' }],
    ['certificate-without-tls', { clientCertFile: '/c', clientKeyFile: '/k' }],
    ['fingerprint-malformed', { security: 'tls', fingerprint: 'AB:CD' }],
    ['fingerprint-renewal', { security: 'tls', fingerprint: PIN }],
    ['certificate-unchecked', { security: 'tls', verifyCertificate: false }],
    ['tls-settings-without-tls', { caFile: '/ca' }],
    ['crl-without-ca', { security: 'tls', crlFile: '/crl' }],
    ['override-malformed', { security: 'tls', hostOverride: 'a b' }],
    ['password-without-tls', { ...SIGNED_IN, security: 'none' }],
    ['password-without-tls', { ...SIGNED_IN, security: 'none', auth: 'plain' }],
    [
      'plus-without-tls',
      { user: 'anna', secret: { kind: 'prompt' }, auth: 'scram-sha-256-plus', allowPlaintextSignIn: true },
    ],
    ['sign-in-without-user', { security: 'tls', auth: 'login' }],
    ['password-without-user', { security: 'tls', secret: { kind: 'keyring' } }],
    ['user-without-sign-in', { security: 'tls', auth: 'none', user: 'anna' }],
    ['user-without-password', { security: 'tls', user: 'anna' }],
    ['external-without-certificate', { security: 'tls', auth: 'external' }],
    ['provider-wants-oauth2', { ...SIGNED_IN, provider: 'outlook-com', auth: 'plain' }],
    ['provider-user-name', { ...SIGNED_IN, provider: 'sendgrid', user: 'anna@example.org' }],
    ['ntlm-domain-unused', { ...SIGNED_IN, auth: 'plain', ntlmDomain: 'CORP' }],
    ['from-without-domain', { from: 'anna' }],
    ['from-without-domain', { from: 'anna@' }],
    ['from-malformed', { from: 'anna b@example.org' }],
    ['from-with-name', { from: 'Anna <anna@example.org>' }],
    ['from-local-domain', { from: 'root@localhost' }],
    ['name-without-address', { fromName: 'Anna' }],
    ['notify-never-with-others', { dsnNotify: 'never,delay' }],
    ['notify-unknown-word', { dsnNotify: 'always' }],
    ['notify-twice', { dsnNotify: 'delay,delay' }],
    ['bcc-kept', { removeBccHeaders: false }],
    ['syslog-unknown-facility', { syslog: 'MAIL' }],
    ['time-format-unused', { logFileTimeFormat: '%c' }],
  ])('%s', (code, change) => {
    expect(codes(change)).toEqual([code])
  })

  test('a pin with the check turned off says both', () => {
    expect(codes({ security: 'tls', fingerprint: PIN, verifyCertificate: false })).toEqual([
      'fingerprint-unchecked',
      'fingerprint-renewal',
    ])
  })

  test('errors come before warnings', () => {
    const severities = checkSettings(AccountSettings.parse({ host: '', ehlo: 'localhost' })).map(
      ({ severity }) => severity,
    )
    expect(severities).toEqual(['error', 'warning'])
  })

  test('applying the change that a remark carries silences it', () => {
    const settings = AccountSettings.parse({ host: 'smtp.example.org', port: 465, security: 'starttls' })
    const change = checkSettings(settings)[0]?.change
    expect(checkSettings({ ...settings, ...change })).toEqual([])
  })
})
