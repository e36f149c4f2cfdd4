import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'
import { SMTP_URL } from '#shared/formats/smtp-url.ts'
import { createAuthority } from '../support/certificates.ts'
import { mailwright } from '../support/command-line.ts'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { createBench, type Bench } from './failures/bench.ts'
import { expectDiagnosed, titleOf } from './failures/failure.ts'
import { NO_FILE, NOT_HERE, SPECIAL_CHARACTERS, SPF_CASE, URL_CASE, WRONG_ORDER } from './failures/file-cases.ts'
import { playProvider } from './failures/played-provider.ts'
import { peerInstalled } from './support/peer.ts'

const SES = 'email-smtp.us-east-1.amazonaws.com'
const KEY = 'AKIAIOSFODNN7EXAMPLE'
const DEFAULTS = 'host mail.lab.test\nfrom ada@lab.test\n'

describe('failures of what is written down', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-files-'))
  const at = (name: string) => join(folder, name)
  let bench: Bench
  let zone: ZoneServer

  beforeAll(async () => {
    bench = await createBench()
    const includes = Array.from({ length: 11 }, (_, index) => `spf${index}.lab.test`)
    zone = await startZoneServer({
      [SES]: [['A', '127.0.0.1']],
      'lab.test': [['TXT', `v=spf1 ${includes.map(name => `include:${name}`).join(' ')} -all`]],
      '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=none']],
      ...Object.fromEntries(includes.map(name => [name, [['TXT', 'v=spf1 -all']] as const])),
    })
  })
  afterAll(async () => {
    await bench.close()
    await zone.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const resolver = () => `127.0.0.1:${zone.port}`

  /** A server that says yes, under this name. */
  async function diagnoseThere(settings: { readonly user: string }, password: string) {
    const authority = await createAuthority()
    writeFileSync(at('ca.pem'), authority.pem)
    const server = await playProvider(
      { ...URL_CASE, host: SES, says: {} },
      await authority.issue({ names: [SES, '127.0.0.1'] }),
    )
    const account = { host: SES, port: server.port, security: 'starttls', ...settings } as const
    const seen = await bench.diagnose(account, { password, caFile: at('ca.pem'), resolver: resolver() })
    await server.stop()
    return seen
  }

  test(titleOf(URL_CASE), async () => {
    const cut = { host: KEY.toLowerCase(), port: 587, security: 'starttls' } as const
    await expectDiagnosed(URL_CASE, cut, settings => bench.diagnose(settings, { resolver: resolver() }))
    const read = SMTP_URL.read?.(`smtp://${KEY}:pa/ss@${SES}:587`)
    expect(read).toMatchObject({
      ok: true,
      value: { settings: { host: SES, port: 587, user: KEY }, password: 'pa/ss' },
    })
    const { steps } = await diagnoseThere({ user: KEY }, 'pa/ss')
    expect(steps.find(({ id }) => id === 'sign-in')?.state).toBe('done')
  })

  test(titleOf(SPECIAL_CHARACTERS), async () => {
    writeFileSync(at('url'), `smtp://ada@lab.test:p/a#s$w@o:r+d%@mail.lab.test:587\n`)
    const converted = await mailwright(['convert', '--from', 'smtp-url', '--to', 'account-json', at('url')])
    expect(JSON.parse(converted.stdout)).toMatchObject({ host: 'mail.lab.test', port: 587, user: 'ada@lab.test' })
    expect(converted.stderr).toContain('not percent-encoded')
    expect(SMTP_URL.read?.('smtp://ada@lab.test:p/a#s$w@o:r+d%@mail.lab.test:587')).toMatchObject({
      value: { password: 'p/a#s$w@o:r+d%' },
    })
    for (const text of ['URIError: URI malformed\n    at decodeURIComponent (<anonymous>)', 'TypeError: Invalid URL']) {
      expect(explain({ text, stage: 'config' })).toMatchObject({ class: 'client-config-invalid' })
    }
  })

  test(titleOf(SPF_CASE), async () => {
    await expectDiagnosed(SPF_CASE, { user: KEY }, settings => diagnoseThere({ user: settings.user ?? KEY }, 'secret'))
    const ran = await mailwright(['domain', 'lab.test', '--dns', resolver(), '--json'])
    expect(ran.json()['findings']).toContainEqual(expect.objectContaining({ id: 'domain-spf-too-many-lookups' }))
  })

  describe.skipIf(!peerInstalled('msmtp'))('beside the real msmtp', () => {
    /** What msmtp says to standard error, with nothing of this machine's own files. */
    const msmtp = (words: readonly string[]): Promise<string> =>
      new Promise(resolve => {
        const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C' }
        const child = execFile('msmtp', [...words, 'bob@lab.test'], { env }, (_, __, stderr) => resolve(stderr))
        child.stdin?.on('error', () => {}).end('Subject: hello\n\nhello\n')
      })

    test(titleOf(NO_FILE), async () => {
      const said = await msmtp([])
      expect(said).toContain('no configuration file available')
      expect(explain({ text: said })).toMatchObject({ class: 'client-config-invalid' })
      const checked = await mailwright(['msmtprc', 'check', at('.msmtprc'), '--json'])
      expect(checked).toMatchObject({ exit: 66 })
      expect(checked.json()).toMatchObject({
        error: { code: 'file-missing', message: expect.stringContaining(folder) },
      })
    })

    test.for([
      [
        'twice',
        `${DEFAULTS}account default\n${DEFAULTS}`,
        `defaults\n${DEFAULTS}account default\n${DEFAULTS}`,
        'duplicate-account',
      ],
      [
        'too early',
        `account default : work\naccount work\n${DEFAULTS}`,
        `account work\n${DEFAULTS}account default : work\n`,
        'undefined-account',
      ],
    ] as const)(`${titleOf(WRONG_ORDER)} (%s)`, async ([, wrong, right, code]) => {
      writeFileSync(at('rc'), wrong, { mode: 0o600 })
      const said = await msmtp(['-C', at('rc'), '--pretend'])
      const line = Number(/line (\d+)/.exec(said)?.[1])
      expect(explain({ text: said })).toMatchObject({ class: 'client-config-invalid' })
      const checked = await mailwright(['msmtprc', 'check', at('rc'), '--json'])
      expect(checked.exit).toBe(78)
      expect(checked.json()['problems']).toContainEqual(expect.objectContaining({ line, code, severity: 'error' }))
      writeFileSync(at('rc'), right)
      expect(await msmtp(['-C', at('rc'), '--pretend'])).not.toContain('line')
      expect((await mailwright(['msmtprc', 'check', at('rc')])).exit).toBe(0)
    })
  })

  test.for(NOT_HERE.map(each => [`${titleOf(each)}; not provoked: ${each.because}`, each] as const))(
    '%s',
    async ([, { said }]) => {
      expect(explain({ text: said })).toMatchObject({ class: 'client-config-invalid' })
      writeFileSync(at('rc'), `${DEFAULTS}logfile /var/log/other/msmtp.log\n`, { mode: 0o600 })
      const checked = await mailwright(['msmtprc', 'check', at('rc'), '--json'])
      expect(checked.json()['problems']).toContainEqual(expect.objectContaining({ code: 'log-path' }))
    },
  )
})
