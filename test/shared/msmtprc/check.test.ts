import { describe, expect, test } from 'vitest'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { checkMsmtprc, type FileFacts, isRefused } from '#shared/msmtprc/check.ts'
import { documentText, parseDocument } from '#shared/msmtprc/document.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { applyMsmtprcFix } from '#shared/msmtprc/problem.ts'

const PRIVATE: FileFacts = { mode: 0o600, ownedByUser: true, userIsRoot: false }
const check = (text: string, file: FileFacts | null = PRIVATE) => checkMsmtprc(parseMsmtprc(text), file, '/home/ann')
const codes = (text: string, file?: FileFacts) => check(text, file).map(({ code }) => code)

const GOOD =
  'account default\nhost mail.example.org\nport 587\ntls on\nauth on\nuser ann\nfrom ann@example.org\ndomain example.org\n'

test('a file in order has nothing to complain about', () => {
  expect(check(GOOD)).toEqual([])
})

describe('a file that msmtp refuses', () => {
  test.each([
    ['Host h', 1, 'unknown-command', 'host h'],
    ['host=h', 1, 'unknown-command', 'host h'],
    ['tls-starttls on', 1, 'unknown-command', 'tls_starttls on'],
    ['hots h', 1, 'unknown-command', 'host h'],
    ['xyzzy h', 1, 'unknown-command', null],
    ['tls ON', 1, 'invalid-argument', 'tls on'],
    ['tls yes', 1, 'invalid-argument', 'tls on'],
    ['tls on # always', 1, 'invalid-argument', 'tls on'],
    ['auth PLAIN', 1, 'invalid-argument', 'auth plain'],
    ['auth plian', 1, 'invalid-argument', 'auth plain'],
    ['port submission', 1, 'invalid-argument', 'port 587'],
    ['syslog log_mail', 1, 'invalid-argument', 'syslog LOG_MAIL'],
    [`tls_fingerprint SHA256:${'ab'.repeat(32)}`, 1, 'invalid-argument', `tls_fingerprint ${'ab:'.repeat(31)}ab`],
    ['tls_nocertcheck on', 1, 'takes-no-argument', 'tls_nocertcheck'],
  ])('for %j is told what was probably meant', (text, line, code, fixed) => {
    const problem = check(`${text}\n`).find(({ refused }) => refused)
    expect(problem).toMatchObject({ line, code, severity: 'error' })
    expect(problem?.fix ?? null).toEqual(fixed === null ? null : { kind: 'replace', line: 1, text: fixed })
  })

  test('is refused whatever account is chosen', () => {
    for (const text of ['foo\n', 'account a : b\n', `${GOOD}user ${'x'.repeat(500)}\n`])
      expect(isRefused(check(text))).toBe(true)
  })

  test('never gets its password repeated in a fix', () => {
    expect(
      JSON.stringify(check('password=hunter2\npasswrd hunter2\nPassword hunter2\npassword hunter2\n')),
    ).not.toContain('hunter2')
  })
})

describe('the mode and the owner of the file', () => {
  const secret = `${GOOD}password x\n`

  test('count for msmtp where a password command stands in it', () => {
    for (const mode of [0o600, 0o400]) expect(isRefused(check(secret, { ...PRIVATE, mode }))).toBe(false)
    for (const mode of [0o640, 0o644, 0o700, 0o602]) expect(codes(secret, { ...PRIVATE, mode })).toContain('too-open')
    expect(isRefused(check(secret, { ...PRIVATE, mode: 0o644 }))).toBe(true)
    expect(isRefused(check(secret, { ...PRIVATE, ownedByUser: false }))).toBe(true)
    expect(isRefused(check(`${GOOD}password\n`, { ...PRIVATE, mode: 0o644 }))).toBe(true)
  })

  test('do not count without one, nor for root, who is warned', () => {
    expect(isRefused(check(`${GOOD}passwordeval cat x\n`, { ...PRIVATE, mode: 0o644 }))).toBe(false)
    const asRoot = check(secret, { mode: 0o644, ownedByUser: false, userIsRoot: true })
    expect(isRefused(asRoot)).toBe(false)
    expect(asRoot.map(({ code }) => code)).toContain('wrong-owner')
  })

  test('matter where others may write what msmtp runs', () => {
    expect(codes(GOOD, { ...PRIVATE, mode: 0o666 })).toEqual(['writable-by-others'])
  })
})

test('conflicts inside an account and a missing default are errors that do not refuse the file', () => {
  const problems = check('account a\nhost h\ndomain x\ntls_key_file k\n')
  expect(problems.map(({ code, severity, refused }) => [code, severity, refused])).toEqual([
    ['no-default-account', 'error', false],
    ['account-conflict', 'error', false],
  ])
  expect(problems[1]?.message).toBe('account a: tls_key_file requires tls_cert_file')
})

test('an account that only serves to inherit from may be incomplete', () => {
  const problems = check('account base\nport 587\naccount default : base\nhost h\ndomain x\n')
  expect(problems.map(({ severity }) => severity)).toEqual(['info'])
})

