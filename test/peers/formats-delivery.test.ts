import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

/*
 * Settings that were written for another program deliver a message: the program itself takes them, signs in to a real
 * Postfix and hands the message over.
 */

const USER = 'ada'
/** Without a colon, which the table of the server's own passwords cannot hold. */
const PASSWORD = 'canary \'7Kz" ä#$%;@/\\'
const FROM = 'ada@lab.test'
const TO = 'bob@lab.test'

const ready = isRoot() && peerInstalled('postfix', 'dovecot')

describe.skipIf(!ready)('settings for another program', () => {
  let server: Postfix
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-formats-'))
  beforeAll(async () => {
    server = await startPostfix({
      users: { [USER]: PASSWORD },
      identity: authority => authority.issue({ names: ['localhost', '127.0.0.1'] }),
    })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const arrived = async () => (await server.mailbox()).join('\n')
  const soon = () => expect.poll(arrived)

  function written(id: string, change: Partial<AccountSettings> = {}): string {
    const settings = AccountSettings.parse({
      host: 'localhost',
      port: server.ports.submission,
      security: 'starttls',
      user: USER,
      from: FROM,
      caFile: server.caFile,
      ehlo: 'client.lab.test',
      ...change,
    })
    return formatById(id)?.write?.(settings, PASSWORD).text ?? ''
  }

  test.each([
    { security: 'starttls' as const, port: () => server.ports.submission },
    { security: 'tls' as const, port: () => server.ports.smtps },
  ])('make Postfix relay over $security', async ({ security, port }) => {
    const text = written('postfix', { security, port: port() })
    const [main = '', passwords = ''] = text.split('\n\n')
    const table = join(folder, `sasl_passwd-${security}`)
    writeFileSync(table, `${passwords.trimEnd()}\n`, { mode: 0o600 })
    execFileSync('postmap', [`hash:${table}`])
    const lines = main.replace('/etc/postfix/sasl_passwd', table).matchAll(/^(\w+) = (.*)$/gm)
    const settings = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))
    const relay = await startPostfix({
      settings: {
        ...settings,
        virtual_mailbox_domains: '',
        default_transport: 'smtp',
        relay_transport: 'smtp',
        // The name localhost stands in no DNS.
        smtp_host_lookup: 'native',
      },
    })
    try {
      const transport = createTransport({ host: '127.0.0.1', port: relay.ports.plain, ignoreTLS: true })
      await transport.sendMail({ from: FROM, to: TO, subject: `by Postfix over ${security}`, text: 'hello' })
      await soon().toContain(`by Postfix over ${security}`)
      expect(await relay.log()).not.toContain('canary')
    } finally {
      await relay.stop()
    }
  })

  test('make nodemailer send, from options and from a URL', async () => {
    // Both without the check: nodemailer takes the authority's text, not the name of its file.
    const unchecked = { caFile: null, verifyCertificate: false }
    const fromOptions = createTransport(options(written('nodemailer-json', unchecked)))
    await fromOptions.sendMail({ from: FROM, to: TO, subject: 'by options', text: 'hello' })
    const fromUrl = createTransport(written('smtp-url', unchecked).trim())
    await fromUrl.sendMail({ from: FROM, to: TO, subject: 'by a URL', text: 'hello' })
    await soon().toContain('by options')
    await soon().toContain('by a URL')
  })

  test.skipIf(!ready || !peerInstalled('swaks'))('make swaks send', async () => {
    const command = written('swaks', { port: server.ports.plain, security: 'none', user: null, auth: 'none' }).trimEnd()
    execFileSync('sh', ['-c', `${command} --to ${TO} --header 'Subject: by swaks'`], { stdio: 'ignore' })
    await soon().toContain('by swaks')
  })
})

/** What stands in the file is an object of options. */
function options(text: string): object {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null) throw new Error('these are no options')
  return parsed
}
