import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { PASSWORDS } from '../shared/formats/passwords.ts'
import { peerInstalled } from './support/peer.ts'

/*
 * PHP and Ruby themselves read what was written for programs in these languages. Where one of them is not installed,
 * its tests are skipped by name.
 */

const settings = AccountSettings.parse({
  host: 'smtp.example.org',
  port: 587,
  security: 'starttls',
  user: 'anna@example.org',
  from: 'anna@example.org',
  ehlo: 'client.example.org',
})

function written(id: string, password: string): string {
  return formatById(id)?.write?.(settings, password).text ?? ''
}

/** Runs a script that prints one JSON value for each of the texts. */
function evaluate(program: string, args: readonly string[], script: string): readonly unknown[] {
  const text = execFileSync(program, args, {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8' },
  })
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)
}

describe.skipIf(!peerInstalled('php'))('PHP', () => {
  test('reads every password of a Nextcloud configuration', () => {
    const arrays = PASSWORDS.map(password => `echo json_encode(array(\n${written('nextcloud-php', password)})), "\\n";`)
    for (const [index, values] of evaluate('php', ['-n'], `<?php\n${arrays.join('\n')}`).entries()) {
      expect(values).toMatchObject({
        mail_smtphost: 'smtp.example.org',
        mail_smtpport: 587,
        mail_smtpauth: true,
        mail_smtppassword: PASSWORDS[index],
        mail_from_address: 'anna',
        mail_domain: 'example.org',
      })
    }
  })

  test('reads every password of a WordPress configuration', () => {
    const print = 'echo json_encode(array(WPMS_SMTP_HOST, WPMS_SMTP_PORT, WPMS_SMTP_AUTH, WPMS_SMTP_PASS)), "\\n";'
    for (const password of PASSWORDS) {
      const [values] = evaluate('php', ['-n'], `<?php\n${written('wordpress-php', password)}\n${print}`)
      expect(values).toEqual(['smtp.example.org', 587, true, password])
    }
  })
})

describe.skipIf(!peerInstalled('ruby'))('Ruby', () => {
  test('reads every password of a GitLab configuration', () => {
    const hashes = PASSWORDS.map(
      password => `gitlab_rails = {}\n${written('gitlab-rb', password)}\nputs JSON.generate(gitlab_rails)`,
    )
    const script = `# encoding: utf-8\nrequire 'json'\n${hashes.join('\n')}`
    for (const [index, values] of evaluate('ruby', [], script).entries()) {
      expect(values).toMatchObject({
        smtp_address: 'smtp.example.org',
        smtp_port: 587,
        smtp_enable_starttls_auto: true,
        smtp_password: PASSWORDS[index],
      })
    }
  })

  test('reads every password of a Rails configuration', () => {
    const config = `Mailer = Struct.new(:delivery_method, :smtp_settings, :default_options)
Config = Struct.new(:action_mailer)
config = Config.new(Mailer.new)`
    const hashes = PASSWORDS.map(
      password => `${written('rails-rb', password)}\nputs JSON.generate(config.action_mailer.smtp_settings)`,
    )
    const script = `# encoding: utf-8\nrequire 'json'\n${config}\n${hashes.join('\n')}`
    for (const [index, values] of evaluate('ruby', [], script).entries()) {
      expect(values).toMatchObject({ address: 'smtp.example.org', port: 587, password: PASSWORDS[index] })
    }
  })
})
