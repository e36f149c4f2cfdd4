import { describe, expect, test } from 'vitest'
import { understandHost, type HostInput } from '#shared/account/host-input.ts'

function understood(text: string): HostInput {
  const result = understandHost(text)
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`)
  return result.value
}

function refused(text: string): string {
  const result = understandHost(text)
  if (result.ok) throw new Error(`${text}: understood as ${JSON.stringify(result.value)}`)
  return result.error.code
}

describe('what people type where a host is asked for', () => {
  test.each([
    ['smtp.example.org', 'smtp.example.org', null, null],
    ['  smtp.example.org\n', 'smtp.example.org', null, null],
    ['SMTP.Example.ORG.', 'smtp.example.org', null, null],
    ['smtp.example.org:587', 'smtp.example.org', 587, 'starttls'],
    ['smtp.example.org : 465', 'smtp.example.org', 465, 'tls'],
    ['smtp.example.org 2525', 'smtp.example.org', 2525, null],
    ['smtp.example.org port 25', 'smtp.example.org', 25, null],
    ['smtp.example.org::587', 'smtp.example.org', 587, 'starttls'],
    ['[smtp.example.org]:587', 'smtp.example.org', 587, 'starttls'],
    ['"smtp.example.org"', 'smtp.example.org', null, null],
    ['<smtp.example.org>', 'smtp.example.org', null, null],
    ['smtps://smtp.example.org', 'smtp.example.org', null, 'tls'],
    ['smtp://smtp.example.org:25/', 'smtp.example.org', 25, null],
    ['submission://smtp.example.org', 'smtp.example.org', null, 'starttls'],
    ['https://mail.example.org/webmail', 'mail.example.org', null, null],
    ['imaps://imap.example.org:993', 'imap.example.org', null, null],
    ['192.0.2.7', '192.0.2.7', null, null],
    ['192.0.2.7:25', '192.0.2.7', 25, null],
    ['2001:db8::1', '2001:db8::1', null, null],
    ['[2001:DB8::1]:2525', '2001:db8::1', 2525, null],
    ['smtps://[2001:db8::1]', '2001:db8::1', null, 'tls'],
    ['[::1]', '::1', null, null],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7', null, null],
    ['localhost', 'localhost', null, null],
    ['mail_relay.lan', 'mail_relay.lan', null, null],
  ])('%s is understood', (text, host, port, security) => {
    expect(understood(text)).toMatchObject({ host, port, security, hadPassword: false, user: null })
  })

  test('a name in another script is shown as typed and used as DNS knows it', () => {
    expect(understood('smtp.bücher.example')).toMatchObject({
      host: 'smtp.xn--bcher-kva.example',
      shown: 'smtp.bücher.example',
    })
  })

  test('a full stop of another script separates labels too', () => {
    expect(understood('smtp。example。org').host).toBe('smtp.example.org')
  })

  test('an underscore is kept and pointed out', () => {
    expect(understood('mail_relay.lan').notes.join()).toMatch(/underscore/)
  })

  test.each([
    ['', 'empty'],
    [' \t ', 'empty'],
    ['smtp.example.org:0', 'port'],
    ['smtp.example.org:65536', 'port'],
    ['smtp.example.org:abc', 'port'],
    ['smtp.example.org:-25', 'port'],
    ['smtp.example.org:99999999999999999999', 'port'],
    ['[::1]:x', 'port'],
    ['[::1', 'address'],
    ['[::1]25', 'port'],
    ['1:2:3', 'address'],
    ['300.1.2.3', 'address'],
    ['smtp..example.org', 'name'],
    ['-smtp.example.org', 'name'],
    ['smtp.exa mple.org', 'port'],
    [`${'a'.repeat(64)}.example.org`, 'name'],
    ['a.'.repeat(128), 'name'],
    ['anna@example.org', 'mail-address'],
    ['ldap://example.org', 'unknown-scheme'],
    ['smtp.example.org\nhost evil', 'control-character'],
    ['a'.repeat(5000), 'too-long'],
  ])('%j is refused as %s', (text, code) => {
    expect(refused(text)).toBe(code)
  })

  test('a mail address gets the advice to look its settings up', () => {
    const result = understandHost('anna@example.org')
    expect(result).toMatchObject({ ok: false, error: { remedy: expect.stringContaining('smtp.example.org') } })
  })
})

describe('a whole SMTP URL in the host field', () => {
  test('is split, its escapes resolved', () => {
    expect(understood('smtps://anna%40example.org:p%40ss%2Fword%25@smtp.example.org:465')).toMatchObject({
      host: 'smtp.example.org',
      port: 465,
      security: 'tls',
      user: 'anna@example.org',
      password: 'p@ss/word%',
      hadPassword: true,
      notes: [],
    })
  })

  test.each([
    ['a slash', 'smtp://AKIAJ4D5E:ab/cd@email-smtp.us-east-1.amazonaws.com:587', 'ab/cd'],
    ['a hash', 'smtp://AKIAJ4D5E:ab#cd@email-smtp.us-east-1.amazonaws.com:587', 'ab#cd'],
    ['a question mark', 'smtp://AKIAJ4D5E:ab?cd@email-smtp.us-east-1.amazonaws.com:587', 'ab?cd'],
    ['an at sign', 'smtp://AKIAJ4D5E:ab@cd@email-smtp.us-east-1.amazonaws.com:587', 'ab@cd'],
    ['a lone percent sign', 'smtp://AKIAJ4D5E:ab%cd%@email-smtp.us-east-1.amazonaws.com:587', 'ab%cd%'],
  ])('%s in the password does not make the user name the host', (_, text, password) => {
    const input = understood(text)
    expect(input).toMatchObject({ host: 'email-smtp.us-east-1.amazonaws.com', port: 587, user: 'AKIAJ4D5E', password })
    expect(input.notes).toHaveLength(1)
    expect(input.notes.join()).not.toContain(password)
  })

  test('an address in the query does not count as the host', () => {
    expect(understood('smtp://smtp.example.org:587/?from=anna@example.org').host).toBe('smtp.example.org')
  })

  test('a faulty URL never shows its password in the error', () => {
    const result = understandHost('smtp://anna:canary-7f3@smtp.example.org:99999')
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('canary-7f3')
  })
})
