import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import { settingOf, valueOf } from '#shared/msmtprc/accounts.ts'
import { checkMsmtprc } from '#shared/msmtprc/check.ts'
import { type ComposeOptions, composeMsmtprc, type MsmtprcEntry } from '#shared/msmtprc/compose.ts'
import { accountsFromMsmtprc } from '#shared/msmtprc/import.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { quoteArgument } from '#shared/msmtprc/quote.ts'
import { splitWords } from '#shared/msmtprc/words.ts'

const LINUX: ComposeOptions = { platform: 'linux' }

const account = (settings: object) =>
  Account.parse({
    id: 'x',
    name: 'work',
    host: 'mail.example.org',
    security: 'starttls',
    user: 'ann',
    from: 'ann@example.org',
    ...settings,
  })
const keyring = (settings: object): MsmtprcEntry => ({ account: account(settings), secret: { kind: 'keyring' } })

function compose(entries: readonly MsmtprcEntry[], options: ComposeOptions = LINUX) {
  const composed = composeMsmtprc(entries, options)
  if (!composed.ok) throw new Error(composed.error.map(({ message }) => message).join('; '))
  return composed.value
}

const problemsOf = (entry: MsmtprcEntry, options: ComposeOptions = LINUX) => {
  const composed = composeMsmtprc([entry], options)
  return composed.ok ? [] : composed.error
}

test('one account makes a file that the checker has nothing to say to', () => {
  const { text, commands } = compose([keyring({})])
  expect(text).toBe(`# Configuration of msmtp. Passwords do not belong to others: keep this file at mode 0600.

# work: mail.example.org, with STARTTLS
account work
host           mail.example.org
port           587
domain         example.org
tls            on
tls_starttls   on
auth           on
user           ann
from           ann@example.org
# Password: in the key ring, where msmtp looks for this host and user.

# The account that msmtp uses unless -a or --from chooses another.
account default : work
`)
  expect(commands).toEqual([
    {
      label: expect.stringContaining('ann'),
      command: 'secret-tool store --label=msmtp host mail.example.org service smtp user ann',
    },
  ])
  expect(checkMsmtprc(parseMsmtprc(text), null, null)).toEqual([])
})

describe('several accounts', () => {
  const { text } = compose(
    [
      keyring({}),
      keyring({ name: 'second', user: 'bob', from: 'bob@example.org', allowFromOverride: false }),
      keyring({ name: 'other', host: 'smtp.example.net', security: 'tls' }),
    ],
    { ...LINUX, defaultName: 'other' },
  )

  test('share what all have in common, and those of one server inherit', () => {
    expect(text).toContain('defaults\ndomain         example.org\ntls            on\nauth           on\n')
    expect(text).toContain(
      'account second : work\nuser           bob\nfrom           bob@example.org\nallow_from_override off\n',
    )
    expect(text.trimEnd().endsWith('account default : other')).toBe(true)
  })

  test('mean the same as if each stood alone', () => {
    const { accounts } = parseMsmtprc(text)
    expect(accounts.map(({ name }) => name)).toEqual(['work', 'second', 'other', 'default'])
    expect(accounts.map(one => valueOf(one, 'port'))).toEqual(['587', '587', '465', '465'])
    expect(accounts.map(one => valueOf(one, 'tls_starttls'))).toEqual(['on', 'on', 'off', 'off'])
  })

  test('never let one inherit the password of another', () => {
    const inline = (name: string, user: string, value: string): MsmtprcEntry => ({
      account: account({ name, user }),
      secret: { kind: 'inline', value },
    })
    const mixed = compose([inline('a', 'a', 'one'), inline('b', 'b', 'two'), keyring({ name: 'c', user: 'c' })]).text
    const { accounts } = parseMsmtprc(mixed)
    expect(accounts.map(one => settingOf(one, 'password')?.value ?? null)).toEqual(['one', 'two', null, 'one'])
  })

  test('may be thousands', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => keyring({ name: `a${index}`, user: `u${index}` }))
    expect(parseMsmtprc(compose(many).text).accounts).toHaveLength(2_001)
  })
})

