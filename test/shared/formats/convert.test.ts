import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { FORMATS } from '#shared/formats/all.ts'
import { convert, readFormat } from '#shared/formats/convert.ts'
import { detectFormat } from '#shared/formats/detect.ts'
import { PASSWORD_PLACEHOLDER } from '#shared/formats/format.ts'

const SETTINGS = AccountSettings.parse({
  host: 'smtp.example.org',
  port: 587,
  security: 'starttls',
  user: 'anna@example.org',
  from: 'anna@example.org',
  secret: { kind: 'prompt' },
})

const both = FORMATS.filter(format => format.read !== null && format.write !== null)

test.each(both.map(format => [format.id, format] as const))('%s is recognised by itself', (id, format) => {
  expect(detectFormat(format.write?.(SETTINGS, 'secret').text ?? '')?.id).toBe(id)
})

test('every format converts into every other, and keeps host, port and user', () => {
  for (const source of both) {
    const text = source.write?.(SETTINGS, null).text ?? ''
    for (const target of both) {
      const converted = convert(source.id, target.id, text)
      const { settings } = readFormat(target.id, converted.text)
      expect([source.id, target.id, settings.host, settings.port, settings.user]).toEqual([
        source.id,
        target.id,
        'smtp.example.org',
        587,
        'anna@example.org',
      ])
    }
  }
})

describe('converting', () => {
  const URL = 'smtps://anna%40example.org:canary-77@smtp.example.org:465'

  test('leaves the password behind unless it is asked for', () => {
    for (const { id, write } of FORMATS) {
      if (write === null) continue
      expect(JSON.stringify(convert('auto', id, URL))).not.toContain('canary-77')
    }
    expect(convert('auto', 'nodemailer-json', URL).text).toContain(PASSWORD_PLACEHOLDER)
    expect(convert('auto', 'nodemailer-json', URL, true).text).toContain('canary-77')
  })

  test('an unknown format is a usage error that names the nearest one', () => {
    expect(() => convert('auto', 'postfx', URL)).toThrow(
      expect.objectContaining({ code: 'usage', remedy: 'did you mean postfix?' }),
    )
    expect(() => convert('vergeos', 'postfix', URL)).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  test('a text that is in no format, or in another one, is bad input', () => {
    expect(() => convert('auto', 'postfix', 'hello')).toThrow(expect.objectContaining({ code: 'bad-input' }))
    expect(() => convert('grafana-ini', 'postfix', URL)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe('files as people have them', () => {
  test.each([
    [
      'grafana-ini',
      '[server]\nhost = wrong\n[smtp]\nenabled = true\nhost = smtp.example.org:465\nuser = anna\n# password\npassword = """#secret;"""\n',
      { host: 'smtp.example.org', port: 465, security: 'tls', user: 'anna' },
      '#secret;',
    ],
    [
      'django-py',
      'EMAIL_HOST = "smtp.example.org"\nEMAIL_PORT = 587\nEMAIL_USE_TLS = True\nEMAIL_HOST_USER = \'anna\'\nEMAIL_HOST_PASSWORD = os.environ["PW"]\n',
      { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'anna' },
      null,
    ],
    [
      'git-send-email',
      '[user]\n\tname = A\n[sendemail]\n\tsmtpserver = smtp.example.org ; the server\n\tsmtpserverport = 587\n\tsmtpencryption = tls\n\tsmtpuser = anna\n\tsmtppass = "a # b"\n',
      { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'anna' },
      'a # b',
    ],
    [
      'nextcloud-php',
      "<?php\n$CONFIG = array (\n  'mail_smtphost' => 'smtp.example.org',\n  'mail_smtpport' => '465',\n  'mail_smtpsecure' => 'ssl',\n  'mail_smtpauth' => 1,\n  'mail_smtpname' => 'anna',\n  'mail_smtppassword' => 'it\\'s',\n);\n",
      { host: 'smtp.example.org', port: 465, security: 'tls', user: 'anna' },
      "it's",
    ],
    [
      'home-assistant',
      "notify:\n  - name: mail\n    platform: smtp\n    server: smtp.example.org # ours\n    port: 587\n    encryption: starttls\n    username: anna\n    password: 'it''s'\n",
      { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'anna' },
      "it's",
    ],
    [
      'postfix',
      '# main.cf\nrelayhost = [smtp.example.org]:587\nsmtp_tls_security_level = may\n\n[smtp.example.org]:587   anna:pa:ss word\n',
      { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'anna', verifyCertificate: false },
      'pa:ss word',
    ],
    [
      'nullmailer',
      "# relay\nsmarthost.example smtp port=2525 starttls user=anna pass='my pass phrase'\n",
      { host: 'smarthost.example', port: 2525, security: 'starttls', user: 'anna' },
      'my pass phrase',
    ],
    [
      'nethserver-json',
      '{"port": 587, "host": "smtp.example.org", "username": "anna", "password": "x", "enabled": true, "encrypt_smtp": "starttls", "tls_verify": false}',
      { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'anna', verifyCertificate: false },
      'x',
    ],
  ])('%s', (id, text, settings, password) => {
    const read = readFormat(id, text)
    expect(read.settings).toMatchObject(settings)
    expect(read.password).toBe(password)
  })

  test('NethServer gets exactly its seven keys', () => {
    const { text } = convert('auto', 'nethserver-json', 'smtp://anna:x@smtp.example.org:587/?requireTLS=true')
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'enabled',
      'encrypt_smtp',
      'host',
      'password',
      'port',
      'tls_verify',
      'username',
    ])
  })
})
