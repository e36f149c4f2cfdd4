import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingKeyringPrograms, startKeyring } from '../service/support/keyring-session.ts'
import { leakingFiles, leaksIn } from '../support/canary.ts'
import { mailwright } from '../support/command-line.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

/*
 * The main job from the command line, against a real Postfix with Dovecot for sign-in, a real key ring and the real
 * msmtp: an account, its path, a delivered message, an msmtprc that msmtp delivers with. The password is a canary.
 */

const ready = isRoot() && peerInstalled('postfix', 'dovecot', 'msmtp') && missingKeyringPrograms() === null

const USER = 'ada'
const PASSWORD = 'canary "7Kz ä#$%'

describe.skipIf(!ready)('the main job with Postfix', () => {
  let postfix: Postfix
  let zone: ZoneServer
  let keyring: Awaited<ReturnType<typeof startKeyring>>
  const home = mkdtempSync(join(tmpdir(), 'mailwright-main-job-'))
  const told: string[] = []

  beforeAll(async () => {
    postfix = await startPostfix({ users: { [USER]: PASSWORD } })
    keyring = await startKeyring()
    zone = await startZoneServer({
      'lab.test': [['TXT', 'v=spf1 -all']],
      '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=none']],
    })
  })
  afterAll(async () => {
    await postfix.stop()
    await keyring.stop()
    await zone.close()
    rmSync(home, { recursive: true, force: true })
  })

  const resolver = () => `127.0.0.1:${zone.port}`
  const arrived = async () => (await postfix.mailbox()).join('\n')
  const env = () => ({ ...keyring.env, HOME: home, MAILWRIGHT_HOME: join(home, 'store') })

  async function run(words: readonly string[], stdin?: string) {
    const ended = await mailwright(words, { env: env(), ...(stdin === undefined ? {} : { stdin }) })
    told.push(ended.stdout, ended.stderr)
    return ended
  }

  describe.each([
    { name: 'starttls', security: 'starttls', port: () => postfix.ports.submission },
    { name: 'implicit', security: 'tls', port: () => postfix.ports.smtps },
  ])('over $name TLS', ({ name, security, port }) => {
    test('the account is stored, its password in the key ring', async () => {
      const file = join(home, `${name}.json`)
      const from = 'ada@lab.test'
      writeFileSync(
        file,
        JSON.stringify({
          host: '127.0.0.1',
          port: port(),
          security,
          user: USER,
          from,
          caFile: postfix.caFile,
          ehlo: 'client.lab.test',
        }),
      )
      const added = await run(
        ['accounts', 'add', name, '--account-file', file, '--password-stdin', '--json'],
        `${PASSWORD}\n`,
      )
      expect(added.json()).toMatchObject({ error: null, secret: 'keyring' })
    })

    test('its path works, from the name to the envelope', async () => {
      const diagnosed = await run(['diagnose', name, '--send-to', 'bob@lab.test', '--dns', resolver(), '--json'])
      const { steps, error } = diagnosed.json()
      expect(error).toBeNull()
      expect(steps).toMatchObject([
        { id: 'resolve', state: 'done' },
        { id: 'connect', state: 'done' },
        { id: 'encrypt', state: 'done', evidence: { kind: 'encrypted', tls: { trusted: true } } },
        { id: 'sign-in', state: 'done' },
        { id: 'deliver', state: 'done', evidence: { kind: 'envelope-accepted' } },
        { id: 'domain' },
      ])
      expect(await arrived()).not.toContain(`: ${name} works`)
    })

    test('the test message arrives and carries what worked', async () => {
      const sent = await run(['send', name, '--to', 'bob@lab.test', '--dns', resolver(), '--json'])
      expect(sent.json()).toMatchObject({ error: null, accepted: ['bob@lab.test'], rejected: [] })
      // Postfix delivers from its queue, a moment after it has said 250.
      await expect.poll(arrived).toContain(`Test message from Mailwright: ${name} works`)
      expect(await arrived()).toMatch(/TLSv1\.[23]/)
    })

    test('msmtp accepts the msmtprc, finds the password and delivers with it', async () => {
      const file = join(home, `msmtprc-${name}`)
      writeFileSync(file, '# my old file\n', { mode: 0o644 })
      const saved = await run(['msmtprc', 'from', name, '--output', file, '--store-in-keyring', '--json'])
      const { saved: told } = saved.json()
      expect(told).toMatchObject({ path: file, mode: '0600', keyringStored: true })
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const { backup } = told as { backup: string }
      expect(readFileSync(backup, 'utf8')).toBe('# my old file\n')
      const message = `From: ada@lab.test\r\nTo: bob@lab.test\r\nSubject: by msmtp over ${name}\r\n\r\nhello\r\n`
      const delivered = await msmtp(['-C', file, '-a', name, 'bob@lab.test'], message, env())
      expect(delivered).toEqual({ exit: 0, stderr: '' })
      await expect.poll(arrived).toContain(`by msmtp over ${name}`)
    })
  })

  test('an inline password is written as msmtp reads it, and printed nowhere', async () => {
    const file = join(home, 'inline')
    await run(['msmtprc', 'from', 'starttls', '--secret', 'inline', '--output', file])
    expect(readFileSync(file, 'utf8')).toContain(PASSWORD)
    expect(
      await msmtp(['-C', file, '-a', 'starttls', 'bob@lab.test'], 'Subject: inline\r\n\r\nhello\r\n', env()),
    ).toMatchObject({ exit: 0 })
    rmSync(file)
  })

  test('a wrong password is told apart, with exit code 77', async () => {
    const refused = await run(['diagnose', 'starttls', '--password-stdin', '--dns', resolver(), '--json'], 'wrong\n')
    expect(refused.exit).toBe(77)
    const { error, findings } = refused.json()
    expect(error).toMatchObject({ code: 'auth-bad-credentials', exit: 77 })
    expect(Array.isArray(findings) && findings[0]).toMatchObject({ step: 'sign-in', class: 'auth-bad-credentials' })
  })

  test('a file that cannot be written is named, and nothing is lost', async () => {
    const refused = await run([
      'msmtprc',
      'from',
      'starttls',
      '--output',
      join(home, 'starttls.json', 'below'),
      '--json',
    ])
    expect(refused.exit).toBe(74)
    expect(refused.json()).toMatchObject({ error: { code: 'io' } })
  })

  test('the password stands in no file, output, or message', async () => {
    expect(leakingFiles(home, PASSWORD, USER)).toEqual([])
    expect(leaksIn(told.join('\n'), PASSWORD, USER)).toEqual([])
    expect(leaksIn(await arrived(), PASSWORD, USER)).toEqual([])
    expect(existsSync(join(home, 'store', 'journal.sqlite'))).toBe(true)
  })
})

function msmtp(
  words: readonly string[],
  message: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exit: number | null; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile('msmtp', [...words], { env }, (_, __, stderr) => resolve({ exit: child.exitCode, stderr }))
    child.stdin?.end(message)
  })
}