describe('what msmtp does not say', () => {
  const account = 'account default\nhost mail.example.org\ndomain example.org\n'
  test.each([
    ['password x\nauth on\nuser u\ntls on', 'secret-in-the-open'],
    ['passwordeval echo x\nauth on\nuser u\ntls on', 'secret-in-the-open'],
    ['auth plain\nuser u\ntls off', 'password-without-tls'],
    ['auth on\nuser u', 'password-without-tls'],
    ['port 465\ntls on', 'starttls-on-465'],
    ['port 465', 'no-tls-on-465'],
    ['port 587\ntls on\ntls_starttls off', 'tls-on-submission'],
    ['tls on\ntls_certcheck off', 'certificate-check-off'],
    [`tls on\ntls_fingerprint ${'ab:'.repeat(31)}ab`, 'fingerprint-pin'],
    [`tls on\ntls_fingerprint ${'ab:'.repeat(19)}ab`, 'weak-fingerprint'],
    ['domain localhost', 'ehlo-localhost'],
    ['keepbcc on', 'obsolete-command'],
    ['tls_force_sslv3', 'obsolete-command'],
    ['logfile /tmp/msmtp.log', 'log-path'],
    ['logfile ~/msmtp.log', 'log-path'],
    ['from_full_name Ann', 'newer-command'],
    ["user 'ann'\nauth on\ntls on", 'single-quotes'],
    ['user ann # me\nauth on\ntls on', 'comment-in-value'],
    ['user = ann\nauth on\ntls on', 'equals-sign'],
    ['tls_trust_file $HOME/ca.pem', 'no-variables'],
    ['socket ~/x', 'no-tilde'],
    ['user u\npassword x', 'auth-off'],
    ['auth on\ntls on', 'auth-without-user'],
    ['password x\npasswordeval cat y\nauth on\nuser u\ntls on', 'passwordeval-unused'],
    ['eval cat x', 'eval'],
    ['from Ann <ann@example.org>', 'from-never-matches'],
    ['from [c-a]@example.org', 'from-never-matches'],
    ['defaults\ntls on', 'defaults-without-effect'],
  ])('%j is %s', (text, code) => {
    expect(codes(`${account}${text}\n`)).toContain(code)
  })

  test.each([
    'logfile ~/.msmtp.log',
    'logfile ~/.msmtp-ann.log',
    'logfile /home/ann/.cache/msmtp/a.log',
    'logfile /var/log/msmtp',
    'logfile -',
  ])('%j is where AppArmor lets msmtp write', text => {
    expect(codes(`${account}${text}\n`)).toEqual([])
  })

  test('accounts that --from can never choose are named', () => {
    const text =
      'account a\nhost h\ndomain x\nfrom *@example.org\naccount b\nhost h\ndomain x\nfrom ann@example.org\naccount c\nhost h\ndomain x\nfrom %U@example.org\naccount default : a\n'
    expect(check(text).map(({ line, code }) => [line, code])).toEqual([
      [8, 'shadowed-account'],
      [12, 'from-never-matches'],
    ])
  })

  test('1.8.23 does not pass allow_from_override on to an account that inherits', () => {
    expect(codes('account a\nhost h\ndomain x\nallow_from_override off\naccount default : a\n')).toContain(
      'not-inherited',
    )
  })

  test('a problem of a line that many accounts share is told once', () => {
    const text = `defaults\nport 465\ntls on\ndomain x\n${['a', 'b', 'default'].map(name => `account ${name}\nhost h\n`).join('')}`
    expect(codes(text)).toEqual(['starttls-on-465'])
  })
})

test('a fix that names a line, once done, ends its problem and leaves the other lines alone', () => {
  const text =
    '# mine\r\naccount default\r\n  host mail.example.org\r\n\tport 465\r\n  tls on\r\n  keepbcc\r\n  domain x\r\n'
  let document = parseDocument(encodeBytes(text))
  for (let round = 0; round < 3; round++) {
    const fix = check(documentText(document)).find(problem => problem.fix !== null)?.fix
    if (fix) document = applyMsmtprcFix(document, fix)
  }
  expect(documentText(document)).toBe(
    '# mine\r\naccount default\r\n  host mail.example.org\r\n\tport 465\r\n\ttls_starttls off\r\n  tls on\r\n  remove_bcc_headers off\r\n  domain x\r\n',
  )
})

describe('a hostile file', () => {
  test('gets a bounded list of problems, its errors first', () => {
    const problems = check('keepbcc\n'.repeat(20_000) + 'foo\n'.repeat(20_000))
    expect(problems.length).toBeLessThan(6_100)
    expect(problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(999)
    expect(problems.map(({ code }) => code)).toContain('more')
  })

  test('cannot make accounts without number, nor compare all their patterns', () => {
    const accounts = Array.from(
      { length: 100_002 },
      (_, index) => `account ${index}\nfrom *${'a*'.repeat(25)}b${index % 60}\n`,
    )
    expect(codes(accounts.join(''))).toContain('too-many-accounts')
  })
})
