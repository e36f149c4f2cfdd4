import { describe, expect, test } from 'vitest'
import { matchFrom } from '#shared/msmtprc/match.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { printPretend, printSettings } from '#shared/msmtprc/pretend.ts'
import { type Choice, type MsmtpEnvironment, resolveAccount } from '#shared/msmtprc/resolve.ts'

const HERE: MsmtpEnvironment = {
  home: '/home/ann',
  user: 'ann',
  hostname: 'box',
  canonicalHostname: 'box.example.org',
  mailname: 'mail.example.org',
  email: null,
  smtpServer: null,
}

function settings(text: string, choice: Partial<Choice> = {}, environment = HERE): Record<string, string> {
  const resolved = resolveAccount(
    parseMsmtprc(text).accounts,
    { account: null, from: null, ...choice },
    environment,
    'f',
  )
  if (!resolved.ok) throw new Error(resolved.error.message)
  return Object.fromEntries(printSettings(resolved.value).map(({ name, value }) => [name, value]))
}

test.each([
  ['ann@example.org', 'Ann@Example.ORG', true],
  ['ann@example.org', 'ann+list@example.org', true],
  ['ann+list@example.org', 'ann@example.org', false],
  ['*@example.org', 'bob@example.org', true],
  ['*@example.org', 'bob@Example.org', false],
  // A surprise of msmtp: a pattern without a plus sign never meets a sub-address.
  ['*@example.org', 'bob+list@example.org', false],
  ['*+*@example.org', 'bob+list@example.org', true],
  ['%U@example.org', 'ann@example.org', false],
  ['', '', true],
])('the account from %j and the sender %j: %s', (from, sender, matches) => {
  expect(matchFrom(from, sender)).toBe(matches)
})

test('a pattern full of stars refuses a long sender without trying every way', () => {
  expect(matchFrom(`${'*a'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false)
})

describe('the settings that msmtp would use', () => {
  test('fill in what a sender and a name for EHLO stand for', () => {
    const used = settings('host h\nfrom %U@%M\ndomain %C\n')
    expect(used).toMatchObject({ from: 'ann@mail.example.org', domain: 'box.example.org' })
    expect(settings('host h\nauto_from\nmaildomain x.org\n')['from']).toBe('ann@x.org')
  })

  test('cannot be told where %M is needed and /etc/mailname is not there', () => {
    const resolved = resolveAccount(
      parseMsmtprc('host h\nfrom %U@%M\n').accounts,
      { account: null, from: null },
      { ...HERE, mailname: null },
      'f',
    )
    expect(resolved).toMatchObject({ ok: false, error: { kind: 'no-mailname' } })
  })

  test('come from $EMAIL and $SMTPSERVER where no account is the default', () => {
    const environment = { ...HERE, email: 'e@x', smtpServer: 'srv' }
    expect(settings('account a\nhost h\n', {}, environment)).toMatchObject({
      host: 'srv',
      from: 'e@x',
      domain: 'localhost',
    })
    expect(settings('account default\nhost h\n', {}, environment)['host']).toBe('h')
  })

  test('never show a password, looked up or written', () => {
    expect(settings('host h\nauth on\nuser u\npassword hunter2\n')['password']).toBe('*')
    expect(settings('host h\nauth on\nuser u\npasswordeval cat x\n')).toMatchObject({
      password: '*',
      passwordeval: 'cat x',
    })
    expect(settings('host h\npasswordeval cat x\n')['password']).toBe('(not set)')
  })

  test('have the port that goes with the kind of TLS', () => {
    expect(settings('host h\n')['port']).toBe('25')
    expect(settings('host h\ntls on\n')['port']).toBe('25')
    expect(settings('host h\ntls on\ntls_starttls off\n')['port']).toBe('465')
    expect(settings('host h\ntls on\ntls_starttls off\nport 2465\n')['port']).toBe('2465')
  })

  test('put the home directory in the place of ~ in names of files only', () => {
    expect(settings('host h\nlogfile ~/l\nuser ~/u\n')).toMatchObject({ logfile: '/home/ann/l', user: '~/u' })
  })
})

test('pretend prints the account, every setting and the last line of msmtp', () => {
  const resolved = resolveAccount(
    parseMsmtprc('account a\nhost h\ntimeout 1\n').accounts,
    { account: 'a', from: null },
    HERE,
    'my.rc',
  )
  const lines = resolved.ok ? printPretend(resolved.value, 'my.rc') : []
  expect(lines.slice(0, 4)).toEqual([
    'loaded user configuration file my.rc',
    'using account a from my.rc',
    'host = h',
    'port = 25',
  ])
  expect(lines).toContain('timeout = 1 second')
  expect(lines).toHaveLength(42)
})