describe('the secret', () => {
  const PASSWORDS = [
    '"',
    '"x"',
    '""',
    "'x'",
    '\\',
    '#x',
    'a#b',
    '$HOME',
    '%U',
    ';:@/',
    ' x',
    'x ',
    '\tx\t',
    ' ',
    'pässwörd',
    'a"b',
    '"a',
    'a"',
    'x'.repeat(484),
  ]

  test.each(PASSWORDS)('%j stands in the file so that msmtp reads it back', value => {
    const { text } = compose([{ account: account({}), secret: { kind: 'inline', value } }])
    expect(accountsFromMsmtprc(parseMsmtprc(text))[0]?.password).toBe(value)
  })

  test('that no line can hold is a problem of its field, which does not repeat it', () => {
    for (const value of ['hunter\n2', 'hunter2'.repeat(80), '', 'é'.repeat(250)]) {
      const problems = problemsOf({ account: account({}), secret: { kind: 'inline', value } })
      expect(problems).toMatchObject([{ field: 'secret', remedy: expect.any(String) }])
      expect(JSON.stringify(problems)).not.toContain('hunter')
    }
  })

  test('of gpg is decrypted by a command that a shell reads as it was meant', () => {
    const { text, commands } = compose([
      { account: account({}), secret: { kind: 'gpg', gpgFile: "~/my 'keys'/x.gpg" } },
    ])
    expect(text).toContain(String.raw`passwordeval   gpg --quiet --no-tty --decrypt ~/'my '\''keys'\''/x.gpg'`)
    expect(commands).toHaveLength(1)
  })

  test('of the key ring is stored by a command that quotes host and user', () => {
    const { commands } = compose([keyring({ user: "ann; rm -rf '~'" })])
    expect(commands[0]?.command).toBe(
      String.raw`secret-tool store --label=msmtp host mail.example.org service smtp user 'ann; rm -rf '\''~'\'''`,
    )
    expect(compose([keyring({})], { platform: 'macos' }).commands[0]?.command).toBe(
      'security add-internet-password -s mail.example.org -r smtp -a ann -w',
    )
    expect(problemsOf(keyring({}), { platform: 'windows' })).toMatchObject([{ field: 'secret' }])
  })

  test('is not asked for where nobody signs in', () => {
    for (const settings of [{ auth: 'none' }, { auth: 'auto', user: null }, { auth: 'external', user: 'ann' }]) {
      expect(compose([keyring(settings)]).commands).toEqual([])
    }
    expect(problemsOf(keyring({ auth: 'plain', user: null }))).toMatchObject([{ field: 'secret' }])
  })
})

test.each([
  [{ host: '' }, 'host'],
  [{ protocol: 'lmtp', port: null }, 'port'],
  [{ clientCertFile: 'c' }, 'clientKeyFile'],
  [{ clientKeyFile: 'k' }, 'clientCertFile'],
  [{ fingerprint: '11:22' }, 'fingerprint'],
  [{ dsnNotify: 'sometimes' }, 'dsnNotify'],
  [{ syslog: 'LOG_X' }, 'syslog'],
  [{ caFile: `/${'x'.repeat(600)}` }, 'caFile'],
  [{ socket: '/run/x', host: '' }, 'hostOverride'],
])('settings that msmtp would refuse are problems that name the field: %j', (settings, field) => {
  expect(problemsOf(keyring(settings)).map(problem => problem.field)).toEqual([field])
})

test('names that collide are problems', () => {
  expect(composeMsmtprc([keyring({}), keyring({})], LINUX).ok).toBe(false)
  expect(composeMsmtprc([keyring({}), keyring({ name: 'default' })], LINUX).ok).toBe(false)
  expect(composeMsmtprc([keyring({})], { ...LINUX, defaultName: 'nobody' }).ok).toBe(false)
  expect(composeMsmtprc([], LINUX).ok).toBe(false)
  expect(compose([keyring({ name: 'default' })]).text).not.toContain('account default :')
})

