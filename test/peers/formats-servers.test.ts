import { execFileSync, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AccountSettings } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { PASSWORD_PLACEHOLDER } from '#shared/formats/format.ts'
import { PASSWORDS } from '../shared/formats/passwords.ts'
import { createCage, peerUnpacked, type Cage } from './support/caged.ts'
import { isRoot } from './support/peer.ts'

/*
 * Exim and OpenSMTPD themselves read what was written for them, unpacked beside the Postfix that is installed.
 */

const settings = AccountSettings.parse({
  host: 'smtp.example.org',
  port: 465,
  security: 'tls',
  user: 'anna@example.org',
  ehlo: 'client.example.org',
  caFile: '/etc/ca.pem',
})

/** The files of the one text, each from the line behind its name. */
function files(id: string, password: string): ReadonlyMap<string, string> {
  const text = formatById(id)?.write?.(settings, password).text ?? ''
  const parts = text.split(/^# (\S+)\n/m).slice(1)
  return new Map(parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? ''] as const] : [])))
}

/** The password, or the placeholder where the format said that it cannot carry it. */
function carried(id: string, password: string): string {
  const text = formatById(id)?.write?.(settings, password).text ?? ''
  return text.includes(PASSWORD_PLACEHOLDER) ? PASSWORD_PLACEHOLDER : password
}

function inside({ root }: Cage, program: string, args: readonly string[], input = ''): string {
  return execFileSync('chroot', [root, program, ...args], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })
}

describe.skipIf(!isRoot() || !peerUnpacked('exim'))('Exim', () => {
  let cage: Cage
  beforeAll(async () => {
    const macros = files('exim', 'x').get('/etc/exim4/exim4.conf.localmacros') ?? ''
    const conf = `${macros}
spool_directory = /spool
log_file_path = /log/%slog
begin transports
smarthost:
  driver = smtp
  hosts_require_tls = REMOTE_SMTP_SMARTHOST_HOSTS_REQUIRE_TLS
  protocol = REMOTE_SMTP_SMARTHOST_PROTOCOL
  tls_verify_hosts = REMOTE_SMTP_SMARTHOST_TLS_VERIFY_HOSTS
  tls_verify_certificates = REMOTE_SMTP_SMARTHOST_TLS_VERIFY_CERTIFICATES
  helo_data = REMOTE_SMTP_HELO_DATA
`
    cage = await createCage(
      'exim',
      ['Debian-exim'],
      [{ path: '/etc/exim.conf', text: conf }],
      [
        { path: '/spool', mode: 0o750, owner: 'Debian-exim' },
        { path: '/log', mode: 0o750, owner: 'Debian-exim' },
      ],
    )
  })
  afterAll(() => cage.stop())

  test('takes the macros for the smarthost', () => {
    expect(inside(cage, '/usr/sbin/exim4', ['-C', '/etc/exim.conf', '-bV'])).toContain('Configuration file is')
    const transport = inside(cage, '/usr/sbin/exim4', ['-C', '/etc/exim.conf', '-bP', 'transport', 'smarthost'])
    for (const line of [
      'hosts_require_tls = *',
      'protocol = smtps',
      'tls_verify_hosts = *',
      'tls_verify_certificates = /etc/ca.pem',
      'helo_data = client.example.org',
    ])
      expect(transport).toContain(`${line}\n`)
  })

  test.each(PASSWORDS)('looks %j up as it was meant', async password => {
    const table = files('exim', password).get('/etc/exim4/passwd.client') ?? ''
    await writeFile(join(cage.root, 'etc/passwd.client'), table)
    const lookup = '${lookup{smtp.example.org}nwildlsearch{/etc/passwd.client}}'
    const found = inside(cage, '/usr/sbin/exim4', ['-C', '/etc/exim.conf', '-be', lookup])
    expect(found).toBe(`anna@example.org:${carried('exim', password)}\n`)
  })

  test('divides the smarthost into host and port', () => {
    const conf = files('exim', 'x').get('/etc/exim4/update-exim4.conf.conf') ?? ''
    const host = execFileSync('sh', ['-c', `${conf}\nprintf %s "$dc_smarthost"`], { encoding: 'utf8' })
    const item = `\${listextract{1}{<: ${host}}}`
    expect(inside(cage, '/usr/sbin/exim4', ['-C', '/etc/exim.conf', '-be', item])).toBe('smtp.example.org:465\n')
  })
})

describe.skipIf(!isRoot() || !peerUnpacked('opensmtpd'))('OpenSMTPD', () => {
  let cage: Cage
  beforeAll(async () => {
    cage = await createCage('opensmtpd', ['opensmtpd', 'opensmtpq'], [], [])
  })
  afterAll(() => cage.stop())

  test.each(PASSWORDS)('takes the configuration and the table with %j', async password => {
    const parts = files('opensmtpd', password)
    await writeFile(join(cage.root, 'etc/smtpd.conf'), parts.get('smtpd.conf') ?? '')
    execFileSync('mkdir', ['-p', join(cage.root, 'etc/mail')])
    const table = parts.get('/etc/mail/secrets') ?? ''
    await writeFile(join(cage.root, 'etc/mail/secrets'), table, { mode: 0o640 })
    const checked = spawnSync('chroot', [cage.root, '/usr/sbin/smtpd', '-n', '-f', '/etc/smtpd.conf'], {
      encoding: 'utf8',
    })
    expect(checked.stderr).toBe('configuration OK\n')
  })
})
