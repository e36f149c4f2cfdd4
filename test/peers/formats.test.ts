import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { PASSWORD_PLACEHOLDER } from '#shared/formats/format.ts'
import { PASSWORDS } from '../shared/formats/passwords.ts'

/*
 * The targets themselves read what was written for them. A program that is not installed here is skipped by name.
 */

const HOST = 'smtp.example.org'
const USER = 'anna@example.org'

function written(id: string, password: string | null, change: Partial<AccountSettings> = {}): string {
  const settings = AccountSettings.parse({
    host: HOST,
    port: 587,
    security: 'starttls',
    user: USER,
    secret: { kind: 'prompt' },
    ...change,
  })
  return formatById(id)?.write?.(settings, password).text ?? ''
}

/** The password, or the placeholder where the format said that it cannot carry it. */
function carried(id: string, password: string): string {
  return written(id, password).includes(PASSWORD_PLACEHOLDER) ? PASSWORD_PLACEHOLDER : password
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'formats-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const run = (program: string, args: readonly string[], input = '') =>
  execFileSync(program, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })

describe.skipIf(!has('git', '--version'))('git config', () => {
  test.each(PASSWORDS)('reads %j as it was meant', password => {
    const file = join(folder(), 'config')
    writeFileSync(file, written('git-send-email', password))
    const value = run('git', ['config', '-z', '--file', file, '--get', 'sendemail.smtppass'])
    expect(value).toBe(`${carried('git-send-email', password)}\0`)
  })
})

describe.skipIf(!has('python3', '--version'))('Python', () => {
  test('reads every password of Django settings', () => {
    const script = 'import sys, json; s = {}; exec(sys.stdin.read(), s); print(json.dumps(s["EMAIL_HOST_PASSWORD"]))'
    for (const password of PASSWORDS) {
      expect(JSON.parse(run('python3', ['-X', 'utf8', '-c', script], written('django-py', password)))).toBe(password)
    }
  })

  test.skipIf(!has('python3', '-c', 'import yaml'))('reads every password of the YAML formats', () => {
    const script = 'import sys, json, yaml; print(json.dumps(yaml.safe_load(sys.stdin.read())))'
    const load = (text: string): string => run('python3', ['-X', 'utf8', '-c', script], text)
    for (const password of PASSWORDS) {
      expect(JSON.parse(load(written('discourse', password)))).toMatchObject({
        env: { DISCOURSE_SMTP_PASSWORD: password },
      })
      expect(JSON.parse(load(written('home-assistant', password)))).toMatchObject({
        notify: [{ platform: 'smtp', password }],
      })
      expect(JSON.parse(load(written('jenkins', password, { from: USER })))).toMatchObject({
        unclassified: {
          mailer: { smtpPort: '587', authentication: { username: USER, password: password.replaceAll('${', '^${') } },
          location: { adminAddress: USER },
        },
      })
    }
  })

  test('splits every command line as it was meant', () => {
    const script = 'import sys, json, shlex; print(json.dumps(shlex.split(sys.stdin.read())))'
    for (const password of PASSWORDS) {
      const words = JSON.parse(run('python3', ['-X', 'utf8', '-c', script], written('proxmox', password))) as string[] // shlex.split gives a list of str
      expect(words[words.indexOf('--password') + 1]).toBe(password)
      expect(JSON.parse(run('python3', ['-X', 'utf8', '-c', script], written('nullmailer', password)))).toContain(
        `--pass=${password}`,
      )
    }
  })
})

describe.skipIf(!has('javac', '-version'))('Java', () => {
  test('reads every password of Spring properties', () => {
    const source = `import java.util.*; class P { public static void main(String[] a) throws Exception {
      Properties p = new Properties(); p.load(System.in);
      System.out.print(HexFormat.of().formatHex(p.getProperty("spring.mail.password").getBytes("UTF-8"))); } }`
    const at = folder()
    writeFileSync(join(at, 'P.java'), source)
    run('javac', ['-d', at, join(at, 'P.java')])
    for (const password of [
      '\\',
      ' leading',
      'trailing ',
      'pässwörd–✓',
      'C:\\path\\',
      '#comment ;comment //x',
      'a=b&c=d?e',
      '!x',
    ]) {
      const hex = run('java', ['-cp', at, 'P'], written('spring-properties', password))
      expect(Buffer.from(hex, 'hex').toString('utf8')).toBe(password)
    }
  })
})

describe.skipIf(!has('postconf', 'mail_version'))('Postfix', () => {
  test('takes the settings without a warning', () => {
    const at = folder()
    writeFileSync(
      join(at, 'main.cf'),
      `compatibility_level = 3.6\n${written('postfix', 'x', { security: 'tls', port: 465 }).split('\n\n')[0] ?? ''}\n`,
    )
    writeFileSync(join(at, 'master.cf'), '')
    const { stdout, stderr } = spawnSync('postconf', ['-c', at, '-n'], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toContain(`relayhost = [${HOST}]:465`)
    expect(stdout).toContain('smtp_tls_wrappermode = yes')
    expect(stdout).toContain('smtp_tls_security_level = secure')
  })

  test.each(PASSWORDS)('looks %j up as it was meant', password => {
    const at = folder()
    writeFileSync(join(at, 'main.cf'), 'compatibility_level = 3.6\n')
    const table = join(at, 'sasl_passwd')
    writeFileSync(table, written('postfix', password).split('\n\n')[1] ?? '')
    const value = run('postmap', ['-c', at, '-q', `[${HOST}]:587`, `texthash:${table}`])
    expect(value).toBe(`${USER}:${carried('postfix', password)}\n`)
  })
})

describe.skipIf(!has('swaks', '--version'))('swaks', () => {
  test.each(PASSWORDS.filter(password => !/^-|^<>$/.test(password)))('takes %j as it was meant', password => {
    const command = `${written('swaks', password, { security: 'none', auth: 'plain', from: USER }).trimEnd()} --dump AUTH`
    const value = /password\s+= '([^]*)'\n/.exec(run('sh', ['-c', command]))?.[1]
    // Without TLS, for which this swaks may lack its library. It prints the value as a shell would want it.
    expect(value?.replaceAll("'\\''", "'")).toBe(password)
  })
})