test('what 1.8.23 does not know stands as a comment, and is noted', () => {
  const { text, notes } = compose([keyring({ fromName: 'Ann "x"', auth: 'scram-sha-256-plus' })])
  expect(text).toContain('# since msmtp 1.8.24: from_full_name Ann "x"')
  expect(text).toContain('auth           scram-sha-256\n')
  expect(notes).toHaveLength(2)
})

test('any value that can be written is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ' ', '\t', '\r', '#', '\\', "'", 'a', 'é', ':', ',', '$') }),
      value => {
        const quoted = quoteArgument(value)
        const line = quoted.ok ? `user ${quoted.value}` : ''
        expect(splitWords(line)?.argument).toBe(value)
      },
    ),
    { numRuns: 2_000 },
  )
})

describe('an account that was written to a file and read from it', () => {
  test.each([
    {},
    { security: 'tls', port: 2465, auth: 'login', ehlo: 'host.example.org', timeoutSeconds: 30 },
    { security: 'none', auth: 'none', user: null, from: null },
    {
      caFile: '/ca.pem',
      crlFile: '/crl',
      clientCertFile: '/c',
      clientKeyFile: '/k',
      hostOverride: 'x.org',
      priorities: 'NORMAL',
    },
    {
      fingerprint: `${'AB:'.repeat(31)}CD`,
      verifyCertificate: false,
      sourceIp: '192.0.2.1',
      proxy: { host: 'p', port: 9050 },
    },
    { tlsMin: '1.3', security: 'starttls' },
    { dsnNotify: 'failure,delay', dsnReturn: 'full', setFromHeader: 'on', setDateHeader: 'off', setMsgidHeader: 'off' },
    {
      removeBccHeaders: false,
      undisclosedRecipients: true,
      aliases: '/etc/aliases',
      logFile: '~/.msmtp.log',
      logFileTimeFormat: '%F %T',
      syslog: 'LOG_MAIL',
    },
    { protocol: 'lmtp', port: 24, allowFromOverride: false, auth: 'ntlm', ntlmDomain: 'D', name: ' "odd" name'.trim() },
  ])('is the same: %j', settings => {
    const before = account({ ehlo: 'example.org', port: 587, secret: { kind: 'keyring' }, ...settings })
    const [after] = accountsFromMsmtprc(parseMsmtprc(compose([{ account: before, secret: { kind: 'keyring' } }]).text))
    const { id: _, name, ...expected } = before
    expect(after).toMatchObject({ name, isDefault: true })
    expect(after?.settings).toEqual({
      ...expected,
      secret: before.auth === 'none' ? { kind: 'none' } : { kind: 'keyring' },
    })
  })
})

test('what an account cannot carry is noted when a file is read', () => {
  const [first, second] = accountsFromMsmtprc(
    parseMsmtprc(
      'account a\nhost h\ntls on\nauth on\nuser u\npasswordeval pass show x\ntls_min_dh_prime_bits 2048\nfrom %U@x\naccount b : a\nuser v\npassword p\naccount base\nport 1\n',
    ),
  )
  expect(first?.settings).toMatchObject({
    port: 25,
    security: 'starttls',
    secret: { kind: 'command', command: 'pass show x' },
  })
  expect(first?.notes).toHaveLength(2)
  expect(second).toMatchObject({
    name: 'b',
    password: 'p',
    isDefault: false,
    settings: { user: 'v', secret: { kind: 'keyring' } },
  })
})

test('a floor is written as GnuTLS has it; a cipher list of OpenSSL is left out, and said so', () => {
  const chosen = account({ ehlo: 'example.org', security: 'tls', tlsMin: '1.2', ciphers: 'HIGH' })
  const { text, notes } = compose([{ account: chosen, secret: { kind: 'keyring' } }])
  expect(text).toContain('tls_priorities NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3')
  expect(notes.join(' ')).toContain('cipher list')
  const own = account({ ehlo: 'example.org', security: 'tls', tlsMin: '1.2', priorities: 'SECURE256' })
  expect(compose([{ account: own, secret: { kind: 'keyring' } }]).text).toContain('tls_priorities SECURE256')
})
